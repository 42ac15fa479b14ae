import { type ServiceDetail, type ServiceId, serviceKey } from '../../core/registry/service.ts';
import type { Clock } from '../../world/clock.ts';
import type { Answer, ReadOptions } from '../../world/registry.ts';

type Asked = Answer<ServiceDetail | undefined>;
type Ask = (id: ServiceId, options: ReadOptions) => Promise<Asked>;

/** Told of every change of who may be called, we need not ask again for so long in which clusters they are. */
const goodForMs = 60_000;

/**
 * What a server node said of a service itself. Lists are asked for by cluster, and clusters hardly ever change: where the
 * node tells its consumers, who are told the cluster of everybody, it is not asked for them before each list.
 */
export class ServiceBook {
  readonly #clock: Clock;
  readonly #isHeard: (node: string, id: ServiceId) => boolean;
  readonly #noted = new Map<string, { readonly detail: ServiceDetail; readonly atMs: number }>();
  readonly #named = new Map<string, readonly string[]>();
  readonly #underWay = new Map<
    string,
    { readonly signal: AbortSignal | undefined; readonly answer: Promise<Asked> }
  >();

  constructor(clock: Clock, isHeard: (node: string, id: ServiceId) => boolean) {
    this.#clock = clock;
    this.#isHeard = isHeard;
  }

  /** Those that were told to consumers last. */
  told(node: string, id: ServiceId, clusters: readonly string[]): void {
    this.#named.set(keyOf(node, id), clusters);
  }

  /** Asks, and keeps the answer. */
  async read(id: ServiceId, options: ReadOptions, ask: Ask): Promise<Asked> {
    const atMs = this.#clock.monotonic();
    const answer = await ask(id, options);
    const key = keyOf(options.node, id);
    if (answer.ok && answer.value !== undefined) this.#noted.set(key, { detail: answer.value, atMs });
    else this.#noted.delete(key);
    return answer;
  }

  /** For a list that is asked for now. Two lists that are asked for together ask once. */
  async recall(id: ServiceId, options: ReadOptions, ask: Ask): Promise<Asked> {
    const key = keyOf(options.node, id);
    const noted = this.#noted.get(key);
    if (noted !== undefined && this.#isGood(options.node, id, noted))
      return { ok: true, value: noted.detail };
    const before = this.#underWay.get(key);
    if (before !== undefined && before.signal === options.signal) return before.answer;
    const answer = this.read(id, options, ask).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, { signal: options.signal, answer });
    return answer;
  }

  #isGood(
    node: string | undefined,
    id: ServiceId,
    { detail, atMs }: { readonly detail: ServiceDetail; readonly atMs: number },
  ): boolean {
    const { clusters } = detail;
    const isNew = (cluster: string): boolean => !clusters.includes(cluster);
    if (node === undefined || clusters.length === 0 || !this.#isHeard(node, id)) return false;
    if (this.#clock.monotonic() - atMs >= goodForMs) return false;
    return this.#named.get(keyOf(node, id))?.some(isNew) === false;
  }
}

function keyOf(node: string | undefined, id: ServiceId): string {
  return `${node ?? ''} ${serviceKey(id)}`;
}
