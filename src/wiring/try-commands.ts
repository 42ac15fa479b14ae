import { join } from 'node:path';
import type { CommandTrials } from '../runner/review/review-commands.ts';
import { type StateDirectory, rolloutDirectory } from '../runner/store/state-directory.ts';
import { directoryObstacle, fitOrder } from '../world/commands.ts';
import { missingCommand } from './missing-command.ts';

/** Looks whether commands could be started from here as a runner of ours would. */
export function tryCommands(
  state: StateDirectory,
  workingDirectory: string,
  own: Readonly<Record<string, string>>,
): CommandTrials {
  // As long as that of any command.
  const directory = join(rolloutDirectory(state, '00000000'), 'deploy', '0000-000');
  return {
    directory: { path: workingDirectory, obstacle: directoryObstacle(workingDirectory) },
    try: (command, environment) => {
      const fitted = fitOrder({ command, directory, environment }, own);
      return fitted.ok
        ? {
            missing: missingCommand(command, workingDirectory, own['PATH']),
            inFiles: fitted.files.map(({ variable }) => variable),
          }
        : { obstacle: fitted.obstacle, inFiles: [] };
    },
  };
}
