import { shellWord } from './shell-word.ts';

/** A command as it is typed: a line for a shell as it is, words quoted where a shell would take them apart. */
export function commandText(command: { run: string } | { argv: readonly string[] }): string {
  return 'run' in command ? command.run : command.argv.map(shellWord).join(' ');
}
