import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { goneHere } from '../../../src/runner/process/claim.ts';
import { journalPath } from '../../../src/runner/store/journal.ts';
import { rolloutDirectory } from '../../../src/runner/store/state-directory.ts';
import { markOf } from '../../../src/world/process-mark.ts';
import { newDirectory } from '../../support/new-directory.ts';

const fixture = readFileSync(join(import.meta.dirname, '../fixtures/journal-v1.jsonl'), 'utf8');
const lines = fixture.trimEnd().split('\n');
const host = 'bastion';
/** No process has a number as high as that. */
const dead = 2 ** 30;

/** Whether the rollout of this journal counts as gone at `bastion`, to a runner of another rollout. */
function isGone(journal: readonly string[], runner: object, own = '0000000a'): boolean {
  const state = { root: newDirectory('gone'), temporary: '', userId: 0 };
  const directory = rolloutDirectory(state, '0000000b');
  mkdirSync(directory, { recursive: true });
  const told = journal.map((line) =>
    line.includes('"runner-started"') ? JSON.stringify({ ...(JSON.parse(line) as object), ...runner }) : line,
  );
  writeFileSync(journalPath(directory), `${told.join('\n')}\n`);
  return goneHere(state, own, host)('0000000b');
}

test('a rollout that has ended here with its runner dead is gone', () => {
  expect(isGone(lines, { host, pid: dead })).toBe(true);
});

test.each([
  ['its runner lives', lines, { host, ...markOf(process.pid) }],
  ['its runner was on another machine', lines, { host: 'elsewhere', pid: dead }],
  ['it stands still', lines.slice(0, -1), { host, pid: dead }],
])('it is not where %s', (_, journal, runner) => {
  expect(isGone(journal, runner)).toBe(false);
});

test('a rollout that this machine does not know, and the own one, are not gone', () => {
  const state = { root: newDirectory('none'), temporary: '', userId: 0 };
  expect(goneHere(state, '0000000a', host)('0000000b')).toBe(false);
  expect(isGone(lines, { host, pid: dead }, '0000000b')).toBe(false);
});
