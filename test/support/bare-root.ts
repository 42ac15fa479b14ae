import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { newDirectory } from './new-directory.ts';

/** What a command is run with: `src/world/commands.ts`. */
const tools = ['sh', 'cat', 'mkdir', 'mv'];

const enter = 'mount -t proc proc "$0/proc" && mount --bind /dev/null "$0/dev/null" && exec chroot "$0" "$@"';

export type BareRoot = {
  readonly directory: string;
  /** The words that run a command in it. */
  within(...command: readonly string[]): readonly string[];
};

/**
 * A root of its own with nothing in it but this program, a shell with three tools, and the libraries that these name: no
 * Node, no `/etc`. Undefined, and said, where nobody may make one.
 */
export function bareRoot(program: string, name: string): BareRoot | undefined {
  const directory = newDirectory('root');
  for (const one of ['bin', 'dev', 'proc', 'tmp']) mkdirSync(join(directory, one));
  writeFileSync(join(directory, 'dev', 'null'), '');
  copyFileSync(program, join(directory, name));
  for (const tool of tools) copyFileSync(join('/bin', tool), join(directory, 'bin', tool));
  const files = [program, ...tools.map((tool) => join('/bin', tool))];
  for (const library of new Set(files.flatMap(librariesOf))) {
    mkdirSync(join(directory, dirname(library)), { recursive: true });
    copyFileSync(library, join(directory, library));
  }
  const within: BareRoot['within'] = (...command) => [
    'unshare',
    '-m',
    'sh',
    '-c',
    enter,
    directory,
    ...command,
  ];
  const [unshare = '', ...words] = within('/bin/sh', '-c', ':');
  const { status, stderr } = spawnSync(unshare, words, { encoding: 'utf8' });
  if (status === 0) return { directory, within };
  console.log(`skipped: no other root can be entered here (${stderr?.trim() || 'no unshare'})`);
  return undefined;
}

function librariesOf(file: string): readonly string[] {
  return execFileSync('ldd', [file], { encoding: 'utf8' }).match(/\/\S+/g) ?? [];
}
