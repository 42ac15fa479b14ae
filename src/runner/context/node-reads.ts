import type { Plan, Registration } from '../../core/plan/plan.ts';
import { isSameEndpoint, serviceKey, nodeServiceKey } from '../../core/registry/service.ts';
import type { World } from '../../world/world.ts';
import type { ConsumersTold } from './consumers-told.ts';
import { type NodeReading, readNode } from './node-views.ts';
import { pacedMs } from './paced.ts';
import { orNews } from './consumers-told.ts';

type Asked = {
  readonly askedMs: number;
  readonly known: readonly Registration[];
  readonly answer: Promise<NodeReading>;
  reading: NodeReading | undefined;
};

/** `afterMs`: what was asked at this time of the monotonic clock, or later, is good enough, by whomever it was asked. */
export type Freshness = { readonly afterMs: number };

/** Nothing that anybody asked before. */
export const askedAnew: Freshness = { afterMs: Number.POSITIVE_INFINITY };

/** Until when the next reading of others is waited for; `wake` is asked whenever consumers were told something. */
export type Patience = {
  readonly sinceMs: number;
  readonly dueMs: number;
  readonly wake: () => boolean;
};

/** Who asks at about the same moment shares what is on its way there. */
const sharedMs = 50;
/** What was shown so shortly ago need not be asked for again by who goes on because of it. */
const recentMs = 500;

/** What server nodes say of services, as it is read for a rollout: whoever wants the same at the same time shares one read. */
export class NodeReads {
  readonly #world: Pick<World, 'registry' | 'clock'>;
  readonly #told: ConsumersTold | undefined;
  readonly #asked = new Map<string, Asked>();
  readonly #waiting = new Map<string, Set<() => void>>();

  constructor(world: Pick<World, 'registry' | 'clock'>, told?: ConsumersTold) {
    this.#world = world;
    this.#told = told;
  }

  /** Who asks now, together with those who asked just before. */
  get now(): Freshness {
    return { afterMs: this.#world.clock.monotonic() - sharedMs };
  }

  /** For who was shown something a moment ago, and goes on because of it; of many services it takes longer to be shown all. */
  recent(registrations: number): Freshness {
    return { afterMs: this.#world.clock.monotonic() - pacedMs(recentMs, registrations) };
  }

  /**
   * Asks every node for every service. A service that does not exist has no instances: its last one just left. Whoever
   * no longer wants to know is answered at once, and others get what was asked for all the same.
   */
  async read(
    nodes: readonly string[],
    registrations: readonly Registration[],
    { afterMs }: Freshness = this.now,
    signal?: AbortSignal,
  ): Promise<readonly NodeReading[]> {
    const byService = Map.groupBy(registrations, serviceKey);
    const questions = nodes.flatMap((node) => [...byService.values()].map((known) => ({ node, known })));
    return Promise.all(questions.map(({ node, known }) => this.#readOne(node, known, afterMs, signal)));
  }

  /** What anybody reads next of one service, and what was asked for because nobody had by then. */
  async next(
    nodes: readonly string[],
    known: readonly Registration[],
    { sinceMs, dueMs, wake }: Patience,
    signal: AbortSignal,
  ): Promise<readonly NodeReading[]> {
    const { clock } = this.#world;
    const [service] = known;
    if (service === undefined) throw new Error('nothing to ask for');
    for (;;) {
      const news = this.#told?.news(service);
      const found = nodes.map((node) => this.#since(node, known, sinceMs));
      if (found.every((one) => one !== undefined)) return found;
      const leftMs = dueMs - clock.monotonic();
      // What was asked before it was due, or before the news, may show what was so before.
      if (signal.aborted || leftMs <= 0 || wake()) return this.read(nodes, known, this.now, signal);
      await this.#pause(serviceKey(service), leftMs, orNews(signal, news));
    }
  }

  #since(node: string, known: readonly Registration[], sinceMs: number): NodeReading | undefined {
    const [service] = known;
    const one = service && this.#asked.get(nodeServiceKey(node, service));
    return one !== undefined && one.askedMs > sinceMs && isOf(one, known, sinceMs) ? one.reading : undefined;
  }

  async #readOne(
    node: string,
    known: readonly Registration[],
    afterMs: number,
    signal: AbortSignal | undefined,
  ): Promise<NodeReading> {
    const [service] = known;
    if (service === undefined) throw new Error('nothing to ask for');
    const before = this.#asked.get(nodeServiceKey(node, service));
    const isShared = before !== undefined && isOf(before, known, afterMs);
    const { answer } = isShared ? before : this.#ask(node, service, known);
    return signal === undefined ? answer : unlessAborted(answer, node, service, signal);
  }

  #ask(node: string, service: Registration, known: readonly Registration[]): Asked {
    const answer = this.#answer(node, service, known);
    const one: Asked = { askedMs: this.#world.clock.monotonic(), known, answer, reading: undefined };
    this.#asked.set(nodeServiceKey(node, service), one);
    return one;
  }

  /** Whoever waits for it takes it from what was asked: there it is before they are woken. */
  async #answer(node: string, service: Registration, known: readonly Registration[]): Promise<NodeReading> {
    const reading = await readNode(this.#world.registry, node, known, { told: this.#told });
    const one = this.#asked.get(nodeServiceKey(node, service));
    if (one?.known === known) one.reading = reading;
    for (const wake of this.#waiting.get(serviceKey(service)) ?? []) wake();
    return reading;
  }

  async #pause(key: string, ms: number, signal: AbortSignal): Promise<void> {
    const read = new AbortController();
    const wake = (): void => read.abort();
    const waiting = this.#waiting.get(key) ?? new Set();
    this.#waiting.set(key, waiting.add(wake));
    await this.#world.clock.sleep(ms, AbortSignal.any([signal, read.signal]));
    waiting.delete(wake);
  }
}

/** Asked since then, and for all that is to be known: what lists hide is asked for by name. */
function isOf({ askedMs, known }: Asked, wanted: readonly Registration[], afterMs: number): boolean {
  const isKnown = (one: Registration, at: number): boolean =>
    known[at] === one || known.some((other) => isSameEndpoint(one, other));
  return askedMs >= afterMs && wanted.every(isKnown);
}

const byService = new WeakMap<Plan, ReadonlyMap<string, readonly Registration[]>>();

/** With all that the plan has of the same services, so that what is read for one target is read for all. */
export function withNeighbours(plan: Plan, registrations: readonly Registration[]): readonly Registration[] {
  const all =
    byService.get(plan) ??
    Map.groupBy(
      plan.targets.flatMap((target) => target.registrations),
      serviceKey,
    );
  byService.set(plan, all);
  const planned = [...new Set(registrations.map(serviceKey))].flatMap((key) => all.get(key) ?? []);
  return [...planned, ...registrations.filter((one) => !planned.includes(one))];
}

async function unlessAborted(
  answer: Promise<NodeReading>,
  node: string,
  service: Registration,
  signal: AbortSignal,
): Promise<NodeReading> {
  const over = Promise.withResolvers<NodeReading>();
  const error = { kind: 'timeout', address: node, afterMs: 0, wasSent: true, isRead: true } as const;
  const giveUp = (): void => over.resolve({ ok: false, node, service, error });
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  const first = await Promise.race([answer, over.promise]);
  signal.removeEventListener('abort', giveUp);
  return first;
}
