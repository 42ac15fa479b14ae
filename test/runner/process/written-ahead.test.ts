import { utimesSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openRollout } from '../../../src/runner/process/open-rollout.ts';
import { journalPath } from '../../../src/runner/store/journal.ts';
import { type StateDirectory, rolloutDirectory } from '../../../src/runner/store/state-directory.ts';
import { makeDirectory } from '../../../src/world/make-directory.ts';
import { plainScenario } from '../../simulation/run-plain.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { reachedAt } from '../../support/reached.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';

/** The rollouts that the journal of a new one names as written at a time to come, of one written so much before it. */
function namedOf(beforeMs: number): readonly string[] | undefined {
  const root = newDirectory('ahead');
  const state: StateDirectory = { root, temporary: root, userId: process.getuid?.() ?? 0 };
  const clock = virtualClock();
  const path = journalPath(rolloutDirectory(state, '0000000a'));
  makeDirectory(rolloutDirectory(state, '0000000a'));
  writeFileSync(path, '', { mode: 0o600 });
  const at = (clock.wallClock() - beforeMs) / 1000;
  utimesSync(path, at, at);
  const { plan, nodes } = plainScenario(1);
  const opened = openRollout(
    {
      kind: 'start',
      id: '0000000b',
      by: 'ann@bastion',
      host: 'bastion',
      isAttended: false,
      plan,
      reached: reachedAt('http://a:8848'),
      nodes: [...nodes],
      workingDirectory: '/',
      world: 'real',
    },
    { clock, state, pid: process.pid },
  );
  if ('problem' in opened) throw new Error(opened.problem.kind);
  opened.release();
  return opened.rollout.planned.writtenAhead;
}

test('a rollout that begins after the clock was set back names those of a time to come', () => {
  expect(namedOf(-3_600_000)).toEqual(['0000000a']);
});

test('of those before it none is named', () => {
  expect(namedOf(1)).toBeUndefined();
});
