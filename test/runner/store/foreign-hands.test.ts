import { chmodSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { openRollout } from '../../../src/runner/process/open-rollout.ts';
import { createLauncher } from '../../../src/runner/process/launch.ts';
import { journalPath } from '../../../src/runner/store/journal.ts';
import {
  type StateDirectory,
  foreignHands,
  rolloutDirectory,
} from '../../../src/runner/store/state-directory.ts';
import { makeDirectory } from '../../../src/world/make-directory.ts';
import { realClock } from '../../../src/world/clock.ts';
import { plainScenario } from '../../simulation/run-plain.ts';
import { plannedLine } from '../../simulation/world/simulated-world.ts';
import { newDirectory } from '../../support/new-directory.ts';

const id = '0123abcd';
const us = process.getuid?.() ?? 0;

/** A rollout that nobody carries on, in a directory of its own. */
function journaled(userId = us) {
  const root = newDirectory('hands');
  const state: StateDirectory = { root, temporary: root, userId };
  const directory = rolloutDirectory(state, id);
  makeDirectory(directory);
  const { plan, nodes } = plainScenario(1);
  writeFileSync(journalPath(directory), plannedLine(plan, nodes, true), { mode: 0o600 });
  return { state, directory };
}

function house(state: StateDirectory) {
  const spawned: unknown[] = [];
  const launcher = createLauncher({
    clock: realClock,
    state,
    who: 'ann',
    host: 'bastion',
    workingDirectory: '/',
    pid: process.pid,
    spawnRunner: async (handOver) => {
      spawned.push(handOver);
      return { ok: false, problem: { kind: 'runner-failed', detail: 'none here' } };
    },
  });
  return { launcher, spawned };
}

/** What face and runner say to carrying it on, and to giving it up. */
async function answers(state: StateDirectory) {
  const { launcher, spawned } = house(state);
  const resumed = await launcher.resume(id, { typedPassword: undefined, isAttended: false });
  const handOver = {
    kind: 'resume',
    id,
    by: 'ann',
    host: 'bastion',
    isAttended: false,
    isPuttingBack: false,
  } as const;
  const opened = openRollout(handOver, { clock: realClock, state, pid: process.pid });
  if (!('problem' in opened)) opened.release();
  return {
    face: resumed.ok ? undefined : resumed.problem.kind,
    runner: 'problem' in opened ? opened.problem.kind : undefined,
    spawned: spawned.length,
    abandoned: (await launcher.abandon(id))?.kind,
  };
}

const refused = { face: 'not-ours', runner: 'not-ours', spawned: 0, abandoned: 'not-ours' };

test('a journal of our own is carried on', async () => {
  const { state, directory } = journaled();
  expect(foreignHands(state, directory)).toBeUndefined();
  expect(await answers(state)).toEqual({
    face: 'runner-failed',
    runner: undefined,
    spawned: 1,
    abandoned: undefined,
  });
});

test('a journal that belongs to somebody else is read, and never carried on', async () => {
  const { state, directory } = journaled(us + 1);
  expect(foreignHands(state, directory)).toEqual({
    kind: 'not-ours',
    path: dirname(directory),
    detail: `uid ${us}`,
  });
  expect((await house(state).launcher.read(id)).ok).toBe(true);
  expect(await answers(state)).toEqual(refused);
});

test.each(['the journal', 'its directory', 'the directory of all'])(
  'nor one where %s can be written by everybody',
  async (what) => {
    const { state, directory } = journaled();
    const places = { 'the journal': journalPath(directory), 'its directory': directory };
    const path = places[what as keyof typeof places] ?? dirname(directory);
    chmodSync(path, 0o707);
    expect(foreignHands(state, directory)).toEqual({ kind: 'not-ours', path, detail: 'mode 0707' });
    expect(await answers(state)).toEqual(refused);
  },
);
