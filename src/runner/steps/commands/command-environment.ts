import { type CommandStep, commandEnvironment } from '../../../core/command/command-environment.ts';
import { planOf } from '../../../core/rollout/rollout.ts';
import type { CommandOrder } from '../../../world/world.ts';
import type { Context } from '../../context/context.ts';

/** What a command of this rollout is told about its target, as it is now. */
export function environmentOf(
  context: Context,
  name: string,
  step: CommandStep,
  attempt: number,
): CommandOrder['environment'] {
  const rollout = context.rollout();
  return commandEnvironment({
    rollout: rollout.id,
    profile: rollout.planned.reached.profile,
    targets: planOf(rollout).targets,
    target: context.target(name),
    step,
    attempt,
  });
}
