import type { Target } from '../../core/plan/plan.ts';
import { isSameEndpoint } from '../../core/registry/service.ts';
import type { WhyNotWarmed } from '../../core/event/event-parts.ts';
import type { Failure } from '../../core/event/failure.ts';
import { nodesOf } from '../../core/rollout/rollout.ts';
import { isOurs } from '../../core/rollout/target-state.ts';
import { isLowered, mayWarmUp, warmWeight } from '../../core/rollout/warm-up.ts';
import { type Context, readCounted } from '../context/context.ts';
import { askedAnew } from '../context/node-reads.ts';
import { createDeadline } from '../context/deadline.ts';
import { type NodeReading, viewsOf, weightShown } from '../context/node-views.ts';
import { noteOverridden } from '../registry/other-hands.ts';
import { setAllEnabled } from '../registry/set-enabled.ts';
import type { Wish } from '../registry/write-once.ts';
import { stayWell, watchedBy } from './soak.ts';

/** Lists differ for about a second after a write (src/nacos/README.md, Read-back). */
const agreeWithinMs = 5000;
const pollMs = 500;

/**
 * On with a part of its weight, it gets more of it for as long as it stays well, and in the end all. Where it does not, it
 * goes back to the first part, so that few call it while somebody decides. Begun anew, it begins with the first part.
 */
export async function warmUp(
  context: Context,
  name: string,
  attempt: number,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = context.world;
  const target = context.target(name);
  const { ms: totalMs = 0, percents = [], check } = target.warmUp ?? {};
  const watched = watchedBy(target, check);
  const began = clock.monotonic();
  const passedMs = (): number => Math.round(clock.monotonic() - began);
  const setPercent = async (percent: number): Promise<Failure | undefined> => {
    const why = await setWeights(context, name, percent, signal);
    if (why === undefined && !signal.aborted)
      context.record({ type: 'weight-set', target: name, attempt, percent, ms: passedMs() });
    return why;
  };
  context.record({ type: 'warm-up-began', target: name, attempt, totalMs });
  let why: Failure | undefined;
  for (const percent of percents) {
    why ??= await setPercent(percent);
    if (signal.aborted) return;
    const look = (readings: readonly NodeReading[]): void => lookAtWeights(context, name, readings);
    why ??= await stayWell(context, watched, totalMs / percents.length, signal, { look });
    if (signal.aborted) return;
    // Where it cannot be taken back, or need not, it is asked about as it is.
    if (why?.kind === 'check') await setPercent(percents[0] ?? percent);
    if (why !== undefined || signal.aborted) break;
  }
  if (why === undefined && !signal.aborted) why = await setPercent(100);
  if (signal.aborted) return;
  const ms = passedMs();
  if (why === undefined) context.record({ type: 'warm-up-passed', target: name, attempt, ms });
  else context.record({ type: 'step-failed', target: name, step: 'warm-up', attempt, ms, why });
}

/** The part of its weight that each registration is put on with, or why it gets none. */
export type WarmParts = {
  readonly parts: ReadonlyMap<number, NonNullable<Wish['part']>>;
  readonly leftOut: ReadonlyMap<number, WhyNotWarmed>;
};

const noWarmUp: WarmParts = { parts: new Map(), leftOut: new Map() };

/** Nothing of both where none is asked for. */
export async function warmParts(context: Context, name: string, signal: AbortSignal): Promise<WarmParts> {
  const target = context.target(name);
  const { course, registrations: states } = context.state(name);
  const [first] = target.warmUp?.percents ?? [];
  if (first === undefined || course !== 'forward' || context.rollout().abort !== undefined) return noWarmUp;
  const ours = [...target.registrations.entries()].filter(([index]) => {
    const state = states[index];
    return state !== undefined && isOurs(state) && state.isDropped !== true;
  });
  const patience = createDeadline(context, agreeWithinMs);
  for (;;) {
    const readings = await readCounted(context, target.registrations, signal, askedAnew);
    const nodes = nodesOf(context.rollout());
    const shown = ours.map(([index, one]) => [index, weightShown(readings, one, nodes)] as const);
    const isKnown = shown.every(([, weight]) => weight !== undefined);
    if (signal.aborted || isKnown || patience.isOver()) {
      const parts = new Map<number, NonNullable<Wish['part']>>();
      const leftOut = new Map<number, WhyNotWarmed>();
      for (const [index, weight] of shown) {
        // A warm-up that was cut short has shown us a part of it.
        const full = states[index]?.lowered?.full ?? weight;
        if (weight === undefined || full === undefined)
          leftOut.set(index, isMoved(readings, target, index) ? 'moved' : 'not-agreed');
        else if (mayWarmUp(full, first)) parts.set(index, { weight: warmWeight(full, first), full });
        else leftOut.set(index, 'no-weight');
      }
      return { parts, leftOut };
    }
    await context.world.clock.sleep(pollMs, signal);
  }
}

function isMoved(readings: readonly NodeReading[], { registrations }: Target, index: number): boolean {
  const registration = registrations[index];
  const views = registration === undefined ? [] : viewsOf(readings, registration);
  return (
    registration !== undefined &&
    views.length > 0 &&
    views.every(({ instances }) => {
      const here = instances.filter((one) => isSameEndpoint(one, registration));
      return here.length > 0 && here.every(({ cluster }) => cluster !== registration.cluster);
    })
  );
}

/** Says what is on with all of its weight at once though it was to warm up, and why. */
export function noteLeftOut(context: Context, name: string, { parts, leftOut }: WarmParts): void {
  const { registrations: states } = context.state(name);
  const unlowered = [...parts.keys()].filter((index) => {
    const state = states[index];
    return state !== undefined && !isLowered(state);
  });
  const all = [...leftOut, ...unlowered.map((index) => [index, 'changed'] as const)];
  for (const [why, found] of Map.groupBy(all, ([, reason]) => reason))
    context.record({
      type: 'warm-up-left-out',
      target: name,
      registrations: found.map(([index]) => index),
      why,
    });
}

/** Of all registrations that have a part of their weight, together; 100: all of it. */
async function setWeights(
  context: Context,
  name: string,
  percent: number,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const target = context.target(name);
  const readings = await readCounted(context, target.registrations, signal, askedAnew);
  if (signal.aborted) return undefined;
  const nodes = nodesOf(context.rollout());
  const wishes = [...context.state(name).registrations.entries()].flatMap(
    ([index, state]): readonly Wish[] => {
      const registration = target.registrations[index];
      if (state.lowered === undefined || !isLowered(state) || registration === undefined) return [];
      const { full } = state.lowered;
      const part = percent < 100 ? { weight: warmWeight(full, percent), full } : undefined;
      // As the enable left it.
      const isSet = part !== undefined && weightShown(readings, registration, nodes) === part.weight;
      if (isSet && !state.isUnsettled) return [];
      return [{ target: name, registration: index, enabled: true, purpose: 'warm-up', part }];
    },
  );
  return setAllEnabled(context, wishes, signal);
}

/** Every node has shown what we wrote: what all show now instead is somebody else's, or the server forgot ours. */
function lookAtWeights(context: Context, name: string, readings: readonly NodeReading[]): void {
  for (const [registration, state] of context.state(name).registrations.entries()) {
    const { lowered } = state;
    if (lowered === undefined || !isLowered(state) || state.isUnsettled) continue;
    const isOfOurs = (weight: number): boolean => lowered.written.includes(weight);
    noteOverridden(context, { target: name, registration }, readings, isOfOurs);
  }
}
