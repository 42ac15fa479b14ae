import { hookOf, isHookStep } from '../hooks/hook-step.ts';
import { goingBack, inTurn, isAhead, mayGoAhead } from './ahead.ts';
import { isBeyondFailures } from './failures.ts';
import { holdBy, holds, isOnItsWayBack } from './holds.ts';
import { hasRunningCommand } from './gate-state.ts';
import { atGate, nextGate, unaskedGate } from './wanted-at-gate.ts';
import { isWatchedOn } from '../event/failure.ts';
import { exitCodeOf } from './outcome.ts';
import { type Rollout, planOf, targetOf } from './rollout.ts';
import { type TargetState, fellShort, isActive, isBeforeCheck, isHeldOff } from './target-state.ts';
import { type RestReason, type Effect } from './effect.ts';

/** Every effect that should be in flight because of what is true: no more, no less, in a stable order. */
export function wanted(rollout: Rollout): readonly Effect[] {
  const reasons = new Set(holds(rollout).map(({ kind }) => kind));
  if (reasons.has('over') || reasons.has('no-runner')) return [];
  if (reasons.has('stopping')) return isSettled(rollout) ? [rest(rollout, 'interrupted')] : [];
  const inFlight = [
    ...rollout.targets.flatMap((target) => keptOut(target)),
    ...watched(rollout),
    ...rollout.targets.flatMap((target) => cleared(target)),
    ...rollout.targets.flatMap((target) =>
      steps(
        rollout,
        target,
        isUnbegun(target) ? reasons.size === 0 : !reasons.has('paused') && !reasons.has('nodes-lost'),
      ),
    ),
    ...atGate(
      rollout,
      [...reasons].every((kind) => kind === 'gate'),
    ),
    ...(reasons.size === 0 ? admitted(rollout) : []),
    ...calledBack(rollout),
    ...unasked(rollout),
    ...unaskedGate(rollout),
  ];
  const isLost = rollout.paused?.why === 'registry-lost' || rollout.lostNodes.length > 0;
  // Without the lease somebody else may be rolling these services: nothing of ours writes.
  const effects = rollout.paused?.why === 'lease-lost' ? inFlight.filter(isHarmless) : inFlight;
  return [
    // First: of what it holds up nothing begins where it has come already.
    ...awaitedDeadline(rollout),
    ...effects,
    ...(isLost ? [{ key: 'await-registry', kind: 'await-registry' } as const] : []),
    ...(rollout.droppedNodes.length > 0 ? [{ key: 'await-dropped', kind: 'await-dropped' } as const] : []),
    ...(effects.every(({ kind }) => kind === 'keep-out' || kind === 'watch-calls')
      ? closing(rollout)
      : []
    ).filter(
      // An exit code is only true once every write has its outcome.
      (effect) => effect.kind === 'await-decision' || isSettled(rollout),
    ),
  ];
}

function isHarmless({ kind }: Effect): boolean {
  return (
    kind === 'drain' ||
    kind === 'deploy' ||
    kind === 'check' ||
    kind === 'soak' ||
    kind === 'gate' ||
    kind === 'watch-calls' ||
    isHookStep(kind)
  );
}

/** No command runs any more, and every write has its outcome. */
export function isSettled(rollout: Rollout): boolean {
  if (rollout.gates.some(hasRunningCommand)) return false;
  return rollout.targets.every(
    (target) =>
      target.deploy?.isRunning !== true &&
      target.hook?.isRunning !== true &&
      [...target.registrations, ...target.former].every(({ isWriting }) => !isWriting),
  );
}

function keptOut(target: TargetState): readonly Effect[] {
  const isOurs = target.registrations.some((registration) => registration.mark === 'off');
  const isHeld =
    (isActive(target) && !isInService(target) && (target.step !== 'enable' || target.phase === 'stuck')) ||
    target.result === 'left-off';
  const isWantedOn = target.phase !== 'running' && target.failure?.why.kind === 'wanted-on';
  return isOurs && isHeld && !isWantedOn
    ? [{ key: `keep-out ${target.name}`, kind: 'keep-out', target: target.name }]
    : [];
}

/** It is on, and watched: what was off of it before us is as it was. */
function isInService({ step, course }: TargetState): boolean {
  return isWatchedOn(step) || course === 'give-back';
}

/**
 * Those that go next are watched too, for how often somebody called before says how long a silence must last. Not all:
 * a plan may have a thousand targets.
 */
export function watchedTargets(rollout: Rollout): readonly string[] {
  const open = rollout.targets.filter((target) => target.phase !== 'ended');
  const batchOf = ({ name }: TargetState): number => targetOf(rollout, name).batch;
  const first = Math.min(...open.map(batchOf));
  const isNear = (target: TargetState): boolean => {
    // What may go ahead goes a batch sooner.
    const before = targetOf(rollout, target.name).drainAhead === true ? 2 : 1;
    return batchOf(target) <= first + before;
  };
  return open
    .filter((target) => targetOf(rollout, target.name).drain.watch !== undefined)
    .filter((target) => (target.phase === 'waiting' ? isNear(target) : isBeforeCheck(target)))
    .map(({ name }) => name);
}

function watched(rollout: Rollout): readonly Effect[] {
  return watchedTargets(rollout).map((target) => ({
    key: `watch-calls ${target}`,
    kind: 'watch-calls',
    target,
  }));
}

function cleared(target: TargetState): readonly Effect[] {
  const [former] = target.former;
  if (former === undefined) return [];
  const { ip } = former.registration;
  return [
    {
      key: `clear-mark ${target.name} ${target.former.length} ${ip}`,
      kind: 'clear-mark',
      target: target.name,
    },
  ];
}

