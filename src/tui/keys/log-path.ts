import { isHookStep } from '../../core/hooks/hook-step.ts';
import type { TargetState } from '../../core/rollout/target-state.ts';
import { currentTarget } from '../model/following.ts';
import { pointedTarget } from './meant-target.ts';
import type { Model } from '../model/model.ts';
import { screenNamed } from '../model/navigation.ts';
import { focusedPane } from '../panes/layouts.ts';

/** Where the output of the pointed target's last command lies, once it began. */
export function logPath(model: Model): string | undefined {
  return pathOf(model, pointedTarget(model));
}

/** The output that is to be read now: the one that is being looked at, or that of the command that runs or failed; in a pane of its own also the pointed target's last. */
export function livePath(model: Model): string | undefined {
  const looked = model.places.find((place) => place.name === 'log');
  if (looked?.name === 'log') return looked.path;
  const rollout = model.following?.rollout;
  const screen = screenNamed(model, 'rollout');
  if (screen === undefined || rollout === undefined) return undefined;
  const shown = [pointedTarget(model), currentTarget(rollout)].find(isTelling);
  if (shown !== undefined) return pathOf(model, shown);
  return focusedPane(model, screen) === undefined ? undefined : logPath(model);
}

function isTelling(target: TargetState | undefined): boolean {
  if (target === undefined) return false;
  const { phase, step } = target;
  return phase === 'stuck' || (phase === 'running' && (step === 'deploy' || isHookStep(step)));
}

function pathOf({ following }: Model, target: TargetState | undefined): string | undefined {
  const directory = target?.output;
  return following === undefined || directory === undefined
    ? undefined
    : `${following.directory}/${directory}/output.log`;
}
