/** Which target of the rollout a key means: the pointed one, or the one that fits. */
import { type TargetState, isOffByUs } from '../../core/rollout/target-state.ts';
import { type GateState, reachedGate } from '../../core/rollout/gate-state.ts';
import { companionsMax } from '../../core/planning/companion-notes.ts';
import { currentTarget } from '../model/following.ts';
import type { Model } from '../model/model.ts';
import { screenNamed } from '../model/navigation.ts';
import { callsOfTarget } from '../view/drain-calls.ts';

/** The target that the cursor is on, or the one that matters. */
export function pointedTarget(model: Model): TargetState | undefined {
  const rollout = model.following?.rollout;
  const screen = screenNamed(model, 'rollout');
  if (rollout === undefined) return undefined;
  if (screen !== undefined && !screen.isFollowing) return rollout.targets[screen.cursor];
  return currentTarget(rollout) ?? rollout.targets.find(isOffByUs) ?? rollout.targets.at(-1);
}

/** The pointed target where it drains, or else the first that does. */
export function drainingTarget(model: Model): TargetState | undefined {
  const isDraining = (target: TargetState | undefined): boolean =>
    target?.phase === 'running' && target.step === 'drain';
  const pointed = pointedTarget(model);
  return isDraining(pointed) ? pointed : model.following?.rollout?.targets.find(isDraining);
}

/** The pointed target where it is stuck, or else the first that is. */
export function stuckTarget(model: Model): TargetState | undefined {
  const pointed = pointedTarget(model);
  if (pointed?.phase === 'stuck') return pointed;
  return model.following?.rollout?.targets.find((target) => target.phase === 'stuck');
}

/** The target that drains, or the pointed one, where its callers are known. */
export function calledTarget(model: Model): string | undefined {
  const { following } = model;
  return [drainingTarget(model), pointedTarget(model)].find(
    (target) => target !== undefined && following && callsOfTarget(following, target.name) !== undefined,
  )?.name;
}

/** The pointed target, where so many go with it that they stand in one line. */
export function crowdedTarget(model: Model): TargetState | undefined {
  const pointed = pointedTarget(model);
  return pointed !== undefined && pointed.registrations.length > companionsMax + 1 ? pointed : undefined;
}

/** The gate at which the rollout stands. */
export function gateAt({ following }: Pick<Model, 'following'>): GateState | undefined {
  return following?.rollout && reachedGate(following.rollout);
}
