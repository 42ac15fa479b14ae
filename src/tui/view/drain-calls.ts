import type { CallsSeen } from '../../core/drain/calls-seen.ts';
import type { Drain } from '../../core/plan/plan.ts';
import type { TargetState } from '../../core/rollout/target-state.ts';
import type { LiveCalls } from '../../runner/ports/protocol.ts';
import type { Following } from '../model/following.ts';

type Caller = CallsSeen['callers'][number];

/** What a drain by evidence waits for. Times are milliseconds from its beginning, or lengths where they are named so. */
export type DrainWait =
  /** Nothing was told of its calls yet. */
  | { readonly kind: 'untold' }
  /** It has just begun to drain: its calls are known, and the rule was not asked yet. */
  | { readonly kind: 'counting' }
  | { readonly kind: 'floor'; readonly floorMs: number }
  | { readonly kind: 'active'; readonly ceilingMs: number }
  | { readonly kind: 'calls'; readonly callers: readonly Caller[]; readonly presetMs: number }
  /** The one whose silence must last longest, of `count` that are waited for. */
  | { readonly kind: 'silence'; readonly caller: Caller; readonly neededMs: number; readonly count: number }
  /** It calls so seldom that no silence before the preset's time is proof. */
  | { readonly kind: 'seldom'; readonly caller: Caller; readonly presetMs: number }
  | { readonly kind: 'preset'; readonly doubts: CallsSeen['doubts']; readonly presetMs: number }
  /** Beyond the preset's time. */
  | {
      readonly kind: 'late';
      readonly callers: readonly Caller[];
      readonly presetMs: number;
      readonly ceilingMs: number;
    };

export type DrainLimits = {
  readonly floorMs: number;
  readonly presetMs: number;
  readonly ceilingMs: number;
};

/** The limits of a drain by evidence, moved by what it was extended; undefined where it ends by time alone. */
export function drainLimits({ ms, watch }: Drain, { drainTotalMs }: TargetState): DrainLimits | undefined {
  if (watch === undefined) return undefined;
  const extendedMs = drainTotalMs - ms;
  return {
    floorMs: watch.floorMs + extendedMs,
    presetMs: drainTotalMs,
    ceilingMs: watch.ceilingMs + extendedMs,
  };
}

/** A call this long ago is one that just arrived. */
const recentMs = 1000;

/** `live`: what was told last of the target's calls. */
export function drainWait(
  live: LiveCalls | undefined,
  { floorMs, presetMs, ceilingMs }: DrainLimits,
  elapsedMs: number,
): DrainWait {
  if (live?.waitsFor === undefined)
    return { kind: (live?.perSecond.counts.length ?? 0) > 0 ? 'counting' : 'untold' };
  const open = openCallers(live.callers);
  const recent = live.callers.filter(({ callsSince, silentMs }) => callsSince > 0 && silentMs < recentMs);
  const [slowest] = open;
  switch (live.waitsFor) {
    case 'floor':
      return { kind: 'floor', floorMs };
    case 'active':
      return { kind: 'active', ceilingMs };
    case 'preset':
      return { kind: 'preset', doubts: live.doubts, presetMs };
    case 'calls':
    case 'silence': {
      const late = open.filter(({ callsSince }) => callsSince > 0);
      if (elapsedMs >= presetMs) return { kind: 'late', callers: late, presetMs, ceilingMs };
      const neededMs = live.waitsFor === 'silence' ? slowest?.neededMs : undefined;
      if (slowest !== undefined && neededMs !== undefined)
        return slowest.lastMs + neededMs >= presetMs
          ? { kind: 'seldom', caller: slowest, presetMs }
          : { kind: 'silence', caller: slowest, neededMs, count: open.length };
      return { kind: 'calls', callers: recent.length > 0 ? recent : late, presetMs };
    }
  }
}

/** Who has not been silent for long enough, the one that takes longest first. */
function openCallers(callers: readonly Caller[]): readonly Caller[] {
  const readyMs = ({ lastMs, neededMs = Infinity }: Caller): number => lastMs + neededMs;
  return callers
    .filter(({ silentMs, neededMs }) => neededMs === undefined || silentMs < neededMs)
    .toSorted((one, other) => (readyMs(other) > readyMs(one) ? 1 : -1));
}

/** What is told of a target's calls now, or was when its last drain ended. */
export function callsOfTarget({ calls, events }: Following, target: string): CallsSeen | undefined {
  const live = calls.find((one) => one.target === target);
  if (live !== undefined) return live;
  for (const event of events.toReversed()) {
    if (!('target' in event) || event.target !== target) continue;
    if (event.type === 'drain-ended') return event.calls;
    if (event.type === 'step-failed' && event.why.kind === 'still-called') return event.why.calls;
  }
  return undefined;
}
