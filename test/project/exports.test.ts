import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const files = ['src', 'test', 'build'].flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${room}/${name}`),
);

/** In how many files each word stands. */
const filesWith = new Map<string, number>();
const exported: { readonly file: string; readonly name: string }[] = [];
for (const file of files) {
  const text = readFileSync(join(root, file), 'utf8');
  for (const word of new Set(text.match(/\w+/g) ?? [])) filesWith.set(word, (filesWith.get(word) ?? 0) + 1);
  for (const [, name = ''] of text.matchAll(/^export (?:async )?(?:function\*?|const|let|class) (\w+)/gm))
    exported.push({ file, name });
}

// By the name alone, which is enough to find what lost its last caller. Types may say what a function takes and gives.
test('what a file exports is named in another one', () => {
  expect(exported.length).toBeGreaterThan(500);
  expect(exported.filter(({ name }) => filesWith.get(name) === 1)).toEqual([]);
});
