import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { literalPattern } from '../../src/core/text/literal-pattern.ts';

const root = join(import.meta.dirname, '..', '..');
const promises = readFileSync(join(root, 'SECURITY.md'), 'utf8')
  .split('| we promise | test |\n|---|---|\n')[1]
  ?.split('\n')
  .filter((line) => line.startsWith('|'));

/** The file and the name of the test that a line of the table names. */
function namedIn(line: string): { readonly file: string; readonly name: string } {
  const [, file = '', name = ''] = /^\| .+ \| `(test\/\S+\.test\.ts)`: (.+) \|$/.exec(line) ?? [];
  return { file, name };
}

/** Whether a test is called so: its title is the first thing that a call is given, and something follows it. */
function isTitle(file: string, name: string): boolean {
  if (!existsSync(join(root, file))) return false;
  const text = readFileSync(join(root, file), 'utf8');
  return ["'", '"', '`'].some((quote) =>
    new RegExp(String.raw`\(\s*${literalPattern(quote + name + quote)},`).test(text),
  );
}

test('every promise of SECURITY.md names a test that is there', () => {
  expect(promises?.length).toBeGreaterThan(30);
  const missing = (promises ?? []).filter((line) => {
    const { file, name } = namedIn(line);
    return name === '' || !isTitle(file, name);
  });
  expect(missing).toEqual([]);
});
