import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { newDirectory } from './new-directory.ts';

/** The path of a pipe that nobody writes into yet. */
export function namedPipe(): string {
  const path = join(newDirectory('pipe'), 'pipe');
  execFileSync('mkfifo', [path]);
  return path;
}
