import { expect, test } from 'vitest';
import { parseOptions } from './options.ts';

test('everything is measured seven times where nothing is said', () => {
  expect(parseOptions([])).toEqual({
    only: ['lists', 'idle', 'rollout', 'real'],
    runs: 7,
    idleSeconds: 60,
    targets: 1000,
    of: 1,
    batch: 50,
    minutes: undefined,
  });
  expect(parseOptions(['--only', 'rollout,lists', '--targets', '50', '--minutes', '30'])).toMatchObject({
    only: ['lists', 'rollout'],
    targets: 50,
    minutes: 30,
  });
});

test.each([
  [['--only', 'lists,all'], /'all' is none of lists, idle, rollout, real/],
  [['--runs', '0'], /--runs: '0'/],
  [['--idle', 'x'], /--idle: 'x'/],
  [['--targets', '1.5'], /--targets: '1.5'/],
  [['--batch', '0'], /--batch: '0'/],
  [['--minutes', '-'], /--minutes|ambiguous/],
  [['more'], /more/],
])('%j is refused with a sentence', (words, why) => {
  expect(parseOptions(words)).toMatch(why);
});
