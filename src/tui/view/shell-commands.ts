import { program } from '../../core/text/program.ts';
import { enableCommands } from '../../core/registry/enable-command.ts';
import { registrationsOff } from '../../core/report/left-off.ts';
import { shellWord } from '../../core/text/shell-word.ts';
import type { Following } from '../model/following.ts';

/** The command lines that put on what a rollout left off, to be pasted. */
export function putOnCommands({ rollout, connection }: Following): readonly string[] {
  const off = rollout === undefined ? [] : registrationsOff(rollout);
  return enableCommands(off, connection).map(({ command }) => command);
}

/** What tells a rollout from beginning to end, in a shell. That of a sandbox lies with the sandbox, and goes with it. */
export function reportCommand(
  { id, directory }: { readonly id: string; readonly directory: string },
  isSandbox: boolean,
): string {
  const home = directory.replace(/\/nacos-rollout\/rollouts\/[^/]+\/?$/, '');
  return `${isSandbox ? `XDG_STATE_HOME=${shellWord(home)} ` : ''}${program} report ${id}`;
}
