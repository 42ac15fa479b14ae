import { execFileSync } from 'node:child_process';
import { array, assert, oneof, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { shellQuoted, shellWord } from '../../../src/core/text/shell-word.ts';

/** What a shell makes of the words of a command line. */
function read(line: string): readonly string[] {
  const out = execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' });
  return out.split('\0').slice(0, -1);
}

const tricky = constantFrom(
  '',
  "'",
  "''\\'",
  '"$HOME"',
  '`id`',
  '$(id)',
  '\\',
  '\n',
  ' \n\n',
  '*',
  '~',
  '#a',
);
const text = oneof(tricky, string({ unit: 'binary' }), string({ unit: 'grapheme-ascii' })).map((each) =>
  each.replaceAll('\0', ''),
);

test.each([shellQuoted, shellWord])('a shell gives back what %o was given', (quote) => {
  assert(
    property(array(text, { minLength: 1, maxLength: 20 }), (words) => {
      expect(read(words.map(quote).join(' '))).toEqual(words);
    }),
  );
});

test.each([
  ['./deploy.sh', './deploy.sh'],
  ['http://{ip}:{port}/health', 'http://{ip}:{port}/health'],
  ['--drain=40s', '--drain=40s'],
  ['', "''"],
  ['{a,b}', "'{a,b}'"],
  ['订单', "'订单'"],
  ["it's", `'it'\\''s'`],
])('%j is the word %s', (given, word) => {
  expect(shellWord(given)).toBe(word);
});
