import { mkdirSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Fact } from '../../../src/core/event/event.ts';
import type { ResumeOptions } from '../../../src/runner/ports/face-ports.ts';
import type { RunnerLine } from '../../../src/runner/ports/protocol.ts';
import { createLauncher } from '../../../src/runner/process/launch.ts';
import { journalPath } from '../../../src/runner/store/journal.ts';
import { rolloutDirectory, socketPath } from '../../../src/runner/store/state-directory.ts';
import { listed, openOf, plannedFact } from '../../cli/support/journaled.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';

const id = '7f3a0001';
const unattended: ResumeOptions = { isAttended: false, typedPassword: undefined };
const started: Fact = { type: 'runner-started', pid: 1, host: 'bastion', isAttended: false, lease: 'held' };
const stopped: readonly Fact[] = [started, { type: 'runner-rested', why: 'interrupted', exitCode: 130 }];
const again: readonly Fact[] = [...stopped, started];
const rested: Fact = { type: 'runner-rested', why: 'at-gate', exitCode: 3 };

type AtSocket = 'nobody listens' | 'it is closed at once';

/** Resumes a rollout; its runner answers, writes these facts into the journal, and is gone before the face is heard. */
async function resumed(facts: readonly Fact[], atSocket: AtSocket) {
  const state = { root: join(newDirectory('gone-at-once'), 'state'), temporary: '/tmp', userId: 0 };
  const directory = rolloutDirectory(state, id);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const write = (told: readonly Fact[]): void => {
    const { events } = openOf(id, '2026-11-21T20:00:00.000Z', [plannedFact(listed), ...told]);
    writeFileSync(journalPath(directory), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  };
  write(stopped);
  const launcher = createLauncher({
    clock: virtualClock(),
    state,
    pid: process.pid,
    who: 'ann@bastion',
    host: 'bastion',
    workingDirectory: '/srv',
    spawnRunner: async () => {
      write(facts);
      if (atSocket === 'it is closed at once') await closing(socketPath(state, directory));
      return { ok: true };
    },
  });
  return launcher.resume(id, unattended);
}

async function closing(path: string): Promise<void> {
  const server: Server = createServer((socket) => socket.destroy());
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => {
    server.listen(path, resolve);
  });
}

test.each(['nobody listens', 'it is closed at once'] as const)(
  'a runner that came to its end before it was heard is told by its journal: %s',
  async (atSocket) => {
    const launched = await resumed([...again, rested], atSocket);
    if (!launched.ok) throw new Error(launched.problem.kind);
    const lines: RunnerLine[] = [];
    launched.link.follow((line) => void lines.push(line));
    await launched.link.closed;
    expect(lines.map((line) => (line.kind === 'event' ? line.event.type : line.kind))).toEqual([
      'rollout-planned',
      'runner-started',
      'runner-rested',
      'runner-started',
      'runner-rested',
      'caught-up',
    ]);
    expect(await launched.link.submit({ type: 'pause' })).toBe('ended');
  },
);

test('one that went without a word is gone', async () => {
  expect(await resumed(again, 'nobody listens')).toEqual({ ok: false, problem: { kind: 'no-runner', id } });
});
