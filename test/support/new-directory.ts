import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];

function removeAll(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
}

// Vitest ends its processes without an exit; the large counts run without Vitest.
if (process.env['VITEST'] === undefined) process.once('exit', removeAll);
else afterAll(removeAll);

/** An empty directory that is gone when the tests of the file, or else the program, are over. */
export function newDirectory(name: string): string {
  const directory = mkdtempSync(join(tmpdir(), `nacos-rollout-${name}-`));
  made.push(directory);
  return directory;
}
