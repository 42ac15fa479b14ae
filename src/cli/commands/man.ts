import type { Command } from 'commander';
import { exitCodes } from '../../core/rollout/outcome.ts';
import type { Cli } from '../io/command-ports.ts';
import { manPage } from '../manual/man-page.ts';

export function man(cli: Cli, root: Command): number {
  cli.output.data(...manPage(root, cli.words.help, cli.input.version));
  return exitCodes.done;
}
