import { program } from '../../core/text/program.ts';
import { enableCommand } from '../../core/registry/enable-command.ts';
import { connectionWords } from '../../core/registry/connection-words.ts';
import { registrationsOff } from '../../core/report/left-off.ts';
import type { Rollout } from '../../core/rollout/rollout.ts';
import { shellWord } from '../../core/text/shell-word.ts';

/** The command lines that put on what a rollout left off, to be pasted; companions first, as they come back. */
export function enableCommands(rollout: Rollout): readonly string[] {
  const { reached } = rollout.planned;
  const off = registrationsOff(rollout).toReversed();
  return off.map((one) => enableCommand(one, connectionWords(reached)));
}

/** What tells a rollout from beginning to end, in a shell. That of a sandbox lies with the sandbox, and goes with it. */
export function reportCommand(
  { id, directory }: { readonly id: string; readonly directory: string },
  isSandbox: boolean,
): string {
  const home = directory.replace(/\/nacos-rollout\/rollouts\/[^/]+\/?$/, '');
  return `${isSandbox ? `XDG_STATE_HOME=${shellWord(home)} ` : ''}${program} report ${id}`;
}
