import { PassThrough } from 'node:stream';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openTypedLines } from '../../src/keyboard/typed-lines.ts';
import { report } from './reports.ts';

/** The lines of what is typed, as a terminal that edits lines hands them over. */
async function linesOf(...reads: readonly (string | Uint8Array)[]): Promise<readonly string[]> {
  const stdin = new PassThrough();
  const typed = openTypedLines(stdin);
  for (const read of reads) stdin.write(read);
  stdin.end();
  const lines: string[] = [];
  for (let line = await typed.next(); line !== undefined; line = await typed.next()) lines.push(line);
  return lines;
}

test('what the terminal says between the letters is no part of the line', async () => {
  expect(await linesOf('y\x1b[M G(e\x1b[Is\x1b]11;rgb:0/0/0\x07\n')).toEqual(['yes']);
});

test('a line of a report alone is empty, and one that the report goes on in is not an answer', async () => {
  expect(await linesOf('\x1b[My\r\n', 'yes\n')).toEqual(['yes']);
  expect(await linesOf('\x1b[<0;39;\n', 'yes\n')).toEqual(['es']);
  expect(await linesOf('\x1b]0;y\n', 'yes\x1b\\\n')).toEqual(['']);
});

test('a report that never ends swallows one line, and not those after it', async () => {
  expect(await linesOf('\x1bPr\n', 'r\n', 'yes\n')).toEqual(['yes']);
});

test('what was pasted between marks is text that an Enter ends', async () => {
  expect(await linesOf('\x1b[200~orders\n', '\x1b[201~\n', 'next\n')).toEqual(['orders ', 'next']);
});

test('lines that came at once wait for whoever asks next', async () => {
  expect(await linesOf('yes\no', '\nr\n')).toEqual(['yes', 'o', 'r']);
});

test('Esc and Enter is an empty line', async () => {
  expect(await linesOf('\x1b\n', 'yes\n')).toEqual(['', 'yes']);
});

test('no report answers a question, and none changes an answer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(report, { maxLength: 4 }), async (reports) => {
      const noise = Uint8Array.from(reports.flat());
      expect((await linesOf(noise, 'yes\n')).at(-1)).toBe('yes');
      expect((await linesOf(noise, '\n')).filter((line) => line !== '')).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
