import { type ServiceId, serviceKey } from '../../core/registry/service.ts';
import type { Answer, Subscriber } from '../../world/registry.ts';
import type { World } from '../../world/world.ts';

/** `undefined` where connections are not told. */
export type ConsumerList = Answer<readonly Subscriber[] | undefined>;
type Asked = {
  readonly askedMs: number;
  readonly signal: AbortSignal;
  readonly answer: Promise<ConsumerList>;
};

/** Who subscribes to a service: targets that ask at about the same time share one read. */
export class ConsumerReads {
  readonly #asked = new Map<string, Asked>();

  /** What was asked after `afterMs`, by whomever. Whoever asks may go before the answer is there: then it is asked anew. */
  async read(
    { clock, registry }: Pick<World, 'clock' | 'registry'>,
    service: ServiceId,
    nodes: readonly string[],
    { afterMs, signal }: { readonly afterMs: number; readonly signal: AbortSignal },
  ): Promise<{ readonly askedMs: number; readonly answer: ConsumerList }> {
    const key = JSON.stringify([serviceKey(service), nodes]);
    for (;;) {
      const before = this.#asked.get(key);
      const isShared = before !== undefined && before.askedMs > afterMs;
      const one = isShared
        ? before
        : this.#ask(key, clock.monotonic(), signal, () => registry.consumers(service, nodes, { signal }));
      const answer = await one.answer;
      if (answer.ok || signal.aborted || !one.signal.aborted) return { askedMs: one.askedMs, answer };
      if (this.#asked.get(key) === one) this.#asked.delete(key);
    }
  }

  #ask(key: string, askedMs: number, signal: AbortSignal, ask: () => Promise<ConsumerList>): Asked {
    const one = { askedMs, signal, answer: ask() };
    this.#asked.set(key, one);
    return one;
  }
}
