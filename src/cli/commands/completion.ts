import { exitCodes } from '../../core/rollout/outcome.ts';
import { scripts } from '../completion/scripts.ts';
import type { Cli } from '../io/command-ports.ts';
import { refuseUsage } from '../io/exit.ts';

/** The script asks this program at each tab, so it fits whichever version is there then. */
export function completion(cli: Cli, shell: string): number {
  const { usage, right } = cli.words.cli;
  if (!Object.hasOwn(scripts, shell))
    return refuseUsage(cli, usage.badValue('completion', shell, right.setting(Object.keys(scripts))));
  cli.output.data(...scripts[shell as keyof typeof scripts]);
  return exitCodes.done;
}
