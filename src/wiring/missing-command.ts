import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { Command } from '../core/hooks/command.ts';

/** Words that a shell answers by itself. */
const shellWords = new Set(
  '. : alias break case cd command continue echo eval exec exit export false for if kill printf pwd read return set shift sleep test time times trap true type ulimit umask unset until wait while { ( !'.split(
    ' ',
  ),
);

/**
 * The first word of a command when no program of that name can be found; undefined when it can, or when only a shell
 * could tell. Nothing is run.
 */
export function missingCommand(
  command: Command,
  workingDirectory: string,
  path: string | undefined,
): string | undefined {
  const word = 'run' in command ? command.run.trim().split(/\s+/)[0] : command.argv[0];
  if (word === undefined || word === '') return word;
  if ('run' in command && (!/^[\w./+-]+$/.test(word) || shellWords.has(word))) return undefined;
  if (word.includes('/')) return isProgram(resolve(workingDirectory, word)) ? undefined : word;
  const directories = (path ?? '')
    .split(':')
    .map((one) => (isAbsolute(one) ? one : join(workingDirectory, one)));
  return directories.some((directory) => isProgram(join(directory, word))) ? undefined : word;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
