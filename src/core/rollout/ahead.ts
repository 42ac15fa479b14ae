import { isWatchedOn } from '../event/failure.ts';
import { isHookStep } from '../hooks/hook-step.ts';
import { gateBefore } from './gate-state.ts';
import { type Rollout, planOf } from './rollout.ts';
import { type TargetState, isActive } from './target-state.ts';
import type { Target } from '../plan/plan.ts';

type Open = { readonly state: TargetState; readonly target: Target };

/** Those that are not through, with what is planned for them. */
function openOf(rollout: Rollout): readonly Open[] {
  const { targets } = planOf(rollout);
  return rollout.targets.flatMap((state, at): readonly Open[] => {
    const target = targets[at];
    return state.phase === 'ended' || target === undefined ? [] : [{ state, target }];
  });
}

function firstBatchOf(open: readonly Open[]): number {
  return Math.min(...open.map(({ target }) => target.batch));
}

/** The targets of the first batch that is not through: it is their turn. */
export function inTurn(rollout: Rollout): readonly TargetState[] {
  const open = openOf(rollout);
  const turn = firstBatchOf(open);
  return open.filter(({ target }) => target.batch === turn).map(({ state }) => state);
}

/** Begun before its turn: it may go off and drain, and nothing is deployed on it before the batch before is through. */
export function isAhead(rollout: Rollout, { name, phase }: TargetState): boolean {
  if (phase === 'ended') return false;
  const open = openOf(rollout);
  const own = open.find(({ target }) => target.name === name);
  return own !== undefined && own.target.batch > firstBatchOf(open);
}

/**
 * Those of the next batch whose plan lets them drain while the batch before is deployed and checked: once all of that is
 * past its drain, within one stage and one zone, and where no gate stands between. Whether the minimum allows it is counted when they go.
 */
export function mayGoAhead(rollout: Rollout): readonly TargetState[] {
  const open = openOf(rollout);
  const turn = firstBatchOf(open);
  const current = open.filter(({ target }) => target.batch === turn);
  const later = open.filter(({ target }) => target.batch > turn);
  const next = firstBatchOf(later);
  const before = current[0]?.target;
  if (gateBefore(rollout, next) !== undefined) return [];
  return current.every(({ state }) => isPastDrain(state))
    ? later
        .filter(({ target }) => target.batch === next && isSameLeg(before, target))
        // Its first command is run when it is its turn.
        .filter(({ target, state }) => target.drainAhead === true && state.step === 'disable')
        .map(({ state }) => state)
    : [];
}

/** Its deploy runs or is done, and it goes forward. */
function isPastDrain({ step, phase, course, deploy }: TargetState): boolean {
  const isDeploying = step === 'deploy' && deploy?.isRunning === true;
  const isAfter = step === 'check' || step === 'enable' || isWatchedOn(step);
  return (phase === 'ready' || phase === 'running') && course === 'forward' && (isDeploying || isAfter);
}

/**
 * Off ahead of their turn, with nothing near that they wait for: one of a batch before is stuck and `isAsked` about, or
 * nobody is there. They go back on without a deploy, and begin anew when it is their turn; but for what was off already,
 * which runs what failed.
 */
export function goingBack(
  rollout: Rollout,
  isAsked: (stuck: TargetState) => boolean,
): readonly TargetState[] {
  const open = openOf(rollout);
  const turn = firstBatchOf(open);
  const asked = open.filter(({ state }) => state.phase === 'stuck' && isAsked(state));
  return (
    open
      .filter(({ target }) => target.batch > turn)
      .filter(
        ({ state }) =>
          state.isLeft !== true && isActive(state) && state.phase !== 'stuck' && state.course === 'forward',
      )
      // A command that began comes to its end.
      .filter(({ state }) => state.phase !== 'running' || !isHookStep(state.step))
      .filter(({ target }) => rollout.isUnattended || asked.some((one) => one.target.batch < target.batch))
      .map(({ state }) => state)
  );
}

/** Between stages, and between zones where one goes at a time, nothing of the one is off with anything of the other. */
export function isSameLeg(one: Target | undefined, other: Target): boolean {
  return one?.stage === other.stage && one.zone === other.zone;
}
