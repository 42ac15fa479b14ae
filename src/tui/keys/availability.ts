import { mayBePassed } from '../../core/rollout/gate-state.ts';
import { isOver, mayPause } from '../../core/rollout/rollout.ts';
import { type Decision } from '../../core/event/event-parts.ts';
import { serviceKey } from '../../core/registry/service.ts';
import { type Finding, isRefused, reviewForRehearsal } from '../../runner/review/review.ts';
import { isLive } from '../model/following.ts';
import { isSameNacos } from '../../core/registry/same-nacos.ts';
import type { Model } from '../model/model.ts';
import type { OffReason } from '../model/notice.ts';
import { front, frontNamed, screenNamed, visitsElsewhere } from '../model/navigation.ts';
import { choicesFor } from '../view/choices.ts';
import { instanceRows } from '../view/instance-rows.ts';
import { leftOffWith } from '../view/left-off.ts';
import { serviceRows } from '../view/service-rows.ts';
import { calledTarget, crowdedTarget, drainingTarget, gateAt, stuckTarget } from './meant-target.ts';
import { logPath } from './log-path.ts';
import { isSwitching } from './of-machine.ts';
import { type Off, first, graceMs, unless } from './off.ts';

export function useProfile(model: Model): Off {
  const cursor = screenNamed(model, 'profiles')?.cursor ?? 0;
  return unless(model.profiles.value?.[cursor] !== undefined, 'nothing-here');
}

export function reachAgain(model: Model): Off {
  return unless(screenNamed(model, 'connecting')?.problem !== undefined, 'being-reached');
}

export function chooseService(model: Model): Off {
  return unless(serviceRows(model).length > 0, 'nothing-here');
}

export function goBackWhereOneWas(model: Model): Off {
  return unless(visitsElsewhere(model).length > 0, 'nowhere-before');
}

export function releaseMarked(model: Model): Off {
  return unless(model.marks.length > 0, 'nothing-chosen');
}

export function markInstance(model: Model): Off {
  return unless(instanceRows(model).length > 0, 'nothing-here');
}

export function moveInstance(model: Model): Off {
  const row = instanceRows(model)[screenNamed(model, 'instances')?.cursor ?? 0];
  return unless(row?.place !== undefined, 'nothing-chosen');
}

export function haveChosen(model: Model): Off {
  return unless((model.draft?.order.length ?? 0) > 0, 'nothing-chosen');
}

export function dropCompanions(model: Model): Off {
  const row = instanceRows(model)[screenNamed(model, 'instances')?.cursor ?? 0];
  const companions = row === undefined ? [] : (model.draft?.companions[serviceKey(row.instance)] ?? []);
  return unless(companions.length > 0, 'nothing-here');
}

/** Puts on what a rollout left off; while its runner lives it keeps it off. */
export function switchOn(model: Model): Off {
  const row = instanceRows(model)[screenNamed(model, 'instances')?.cursor ?? 0];
  const found = row && leftOffWith(model, row.instance);
  if (found === undefined) return 'not-off-by-us';
  return first(
    unless(model.connection?.spec.isReadOnly !== true, 'read-only'),
    unless(!found.open.isRunning, 'held-by-runner'),
    unless(!isSwitching(model), 'being-mended'),
  );
}

export function rehearse(model: Model): Off {
  const review = model.reviewed?.review;
  if (review === undefined) return 'review-running';
  return unless(!isRefused(reviewForRehearsal(review)), 'review-refused');
}

export function start(model: Model): Off {
  const review = model.reviewed?.review;
  return first(
    unless(model.connection?.spec.isReadOnly !== true, 'read-only'),
    rehearse(model),
    unless(review === undefined || !isRefused(review), 'review-refused'),
  );
}

/** The services whose minimum, last instance or protect threshold speaks against the plan. */
export function overridable(model: Model): readonly string[] {
  const found = (model.reviewed?.review?.findings ?? []).flatMap(overridableService);
  return [...new Set(found)];
}

function overridableService(finding: Finding): readonly string[] {
  if (finding.kind === 'minimum-impossible') return [finding.service];
  if (finding.level !== 'refused' || finding.kind !== 'guard') return [];
  return 'instance' in finding.refusal ? [] : [finding.refusal.service];
}

export function override(model: Model): Off {
  return unless(overridable(model).length > 0, 'nothing-to-override');
}

function onRollout(model: Model): Off {
  const { following } = model;
  if (following?.rollout === undefined) return 'nothing-here';
  return first(
    unless(!following.isClosed || !hasEnded(model), 'rollout-over'),
    unless(isLive(following), hasEnded(model) ? 'rollout-over' : 'runner-gone'),
    unless(following.mayDecide, 'only-watching'),
  );
}

