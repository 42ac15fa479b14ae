import { stateDirectory } from '../../../src/wiring/own-place.ts';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readJournal } from '../../../src/runner/store/journal.ts';
import { stateObstacle } from '../../../src/runner/store/state-directory.ts';
import { newDirectory } from '../../support/new-directory.ts';

const obstacleAt = (root: string) => stateObstacle({ root, temporary: '/tmp', userId: 0 });

test('where nothing was kept yet, nothing is in the way', () => {
  const home = newDirectory('state');
  expect(obstacleAt(join(home, 'none', 'nacos-rollout'))).toBeUndefined();
  mkdirSync(join(home, 'nacos-rollout', 'rollouts'), { recursive: true });
  expect(obstacleAt(join(home, 'nacos-rollout'))).toBeUndefined();
});

test('what lies below no directory cannot be known', () => {
  const home = newDirectory('state');
  const root = join(home, 'file', 'nacos-rollout');
  writeFileSync(join(home, 'file'), '');
  const unread = { kind: 'unreadable-state', path: join(root, 'rollouts') };
  expect(obstacleAt(root)).toEqual({ ...unread, detail: 'ENOTDIR' });
  const journal = { kind: 'unreadable-state', path: join(root, 'journal.jsonl'), detail: 'ENOTDIR' };
  expect(readJournal(root)).toEqual({ ok: false, problem: journal });
});

test('a link to what is not there now, as a disk that is not mounted, hides what is kept', () => {
  const home = newDirectory('state');
  symlinkSync(join(home, 'unmounted'), join(home, 'link'));
  const root = join(home, 'link', 'nacos-rollout');
  expect(obstacleAt(root)).toEqual({
    kind: 'unreadable-state',
    path: join(root, 'rollouts'),
    detail: 'ENOENT',
  });
});

test('a place for journals that is none is not called a missing home', () => {
  const { root, ...rest } = stateDirectory({ XDG_STATE_HOME: '/dev/null' }, process.getuid?.() ?? 0);
  expect(root).toBe('/dev/null/nacos-rollout');
  expect(stateObstacle({ root, ...rest })).toMatchObject({
    kind: 'unreadable-state',
    path: `${root}/rollouts`,
  });
});
