import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];
// For every test file that imports this, whatever becomes of its tests.
afterAll(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** An empty directory that is gone when the tests of the file are over. */
export function newDirectory(name: string): string {
  const directory = mkdtempSync(join(tmpdir(), `nacos-rollout-${name}-`));
  made.push(directory);
  return directory;
}
