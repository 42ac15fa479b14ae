import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { ownCache } from '../../src/wiring/keep-compiled.ts';
import { newDirectory } from '../support/new-directory.ts';

// Node runs what it finds there: what somebody else could put there must not be run.
const us = process.getuid?.() ?? 0;
const cacheIn = (base: string, userId = us): string | undefined => ownCache({ XDG_CACHE_HOME: base }, userId);

test('it is made, with what is missing above it, for its owner only, and found again', () => {
  const base = join(newDirectory('cache'), 'not', 'there');
  const made = cacheIn(base);
  expect(made).toBe(join(base, 'nacos-rollout'));
  expect(lstatSync(made ?? '').mode & 0o777).toBe(0o700);
  expect(cacheIn(base)).toBe(made);
});

test('one that others may read or write is not used', () => {
  const base = newDirectory('cache');
  mkdirSync(join(base, 'nacos-rollout'));
  for (const mode of [0o755, 0o770, 0o702]) {
    chmodSync(join(base, 'nacos-rollout'), mode);
    expect(cacheIn(base)).toBeUndefined();
  }
});

test('nor one below a directory that others may write to, who could exchange it', () => {
  const above = newDirectory('cache');
  const base = join(above, 'base');
  expect(cacheIn(base)).toBeDefined();
  for (const mode of [0o777, 0o770]) {
    chmodSync(above, mode);
    expect(cacheIn(base)).toBeUndefined();
  }
});

test('a link is followed, and what it leads to is looked at', () => {
  const base = newDirectory('cache');
  const open = join(newDirectory('cache'), 'open');
  mkdirSync(open);
  chmodSync(open, 0o777);
  symlinkSync(open, join(base, 'nacos-rollout'));
  expect(cacheIn(base)).toBeUndefined();
  chmodSync(open, 0o700);
  expect(cacheIn(base)).toBe(open);
});

test('in the home of somebody else nothing is made', () => {
  const base = newDirectory('cache');
  // Only root can give something away; anybody else asks as somebody else.
  if (us === 0) chownSync(base, 12_345, 12_345);
  expect(cacheIn(base, us === 0 ? us : us + 1)).toBeUndefined();
  expect(existsSync(join(base, 'nacos-rollout'))).toBe(false);
});

test('without a place for it there is none, and nothing is thrown', () => {
  const file = join(newDirectory('cache'), 'file');
  writeFileSync(file, '');
  for (const base of [file, join(file, 'below'), '/dev/null/x', '/proc/x'])
    expect(cacheIn(base)).toBeUndefined();
});

test('a relative path counts for nothing, as XDG has it', () => {
  const home = newDirectory('home');
  vi.stubEnv('HOME', home);
  expect(ownCache({ XDG_CACHE_HOME: 'relative' }, us)).toBe(join(home, '.cache', 'nacos-rollout'));
});
