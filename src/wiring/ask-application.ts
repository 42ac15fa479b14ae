import { join } from 'node:path';
import { commandEnvironment } from '../core/command/command-environment.ts';
import type { ConnectionSpec } from '../core/registry/connection-spec.ts';
import { realCaller } from '../probes/call.ts';
import type { AskApplication } from '../runner/once/ask-once.ts';
import { newRolloutId } from '../runner/store/state-directory.ts';
import { realCommands } from '../world/commands.ts';
import { environmentForCommands } from './environment.ts';
import type { ProcessEnvironment } from './open-face-ports.ts';

/** Asks by HTTP, or by a command whose output is kept in the state directory. */
export function askerFor(
  { clock, env, state, workingDirectory }: ProcessEnvironment,
  spec: ConnectionSpec,
  signal: AbortSignal,
): AskApplication {
  const caller = realCaller(clock, realCommands(clock, environmentForCommands(env, spec)));
  return (call, target, purpose) => {
    const id = newRolloutId();
    const { profile } = spec;
    const place = { rollout: id, profile, targets: [target], target, step: purpose, attempt: 1 };
    return caller(
      {
        purpose,
        call,
        registrations: target.registrations,
        place: {
          directory: join(state.root, 'asked', id),
          workingDirectory,
          environment: commandEnvironment(place),
        },
      },
      signal,
    );
  };
}
