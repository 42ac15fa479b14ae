import type { Evidence } from '../../../src/core/drain/evidence.ts';
import type { EvidenceReading } from '../../../src/world/world.ts';
import type { VirtualClock } from '../../support/time/virtual-clock.ts';
import type { Random } from '../scenario/random.ts';
import type { CallerSpell } from '../scenario/scenario.ts';
import type { Slot } from './ground-truth.ts';
import type { NodeViews } from './node-views.ts';

type Count = { readonly version: number; readonly calls: number; readonly countedMs: number };

/** One consumer of every service: what it has in its list, and how often it called each instance. */
type Caller = CallerSpell & {
  readonly node: number;
  listed: ReadonlySet<Slot>;
  fetchedMs: number;
  nextFetchMs: number;
  readonly counts: Map<Slot, Count>;
};

/** A consumer that has an instance in its list, and whether it calls it before it fetches a new one. */
export type Holder = Pick<Caller, 'address' | 'listMs' | 'node' | 'fetchedMs'> & {
  readonly isCalling: boolean;
};

export type SimulatedCallers = ReturnType<typeof createCallers>;

/** Nobody fetches more often. */
const leastListMs = 200;

/** Consumers with lists of their own. Their calls are not played one by one: they are counted when somebody looks. */
export function createCallers(
  clock: VirtualClock,
  random: Random,
  spells: readonly CallerSpell[],
  views: NodeViews,
  versionOf: (slot: Slot) => number,
) {
  const callers = spells.map((spell, index): Caller => {
    const node = index % views.nodes.length;
    return { ...spell, node, listed: new Set(), fetchedMs: 0, nextFetchMs: 0, counts: new Map() };
  });

  const count = (caller: Caller, slot: Slot): number => {
    const now = clock.monotonic();
    const version = versionOf(slot);
    const before = caller.counts.get(slot);
    // A process that was restarted counts from the beginning.
    const { calls, countedMs } = before?.version === version ? before : { calls: 0, countedMs: now };
    const passedMs = caller.listed.has(slot) ? Math.max(now - Math.max(countedMs, caller.fromMs), 0) : 0;
    const sum = calls + poisson(random, (caller.perSecond * passedMs) / 1000);
    caller.counts.set(slot, { version, calls: sum, countedMs: now });
    return sum;
  };

  const fetchList = (caller: Caller, nextAfterMs: number): void => {
    const viewer = views.consumers(caller.node);
    views.settle(viewer);
    const on = [...viewer.shown].filter(([, seen]) => seen?.enabled === true && seen.isHealthy);
    const listed = new Set(on.map(([slot]) => slot));
    for (const slot of new Set([...listed, ...caller.listed])) count(caller, slot);
    const nextMs = Math.max(nextAfterMs, leastListMs);
    Object.assign(caller, {
      listed,
      fetchedMs: clock.monotonic(),
      nextFetchMs: clock.monotonic() + nextMs,
    });
    clock.after(nextMs, () => fetchList(caller, caller.listMs));
  };

  return {
    addresses: callers.map(({ address }) => address),
    begin: (): void => {
      for (const caller of callers) fetchList(caller, caller.firstFetchMs);
    },
    /** What a source that counts calls tells of an instance. */
    read: (evidence: Evidence, slot: Slot): EvidenceReading => {
      const isPerCaller = evidence.kind === 'connections';
      const each = callers.map((caller) => ({
        caller: caller.address,
        key: '',
        value: caller.isHidden ? 0 : count(caller, slot),
      }));
      const value = each.reduce((sum, one) => sum + one.value, 0);
      const counters = isPerCaller
        ? each.filter((one) => one.value > 0)
        : [{ caller: 'all', key: '', value }];
      return { kind: 'read', reading: { unit: 'calls', isPerCaller, counters } };
    },
    holdersOf: (slot: Slot): readonly Holder[] =>
      callers
        .filter(({ listed }) => listed.has(slot))
        .map((caller) => {
          const { address, listMs, node, fetchedMs, fromMs, nextFetchMs, perSecond } = caller;
          const leftMs = Math.max(nextFetchMs - Math.max(clock.monotonic(), fromMs), 0);
          const isCalling = poisson(random, (perSecond * leftMs) / 1000) > 0;
          return { address, listMs, node, fetchedMs, isCalling };
        }),
  };
}

/** Knuth's way; where many are expected their exact number matters to nobody. */
function poisson(random: Random, mean: number): number {
  if (mean > 30) return Math.round(mean);
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.float(); product > limit; product *= random.float()) count += 1;
  return count;
}
