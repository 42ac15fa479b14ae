import { expect, test } from 'vitest';
import { misfits, mutants } from './mutants.ts';

test('every mutant stands exactly once in its file', () => {
  expect(misfits(mutants)).toEqual([]);
});

test('tells a mutant that stands nowhere or twice, that changes nothing, or whose file is gone', () => {
  const file = 'package.json';
  const changed = { file, why: '', to: 'something else' };
  expect(
    misfits([
      { ...changed, from: '"type": "module"' },
      { ...changed, from: 'no such text' },
      { ...changed, from: '"' },
      { ...changed, from: '"type"', to: '"type"' },
      { ...changed, file: 'gone.ts', from: 'x' },
    ]).map((line) => line.replace(/\d+/, 'n')),
  ).toEqual([
    'package.json contains n times, not once: no such text',
    'package.json contains n times, not once: "',
    'package.json is left as it is by: "type"',
    'there is no gone.ts',
  ]);
});
