import { type Instance, type ServiceId, serviceKey } from '../../core/registry/service.ts';
import type { Listed } from '../../core/registry/listed.ts';
import type { Clock } from '../../world/clock.ts';
import type { Answer, ServiceList } from '../../world/registry.ts';
import type { World } from '../../world/world.ts';
import type { Freshness } from './node-reads.ts';

type Wanted = Freshness & { readonly signal: AbortSignal };

type Asked<T> = {
  readonly askedMs: number;
  readonly signal: AbortSignal;
  readonly answer: Promise<Answer<T>>;
};

/** What targets ask for at about the same time is read once for all of them. */
export class SharedReads<T> {
  readonly #asked = new Map<string, Asked<T>>();

  /** What was asked after `afterMs`, by whomever. Whoever asks may go before the answer is there: then it is asked anew. */
  async read(
    clock: Clock,
    key: string,
    { afterMs, signal }: Wanted,
    ask: () => Promise<Answer<T>>,
  ): Promise<{ readonly askedMs: number; readonly answer: Answer<T> }> {
    for (;;) {
      const before = this.#asked.get(key);
      const isShared = before !== undefined && before.askedMs > afterMs;
      const one = isShared ? before : this.#ask(key, clock.monotonic(), signal, ask);
      const answer = await one.answer;
      if (answer.ok || signal.aborted || !one.signal.aborted) return { askedMs: one.askedMs, answer };
      if (this.#asked.get(key) === one) this.#asked.delete(key);
    }
  }

  #ask(key: string, askedMs: number, signal: AbortSignal, ask: () => Promise<Answer<T>>): Asked<T> {
    const one = { askedMs, signal, answer: ask() };
    this.#asked.set(key, one);
    return one;
  }
}

/** Which services have something at the ips of targets, and what: one look for all targets that look for theirs. */
export class ReadsAtIps {
  readonly #world: Pick<World, 'registry' | 'clock'>;
  #ips: readonly string[] = [];
  #services = new SharedReads<ServiceList>();
  #instances = new SharedReads<Listed<Instance> | undefined>();

  constructor(world: Pick<World, 'registry' | 'clock'>) {
    this.#world = world;
  }

  /** Those that have, or may have, a registration at `ip`; more than those, where it is asked for others too. */
  async services(
    namespace: string,
    ip: string,
    others: readonly string[],
    wanted: Wanted,
  ): Promise<Answer<ServiceList>> {
    const { registry, clock } = this.#world;
    // Other targets are looked for now, and what was read for those before them is kept no longer.
    if (!this.#ips.includes(ip)) {
      this.#ips = [...new Set([ip, ...others])];
      this.#services = new SharedReads();
      this.#instances = new SharedReads();
    }
    const ask = (): Promise<Answer<ServiceList>> =>
      registry.services(namespace, '', { at: this.#ips, signal: wanted.signal });
    return (await this.#services.read(clock, namespace, wanted, ask)).answer;
  }

  async instances(id: ServiceId, wanted: Wanted): Promise<Answer<Listed<Instance> | undefined>> {
    const { registry, clock } = this.#world;
    const ask = (): Promise<Answer<Listed<Instance> | undefined>> =>
      registry.instances(id, { signal: wanted.signal });
    return (await this.#instances.read(clock, serviceKey(id), wanted, ask)).answer;
  }
}
