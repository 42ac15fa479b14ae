import type { Registration } from '../../core/plan/plan.ts';
import { nodesOf } from '../../core/rollout/rollout.ts';
import { type Context, readCounted } from './context.ts';
import { askedAnew } from './node-reads.ts';
import type { NodeReading } from './node-views.ts';
import { orNews } from './consumers-told.ts';

/** Where marks are kept, lists show a write after 0.57 s, and hardly ever before (src/nacos/README.md, Read-back). */
const firstLookMs = 600;
/** Told of it by every node, we look then; a push that never comes is waited for no longer than this. */
const untoldMs = 1000;
const pollMs = 100;
/** What has not come for long is looked for more seldom: a quarter of the time that it has taken, and so long at most. */
const share = 4;
const pollMaxMs = 500;
/** Of a target with many registrations each is asked for more seldom: a hundred a second. */
const eachMs = 10;

type Wished = {
  readonly target: string;
  readonly enabled: boolean;
  /** Marks are kept here: then lists are late. */
  readonly mayRemember: boolean;
};

type Looks = {
  /** What every node that counts shows. */
  look(): Promise<readonly NodeReading[]>;
  /** Nothing of what was looked at last was asked before, by the monotonic clock. */
  askedMs(): number;
  /** Until the next look may show something. `sentMs`: when the last write was answered, by the monotonic clock. */
  wait(sentMs: number | undefined, signal: AbortSignal): Promise<void>;
};

/** A look costs a request to every node: so it waits until there is something to be seen, as far as that can be known. */
export function openLooks(
  context: Context,
  registration: Registration,
  { target, enabled, mayRemember }: Wished,
): Looks {
  const { told, world, rollout, reads } = context;
  const { clock } = world;
  const together = context.target(target).registrations.length;
  const wished = enabled ? 'given' : 'gone';
  // What is written rests on it.
  let freshness = askedAnew;
  let lookedMs = clock.monotonic();
  let askedMs = lookedMs;
  let firstAfterMs: number | undefined;

  const dueMs = (sentMs: number | undefined): number => {
    const nowMs = clock.monotonic();
    const isFirst = sentMs !== undefined && firstAfterMs !== sentMs;
    firstAfterMs = sentMs;
    const mayBeTold = nodesOf(rollout()).every((node) => {
      const shown = told?.of(node, registration)?.shown;
      return shown !== undefined && shown !== wished;
    });
    if (isFirst) return sentMs + (mayBeTold ? untoldMs : mayRemember ? firstLookMs : pollMs);
    const passedMs = sentMs === undefined ? 0 : nowMs - sentMs;
    return nowMs + Math.min(Math.max(passedMs / share, pollMs), pollMaxMs);
  };

  /** When the last node told it, where all of them have. */
  const toldMs = (): number | undefined => {
    const tolds = nodesOf(rollout()).map((node) => told?.of(node, registration));
    const isTold = tolds.every((of) => of?.shown === wished);
    return isTold ? Math.max(...tolds.map((of) => of?.sinceMs ?? 0)) : undefined;
  };

  return {
    look: async () => {
      lookedMs = clock.monotonic();
      askedMs = Math.min(lookedMs, freshness.afterMs);
      return readCounted(context, [registration], undefined, freshness);
    },
    askedMs: () => askedMs,
    wait: async (sentMs, signal) => {
      const untilMs = Math.max(dueMs(sentMs), lookedMs + together * eachMs);
      for (;;) {
        const news = told?.news(registration);
        const atMs = toldMs();
        const isNews = atMs !== undefined && atMs > lookedMs;
        const leftMs = untilMs - clock.monotonic();
        freshness = isNews ? { afterMs: Math.max(atMs, sentMs ?? 0) } : reads.now;
        if (isNews || leftMs <= 0 || signal.aborted) return;
        await clock.sleep(leftMs, orNews(signal, news));
      }
    },
  };
}
