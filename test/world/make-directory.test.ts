import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeDirectory } from '../../src/world/make-directory.ts';
import { newDirectory } from '../support/new-directory.ts';
import { skipSaying } from '../support/skip-saying.ts';

const codeOf = (path: string): string | undefined => {
  try {
    makeDirectory(path);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
};

test('makes what is missing above it too, for its owner only, and tells the first that it made', () => {
  const root = newDirectory('made');
  const path = join(root, 'a', 'b', 'c');
  expect(makeDirectory(path)).toBe(join(root, 'a'));
  expect(makeDirectory(path)).toBeUndefined();
  for (const made of ['a', 'a/b', 'a/b/c']) expect(statSync(join(root, made)).mode & 0o777).toBe(0o700);
});

test('a link to a directory is one, and what is behind it is made', () => {
  const root = newDirectory('linked');
  mkdirSync(join(root, 'real'));
  symlinkSync(join(root, 'real'), join(root, 'link'));
  expect(codeOf(join(root, 'link'))).toBeUndefined();
  makeDirectory(join(root, 'link', 'a'));
  expect(statSync(join(root, 'real', 'a')).isDirectory()).toBe(true);
});

test('a link to nowhere and a file say so', () => {
  const root = newDirectory('barred');
  symlinkSync(join(root, 'nowhere', 'at', 'all'), join(root, 'link'));
  writeFileSync(join(root, 'file'), '');
  expect(codeOf(join(root, 'link', 'a'))).toBe('ENOENT');
  expect(codeOf(join(root, 'link'))).toBe('ENOENT');
  expect(codeOf(join(root, 'file'))).toBe('EEXIST');
  expect(codeOf(join(root, 'file', 'a', 'b'))).toBe('ENOTDIR');
  expect(codeOf('/dev/null/a')).toBe('ENOTDIR');
});

const why = process.platform === 'linux' ? undefined : 'only Linux has /proc';

// Node's own way tries this for ever: the directory above is there, and takes none.
test.skipIf(skipSaying(why))('a disk that takes no directories says so', () => {
  expect(codeOf('/proc/nacos-rollout')).toBe('ENOENT');
  expect(codeOf('/proc/self/nacos-rollout/rollouts')).toBe('ENOENT');
});