function hasEnded(model: Model): boolean {
  const rollout = model.following?.rollout;
  return rollout !== undefined && isOver(rollout);
}

/** Why a decision is open for some failures only. */
const impossible: Partial<Readonly<Record<Decision, OffReason>>> = {
  'take-as-done': 'deploy-known',
  'roll-back': 'no-rollback',
  'take-new': 'no-newcomer',
};

function decide(decision: Decision): (model: Model) => Off {
  return (model) => {
    const stuck = stuckTarget(model);
    if (stuck === undefined) return first(onRollout(model), 'not-stuck');
    const sinceMs = model.following?.stuckSinceMs[stuck.name] ?? 0;
    return first(
      onRollout(model),
      unless(
        choicesFor(stuck, model.following?.rollout).includes(decision),
        impossible[decision] ?? 'not-possible-here',
      ),
      unless(model.now.monotonicMs - sinceMs >= graceMs, 'just-appeared'),
    );
  };
}

const retryTargetStep = decide('retry');
/** A step of a target, or the gate at which it stands. */
export function retry(model: Model): Off {
  const isAtGate = stuckTarget(model) === undefined && gateAt(model)?.phase === 'stuck';
  return isAtGate ? first(onRollout(model), atNewGate(model)) : retryTargetStep(model);
}

function atNewGate({ following, now }: Model): Off {
  return unless(now.monotonicMs - (following?.gateSince?.ms ?? 0) >= graceMs, 'just-appeared');
}

/** Nothing goes on beyond a command that runs. */
export function passGate(model: Model): Off {
  const gate = gateAt(model);
  if (gate === undefined) return 'not-at-gate';
  const off = unless(mayBePassed(gate), 'not-possible-here');
  return mayResume(model) ? off : first(onRollout(model), off, atNewGate(model));
}

export const retryTarget = decide('retry-target');
export const leaveOff = decide('leave-off');
export const putOn = decide('put-on');
export const takeAsDone = decide('take-as-done');
export const rollBack = decide('roll-back');
export const takeNew = decide('take-new');

export function pause(model: Model): Off {
  const { rollout, firstOrder } = model.following ?? {};
  const mayHold = rollout === undefined || mayPause(rollout) || firstOrder === 'continue';
  return first(onRollout(model), unless(mayHold, 'already-paused'));
}

/** Its runner is gone and it has not ended: another one may take it up. */
export function mayResume({ following }: Model): boolean {
  const rollout = following?.rollout;
  if (following === undefined || rollout === undefined) return false;
  const { mayDecide, isClosed } = following;
  return mayDecide && isClosed && rollout.ended === undefined && rollout.planned.world === 'real';
}

export function continueRollout(model: Model): Off {
  if (mayResume(model)) return undefined;
  const rollout = model.following?.rollout;
  const isHeld = rollout?.paused !== undefined || rollout?.isPastDeadline === true;
  return first(onRollout(model), unless(isHeld, 'not-paused'));
}

export function onDrain(model: Model): Off {
  return first(onRollout(model), unless(drainingTarget(model) !== undefined, 'not-draining'));
}

export function seeCallers(model: Model): Off {
  return unless(calledTarget(model) !== undefined, 'no-evidence');
}

export function seeRegistrations(model: Model): Off {
  return unless(crowdedTarget(model) !== undefined, 'nothing-folded');
}

export function seeOutput(model: Model): Off {
  return unless(logPath(model) !== undefined, 'no-output');
}

export function abort(model: Model): Off {
  if (mayResume(model)) return undefined;
  return first(onRollout(model), unless(model.following?.rollout?.abort === undefined, 'not-possible-here'));
}

export function detach(model: Model): Off {
  const { following } = model;
  return unless(following !== undefined && isLive(following), 'rollout-over');
}

/** A rollout that this console answers for is left by detaching, never by a key that also means back. */
export function leaveRollout(model: Model): Off {
  const { following } = model;
  return unless(following === undefined || !isLive(following) || !following.mayDecide, 'rollout-runs');
}

/** Another Nacos than that of the rollout knows nothing of its consumers. */
export function askNacos(model: Model): Off {
  const { connection, following } = model;
  const rolled = following?.rollout?.planned.reached;
  const isHere = connection !== undefined && (rolled === undefined || isSameNacos(connection.spec, rolled));
  return unless(isHere, 'not-connected');
}

/** Only names of companions are completed. */
export function complete(model: Model): Off {
  return unless(frontNamed(model, 'prompt')?.purpose.kind === 'companion', 'not-possible-here');
}

/** Something was looked for in what is read. */
export function searchOn(model: Model): Off {
  const place = front(model);
  return unless('search' in place && place.search !== undefined, 'nothing-sought');
}