function steps(rollout: Rollout, target: TargetState, mayBegin: boolean): readonly Effect[] {
  if (target.phase === 'running') return [step(target)];
  if (target.phase !== 'ready') return [];
  if (isOnItsWayBack(target)) return [step(target)];
  // Whoever went ahead is deployed when it is its turn.
  const isEarly = target.step === 'deploy' && isAhead(rollout, target);
  return mayBegin && !isEarly ? [step(target)] : [];
}

/** A hook ran before it, and nothing of it was written: it begins as one that had none. */
function isUnbegun({ step, steps }: TargetState): boolean {
  const { attempt, beganAt } = steps.disable;
  return step === 'disable' && attempt === 1 && beganAt === undefined;
}

function step(target: TargetState): Effect {
  const { attempt, calledOff } = target.steps[target.step];
  const anew = calledOff === undefined ? '' : `, anew ${calledOff}`;
  return {
    key: `${target.step} ${target.name} ${attempt}${anew}`,
    kind: target.step,
    target: target.name,
    attempt,
  };
}

/**
 * The targets that begin next: those of the first batch that is not through, once no gate stands before it, and who may
 * go ahead of its turn.
 */
function admitted(rollout: Rollout): readonly Effect[] {
  if (nextGate(rollout) !== undefined) return [];
  return [...inTurn(rollout), ...mayGoAhead(rollout)].filter(({ phase }) => phase === 'waiting').map(step);
}

function calledBack(rollout: Rollout): readonly Effect[] {
  const answered = new Set(unasked(rollout).flatMap((effect) => ('target' in effect ? effect.target : [])));
  return goingBack(rollout, ({ name }) => !answered.has(name)).map(({ name }) => ({
    key: `call-back ${name}`,
    kind: 'call-back',
    target: name,
    why: rollout.isUnattended ? 'unattended' : 'stuck',
  }));
}

/** Without a person, the plan answers. */
function unasked(rollout: Rollout): readonly Effect[] {
  if (rollout.isAttended) return [];
  const plan = planOf(rollout);
  const stuck = holdBy(rollout, 'stuck')?.targets ?? [];
  return stuck.flatMap((target): readonly Effect[] => {
    const why = target.failure?.why.kind;
    const { attempt } = target.steps[target.step];
    if (why === 'deploy-unknown' && plan.onUnknown === 'again')
      return [{ key: `retry-unknown ${target.name} ${attempt}`, kind: 'retry-unknown', target: target.name }];
    const mayGoOn =
      !isHookStep(target.step) || hookOf(targetOf(rollout, target.name), target.step)?.onFailure !== 'stop';
    const isContinued = plan.onFailure === 'continue' && !isBeyondFailures(rollout);
    return isContinued && mayGoOn && why !== 'wanted-on' && why !== 'deploy-unknown'
      ? [{ key: `leave-off ${target.name} ${attempt}`, kind: 'leave-off', target: target.name }]
      : [];
  });
}

/** How the runner comes to its end, once nothing else but keeping out is wanted. */
function closing(rollout: Rollout): readonly Effect[] {
  const gate = nextGate(rollout);
  if (gate === undefined && rollout.targets.every(({ phase }) => phase === 'ended')) return [end(rollout)];
  if (!rollout.isAttended && rollout.paused === undefined)
    return [rest(rollout, gate?.phase === 'asking' ? 'at-gate' : whyUnasked(rollout))];
  const isLost = rollout.paused?.why === 'registry-lost';
  if (!rollout.isUnattended && (rollout.isAttended || !isLost)) return [];
  const isOpen = rollout.targets.some((target) => isActive(target) && isHeldOff(target));
  if (!isOpen) return rollout.isUnattended ? [rest(rollout, 'unattended')] : [];
  return [{ key: 'await-decision', kind: 'await-decision', withinMs: planOf(rollout).decideWithinMs }];
}

export function end(rollout: Rollout): Effect {
  const outcome = outcomeOf(rollout);
  return { key: 'end', kind: 'end', outcome, exitCode: exitCodeOf(rollout, outcome) };
}

function outcomeOf({ abort, targets }: Rollout): (Effect & { kind: 'end' })['outcome'] {
  if (abort !== undefined) return 'aborted';
  if (targets.some(({ result }) => result === 'left-off')) return 'done-with-some-off';
  return targets.some(fellShort) ? 'done-with-some-failed' : 'done';
}

/** Why it stands still where nobody is there. */
function whyUnasked(rollout: Rollout): RestReason {
  if (holdBy(rollout, 'stuck') === undefined) {
    if (rollout.isPastDeadline) return 'deadline';
    if (rollout.isUnattended) return 'unattended';
  }
  return isBeyondFailures(rollout) ? 'too-many-failed' : 'stuck';
}

/** Where nothing is left to begin, it holds nothing up. Who is at the hook before it has yet to begin. */
function awaitedDeadline({ deadlineAt: at, isPastDeadline, targets }: Rollout): readonly Effect[] {
  const isToBegin = (target: TargetState): boolean =>
    target.phase === 'waiting' ||
    (isActive(target) && (target.step === 'before-target' || isUnbegun(target)));
  if (at === undefined || isPastDeadline || !targets.some(isToBegin)) return [];
  return [{ key: `await-deadline ${at}`, kind: 'await-deadline', at }];
}

export function rest(rollout: Rollout, why: RestReason): Effect {
  return { key: `rest ${why}`, kind: 'rest', why, exitCode: exitCodeOf(rollout, why) };
}
