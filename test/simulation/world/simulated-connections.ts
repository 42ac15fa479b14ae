import type { Counter } from '../../../src/core/drain/call-tally.ts';
import type { Random } from '../scenario/random.ts';

/** The connections over which a caller calls one instance. */
export type Pool = {
  readonly size: number;
  /** One over which nothing was asked for so long is closed, and the next call opens another; absent: never. */
  readonly keepAliveMs?: number | undefined;
};

type Connection = { readonly port: number; receivedBytes: number; lastMs: number };

export type Connections = {
  /** So many calls came in at random moments of this time. */
  called(calls: number, fromMs: number, toMs: number): void;
  /** As `ss` prints those that are established. */
  told(nowMs: number): readonly Omit<Counter, 'caller'>[];
};

const callBytes = 300;
/** Systems tell ages in these steps. */
const tickMs = 4;
/** A port may be used again, once in so many. */
const reuseChance = 0.01;
/** Where more came, each connection got its share. */
const mostDealt = 50;

export function openConnections(random: Random, { size, keepAliveMs = Infinity }: Pool): Connections {
  const open: (Connection | undefined)[] = Array.from({ length: size }, () => undefined);
  let ports = 40_000;

  const deal = (calls: number): readonly number[] => {
    if (calls > mostDealt) return open.map((_, index) => Math.floor((calls + index) / size));
    const dealt = open.map(() => 0);
    for (let each = 0; each < calls; each += 1) {
      const index = random.int(0, size - 1);
      dealt[index] = (dealt[index] ?? 0) + 1;
    }
    return dealt;
  };

  const portAfter = (before: Connection | undefined): number =>
    before !== undefined && random.chance(reuseChance) ? before.port : ++ports;

  return {
    called: (calls, fromMs, toMs) => {
      if (calls === 0) return;
      for (const [index, count] of deal(calls).entries()) {
        if (count === 0) continue;
        // The last of so many moments, and the first of the others.
        const lastMs = fromMs + (toMs - fromMs) * random.float() ** (1 / count);
        const firstMs =
          count === 1 ? lastMs : fromMs + (lastMs - fromMs) * (1 - random.float() ** (1 / (count - 1)));
        const before = open[index];
        const isOpen = before !== undefined && firstMs - before.lastMs <= keepAliveMs;
        const { port, receivedBytes } = isOpen ? before : { port: portAfter(before), receivedBytes: 0 };
        open[index] = { port, receivedBytes: receivedBytes + count * callBytes, lastMs };
      }
    },
    told: (nowMs) =>
      open.flatMap((one) => {
        if (one === undefined || nowMs - one.lastMs > keepAliveMs) return [];
        const ticks = Math.floor(nowMs / tickMs) - Math.floor(one.lastMs / tickMs);
        // What is this very moment is not printed.
        const idleMs = ticks === 0 ? undefined : ticks * tickMs;
        return [{ key: String(one.port), value: one.receivedBytes, idleMs }];
      }),
  };
}
