import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openProgress } from './progress.ts';
import type { Slice } from './tally.ts';

const quiet = { deploys: 0, called: 0, allowed: 0 };
const sliceFrom = (seed: number): Slice => ({
  seed,
  seconds: 1,
  tally: { runs: 2000, events: 9, lives: 3, exits: { '0': 2000 }, quiet, failures: [] },
});

test('a count that was killed goes on where it was, whatever it was writing', () => {
  const directory = mkdtempSync(join(tmpdir(), 'progress-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'count.jsonl');
  expect(openProgress(file).slices).toEqual([]);
  openProgress(file).keep(sliceFrom(1));
  appendFileSync(file, '{"seed":2001,"tal');
  const again = openProgress(file);
  expect(again.slices).toEqual([sliceFrom(1)]);
  again.keep(sliceFrom(2001));
  expect(openProgress(file).slices).toEqual([sliceFrom(1), sliceFrom(2001)]);
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(4);
});

test('nothing is kept where nobody asks for it', () => {
  const progress = openProgress(undefined);
  progress.keep(sliceFrom(1));
  expect(progress.slices).toEqual([]);
});
