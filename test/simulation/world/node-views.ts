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
};

export type NodeViews = ReturnType<typeof createNodeViews>;

const leastLagMs = 30;
const mostLagMs = 1100;
/** Whoever looks once a second sees what lasts longer than this. */
const noticeableMs = 1200;
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
    for (const update of due.sort((a, b) => a.atMs - b.atMs)) show(viewer, update, trouble);
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
        for (const { slot, seen } of viewer.pending) show(viewer, { atMs: 0, slot, seen }, trouble);
        viewer.pending = [];
      }
    },
  };
}

function show(viewer: Viewer, { slot, seen, atMs }: Update, trouble: Trouble): void {
  viewer.shown.set(slot, seen);
  viewer.said.delete(slot.service);
  if (seen?.enabled === true) {
    if (!viewer.onSince.has(slot)) viewer.onSince.set(slot, atMs);
  } else {
    const sinceMs = viewer.onSince.get(slot);
    viewer.onSince.delete(slot);
    if (sinceMs === undefined) return;
    const leastMs = trouble.lastMs > sinceMs - troubleLastsMs ? noticeableInTroubleMs : noticeableMs;
    if (atMs - sinceMs >= leastMs) viewer.onUntil.set(slot, atMs);
  }
}

function viewerAt(viewers: readonly Viewer[], index: number): Viewer {
  const viewer = viewers[index];
  if (viewer === undefined) throw new Error(`there is no viewer ${index}`);
  return viewer;
}
