import { gateNamed } from '../../core/rollout/gate-state.ts';
import type { Rollout } from '../../core/rollout/rollout.ts';
import type { Event } from '../../core/event/event.ts';
import type { Cli, CommandPorts } from '../io/command-ports.ts';

const linesMax = 5;
const tailBytes = 4096;

/** Where the output of the last command of a target lies; undefined where none began. */
export function outputPath(rollout: Rollout, target: string, directory: string): string | undefined {
  const own = rollout.targets.find(({ name }) => name === target)?.output;
  return own === undefined ? undefined : `${directory}/${own}/output.log`;
}

/** Of the command that this says did not end well. */
function pathOf(event: Event, rollout: Rollout, directory: string): string | undefined {
  if (event.type === 'gate-failed') return gateOutputPath(rollout, event.gate, directory);
  if (event.type !== 'deploy-ended' && event.type !== 'hook-ended') return undefined;
  if (event.result.kind === 'exited' && event.result.code === 0) return undefined;
  return outputPath(rollout, event.target, directory);
}

/** Where the output of the command of a gate lies; undefined where it is of another kind. */
function gateOutputPath(rollout: Rollout, gate: string, directory: string): string | undefined {
  const own = gateNamed(rollout, gate).command?.directory;
  return own === undefined ? undefined : `${directory}/${own}/output.log`;
}

/** The last lines of a command that did not end well, and where all of them are: its exit code says little. */
export async function sayOutput(
  { output, words }: Cli,
  ports: Pick<CommandPorts, 'readTail'>,
  { rollout, event, directory }: { rollout: Rollout; event: Event; directory: string },
): Promise<void> {
  const path = pathOf(event, rollout, directory);
  if (path === undefined) return;
  const text = ((await ports.readTail(path, tailBytes)) ?? '').trimEnd();
  if (text === '') return output.talk(words.cli.outputEmpty(path));
  output.talk(
    words.cli.outputIn(path),
    ...text
      .split(/\r?\n/)
      .slice(-linesMax)
      .map((each) => `  ${each}`),
  );
}
