import type { Clock } from '../../../src/world/clock.ts';
import { type GroundTruth, type Seen, type Slot, seenOf } from './ground-truth.ts';
import type { Random } from '../scenario/random.ts';

type Update = { readonly atMs: number; readonly slot: Slot; readonly seen: Seen | undefined };

/** What one list of one server node shows, some time after it was true. */
export type Viewer = {
  readonly name: string;
  readonly node: number;
  readonly shown: Map<Slot, Seen | undefined>;
  /** What it says of a service, until something else shows. */
  readonly said: Map<string, readonly [Slot, Seen][]>;
  pending: Update[];
  /** Nothing new shows before then. */
  frozenUntilMs: number;
  frozeAtMs: number;
  /** Per instance: since when it is shown as on; and until when it last was. */
  readonly onSince: Map<Slot, number>;
  readonly onUntil: Map<Slot, number>;
  /** Whose records could not be read by whoever looked last. */
  readonly unread: Set<Slot>;
};

export type NodeViews = ReturnType<typeof createNodeViews>;

const leastLagMs = 30;
const mostLagMs = 1100;
/** Whoever looks once a second sees what lasts longer than that, and a read. */
const looksEveryMs = 1000;
const readMs = 200;
/** More than 25 lists a second are asked of no node: of a process with many registrations each is looked at more seldom. */
const eachMs = 40;
/** The same, when looks time out. */
const noticeableInTroubleMs = 12_000;
const troubleLastsMs = 6000;

/** When the registry last failed us. */
export type Trouble = { lastMs: number };

/** Every node has two lists, the administrator's and the consumers', each with a lag of its own. */
export function createNodeViews(
  clock: Clock,
  random: Random,
  truth: GroundTruth,
  nodes: readonly string[],
  trouble: Trouble,
) {
  const viewers: Viewer[] = nodes.flatMap((address, node) =>
    ['list', 'consumers'].map((kind) => ({
      name: `${address} ${kind}`,
      node,
      shown: new Map(),
      said: new Map(),
      pending: [],
      frozenUntilMs: 0,
      frozeAtMs: Infinity,
      onSince: new Map(),
      onUntil: new Map(),
      unread: new Set(),
    })),
  );

  truth.onChange((slot) => {
    const seen = seenOf(slot);
    const now = clock.monotonic();
    for (const viewer of viewers) {
      const lastMs = viewer.pending.findLast((update) => update.slot === slot)?.atMs ?? 0;
      const atMs = Math.max(now + random.int(leastLagMs, mostLagMs), viewer.frozenUntilMs, lastMs);
      viewer.pending.push({ atMs, slot, seen });
    }
  });

  const settle = (viewer: Viewer): void => {
    const now = clock.monotonic();
    if (!viewer.pending.some((update) => update.atMs <= now)) return;
    const due = viewer.pending.filter((update) => update.atMs <= now);
    viewer.pending = viewer.pending.filter((update) => update.atMs > now);
    for (const update of due.sort((a, b) => a.atMs - b.atMs)) show(viewer, update, noticeableMs);
  };

  const noticeableMs = ({ id }: Slot, sinceMs: number): number => {
    if (trouble.lastMs > sinceMs - troubleLastsMs) return noticeableInTroubleMs;
    const together = [...truth.slots.values()].filter((other) => other.id.ip === id.ip);
    const services = new Set(together.map(({ service }) => service)).size;
    return Math.max(looksEveryMs, services * eachMs) + readMs;
  };

  return {
    nodes,
    viewers,
    settle,
    settleAll: (): void => viewers.forEach(settle),
    /** Since when a list has stood still; never, where none does. */
    frozeAtMs: (): number =>
      Math.min(
        ...viewers.map(({ frozenUntilMs, frozeAtMs }) =>
          frozenUntilMs > clock.monotonic() - mostLagMs * 2 ? frozeAtMs : Infinity,
        ),
      ),
    /** When the last list that stood still began to move again. */
    thawedAtMs: (): number => Math.max(...viewers.map((viewer) => viewer.frozenUntilMs)),
    list: (node: number): Viewer => viewerAt(viewers, node * 2),
    consumers: (node: number): Viewer => viewerAt(viewers, node * 2 + 1),
    /** From the start every list is up to date. */
    showAll: (): void => {
      for (const viewer of viewers) {
        for (const { slot, seen } of viewer.pending) show(viewer, { atMs: 0, slot, seen }, noticeableMs);
        viewer.pending = [];
      }
    },
  };
}

/** `noticeableMs`: for how long it must have been on since then, to be seen by who looks. */
function show(
  viewer: Viewer,
  { slot, seen, atMs }: Update,
  noticeableMs: (slot: Slot, sinceMs: number) => number,
): void {
  viewer.shown.set(slot, seen);
  viewer.said.delete(slot.service);
  if (seen?.enabled === true) {
    if (!viewer.onSince.has(slot)) viewer.onSince.set(slot, atMs);
  } else {
    const sinceMs = viewer.onSince.get(slot);
    viewer.onSince.delete(slot);
    if (sinceMs === undefined) return;
    if (atMs - sinceMs >= noticeableMs(slot, sinceMs)) viewer.onUntil.set(slot, atMs);
  }
}

function viewerAt(viewers: readonly Viewer[], index: number): Viewer {
  const viewer = viewers[index];
  if (viewer === undefined) throw new Error(`there is no viewer ${index}`);
  return viewer;
}
