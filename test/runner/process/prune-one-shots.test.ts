import { cpSync, existsSync, mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pruneOneShots } from '../../../src/runner/process/prune-one-shots.ts';
import { machine } from '../../cli/support/journal-machine.ts';
import { server } from '../../cli/support/stage.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';

const clock = virtualClock();
const ofRollout = join(import.meta.dirname, '../fixtures/journal-v1.jsonl');
const one = ['orders', '--instance', '10.0.0.5:8080', ...server] as const;

/** The journal of a disable, which an enable may have settled. */
async function journalOf(isSettled: boolean): Promise<string> {
  const { stage, root } = machine();
  await stage.run('disable', ...one);
  if (isSettled) await stage.run('enable', ...one);
  const [id = ''] = readdirSync(join(root, 'rollouts'));
  return join(root, 'rollouts', id, 'journal.jsonl');
}

/** A state directory, and what puts a journal of that age into it. */
function journals() {
  const root = newDirectory('prune');
  const directoryOf = (id: number) => join(root, 'rollouts', id.toString(16).padStart(8, '0'));
  return {
    root,
    keep: (id: number, journal: string, days: number) => {
      mkdirSync(directoryOf(id), { recursive: true, mode: 0o700 });
      const path = join(directoryOf(id), 'journal.jsonl');
      cpSync(journal, path);
      const at = new Date(clock.wallClock() - days * 24 * 3_600_000);
      utimesSync(path, at, at);
    },
    has: (id: number) => existsSync(directoryOf(id)),
    prune: () => {
      const userId = process.getuid?.() ?? 0;
      pruneOneShots({ clock, state: { root, temporary: '/tmp', userId } });
      return readdirSync(join(root, 'rollouts')).length;
    },
  };
}

test('of old ones beyond the newest 500 only those go that are of one command, and of which nothing is off', async () => {
  const { keep, has, prune } = journals();
  const settled = await journalOf(true);
  for (let id = 0; id < 500; id++) keep(id, settled, 91);
  keep(1001, settled, 100);
  keep(1002, await journalOf(false), 100);
  keep(1003, ofRollout, 100);
  keep(1004, '/dev/null', 100);
  expect(prune()).toBe(503);
  expect([1001, 1002, 1003, 1004].map(has)).toEqual([false, true, true, true]);
});

test('what is not old stays, however many there are', async () => {
  const { keep, prune } = journals();
  const settled = await journalOf(true);
  for (let id = 0; id < 502; id++) keep(id, settled, 89);
  expect(prune()).toBe(502);
});

test('whoever takes one off removes them', async () => {
  const { root, keep, has } = journals();
  const settled = await journalOf(true);
  for (let id = 0; id < 500; id++) keep(id, settled, 91);
  keep(1001, settled, 100);
  const { stage } = machine(root);
  expect((await stage.run('disable', ...one)).code).toBe(0);
  expect(has(1001)).toBe(false);
  expect((await stage.run('status')).code).toBe(3);
});
