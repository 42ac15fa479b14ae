import type { CallReading } from '../../../src/core/drain/call-tally.ts';
import type { Evidence } from '../../../src/core/drain/evidence.ts';
import type { EvidenceReading } from '../../../src/world/world.ts';
import type { VirtualClock } from '../../support/time/virtual-clock.ts';
import type { Random } from '../scenario/random.ts';
import type { CallerSpell } from '../scenario/scenario.ts';
import type { Slot } from './ground-truth.ts';
import type { NodeViews } from './node-views.ts';
import { type Connections, openConnections } from './simulated-connections.ts';

type Count = {
  readonly version: number;
  readonly calls: number;
  readonly countedMs: number;
  readonly connections: Connections;
};

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

const onePool = { size: 1 };

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

  const count = (caller: Caller, slot: Slot): Count => {
    const now = clock.monotonic();
    const version = versionOf(slot);
    const known = caller.counts.get(slot);
    // A process that was restarted counts from the beginning, and has no connection.
    const before =
      known?.version === version
        ? known
        : { calls: 0, countedMs: now, connections: openConnections(random, caller.pool ?? onePool) };
    const fromMs = Math.max(before.countedMs, caller.fromMs);
    const passedMs = caller.listed.has(slot) ? Math.max(now - fromMs, 0) : 0;
    const more = poisson(random, (caller.perSecond * passedMs) / 1000);
    before.connections.called(more, fromMs, now);
    const counted = { ...before, version, calls: before.calls + more, countedMs: now };
    caller.counts.set(slot, counted);
    return counted;
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
    /** What a source tells of an instance. */
    read: (evidence: Evidence, slot: Slot): EvidenceReading => {
      const seen = callers
        .filter(({ isHidden }) => !isHidden)
        .map((caller) => ({ caller: caller.address, ...count(caller, slot) }));
      return { kind: 'read', reading: readingOf(evidence.kind, seen, clock.monotonic()) };
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

/** Connections, the calls of each caller, or their sum. */
function readingOf(
  kind: Evidence['kind'],
  seen: readonly (Count & { readonly caller: string })[],
  nowMs: number,
): CallReading {
  switch (kind) {
    case 'connections': {
      const counters = seen.flatMap(({ caller, connections }) =>
        connections.told(nowMs).map((one) => ({ caller, ...one })),
      );
      return { unit: 'bursts', isPerCaller: true, counters };
    }
    case 'command': {
      const called = seen.filter(({ calls }) => calls > 0);
      const counters = called.map(({ caller, calls }) => ({ caller, key: '', value: calls }));
      return { unit: 'calls', isPerCaller: true, counters };
    }
    default: {
      const value = seen.reduce((sum, { calls }) => sum + calls, 0);
      return { unit: 'calls', isPerCaller: false, counters: [{ caller: 'all', key: '', value }] };
    }
  }
}

/** Knuth's way; where many are expected their exact number matters to nobody. */
function poisson(random: Random, mean: number): number {
  if (mean > 30) return Math.round(mean);
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.float(); product > limit; product *= random.float()) count += 1;
  return count;
}
