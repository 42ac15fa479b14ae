import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Event } from '../../../src/core/event/event.ts';
import { claimMetadata, leaseInstance, serviceHash } from '../../../src/core/registry/lease.ts';
import type { Connected } from '../../../src/runner/ports/face-ports.ts';
import { openState } from '../../../src/runner/ports/open-state.ts';
import { createLauncher } from '../../../src/runner/process/launch.ts';
import { openRollout } from '../../../src/runner/process/open-rollout.ts';
import { journalPath, readJournal } from '../../../src/runner/store/journal.ts';
import { takeLocks } from '../../../src/runner/store/lock.ts';
import { lockDirectory, rolloutDirectory } from '../../../src/runner/store/state-directory.ts';
import { realDoctor } from '../../../src/wiring/doctor.ts';
import type { Clock } from '../../../src/world/clock.ts';
import { makeDirectory } from '../../../src/world/make-directory.ts';
import { markOf } from '../../../src/world/process-mark.ts';
import { fakeRegistry, instance } from '../../cli/support/fake-registry.ts';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { leftOffEvents } from '../../support/left-off-rollout.ts';
import { whileRunning } from '../../support/processes/while-running.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';

const id = '7f3a0001';
const resumed = { kind: 'resume', id, by: 'bob@bastion', host: 'bastion' } as const;
const handOver = { ...resumed, isAttended: false, isPuttingBack: false } as const;
const held = { kind: 'journal-held', id, by: 'bob@bastion' };

const textOf = (events: readonly Event[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('');

const standing = leftOffEvents(id).slice(0, -1);
const [end] = leftOffEvents(id).slice(-1);

const elsewhere = (events: readonly Event[]): readonly Event[] =>
  events.map((event) => (event.type === 'runner-started' ? { ...event, host: 'bastion-2' } : event));

/** A rollout that nobody runs, and who could write into its journal. */
function machine(events: readonly Event[] = standing, beside: Parameters<typeof fakeRegistry>[0] = []) {
  const root = newDirectory('held');
  const state = { root, temporary: root, userId: process.getuid?.() ?? 0 };
  const directory = rolloutDirectory(state, id);
  makeDirectory(directory);
  const path = journalPath(directory);
  writeFileSync(path, textOf(events), { mode: 0o600 });
  const told: { once: (() => void) | undefined } = { once: undefined };
  const real = virtualClock();
  const clock: Clock = {
    monotonic: () => real.monotonic(),
    sleep: (...given) => real.sleep(...given),
    wallClock: () => {
      const { once } = told;
      told.once = undefined;
      once?.();
      return real.wallClock();
    },
  };
  const own = { clock, state, pid: process.pid, who: 'ann@bastion', host: 'bastion', workingDirectory: '/' };
  const spawnRunner = () => Promise.reject(new Error('nothing is spawned'));
  const launcher = createLauncher({ ...own, spawnRunner });
  const unused = { self: [], env: {}, secretDetail: () => '', terminalSize: () => undefined };
  const doctor = realDoctor({ ...own, ...unused });
  const registry = fakeRegistry([instance('orders', '10.0.0.2', 8080), ...beside]);
  const wish = { isPuttingOn: false, gone: ['10.0.0.1:8080'] };
  return {
    state,
    registry,
    /** Somebody else writes, just before the lock is taken. */
    meanwhile: (event: Event | undefined) => {
      told.once = () => appendFileSync(path, `${JSON.stringify(event)}\n`);
    },
    resume: () => openRollout(handOver, { clock, state, pid: process.pid }),
    abandon: () => launcher.abandon(id),
    states: async () => (await launcher.all()).rollouts.map(openState),
    mend: () =>
      whileRunning(doctor.mend(id, { registry } as unknown as Connected, wish), () => real.advance(1000)),
    text: () => readFileSync(path, 'utf8'),
    read: () => readJournal(directory),
  };
}

function taken(opened: ReturnType<ReturnType<typeof machine>['resume']>) {
  if ('problem' in opened) throw new Error(opened.problem.kind);
  return opened;
}

test('beside a resume that begins, nobody gives the rollout up, mends it or resumes it once more', async () => {
  const { resume, abandon, mend, text, registry } = machine();
  const before = text();
  const { release } = taken(resume());
  expect(await abandon()).toMatchObject(held);
  expect(await mend()).toMatchObject({ ok: false, problem: held });
  expect(resume()).toMatchObject({ problem: held });
  expect({ text: text(), writes: registry.writes }).toEqual({ text: before, writes: [] });
  release();
  expect(await abandon()).toBeUndefined();
});

test('where its runner may live on another machine that shares the directory, nobody here gives it up', async () => {
  const { abandon, states, text } = machine(elsewhere(standing));
  const before = text();
  expect(await abandon()).toEqual({ kind: 'elsewhere', id, host: 'bastion-2' });
  expect(await states()).toEqual(['elsewhere']);
  expect(text()).toBe(before);
});

test('what a runner on another machine holds is mended by nobody here, though both journals are at hand', async () => {
  const rival = 'aaaa1111';
  const claim = { id: rival, by: 'bob@bastion-2', since: '', stage: 'holding' } as const;
  const service = { namespace: 'public', group: 'DEFAULT_GROUP', service: 'orders' };
  const metadata = claimMetadata({ ...claim, services: [serviceHash(service)] });
  const { ip, port, ...where } = leaseInstance('public', rival);
  const { state, mend, registry } = machine(standing, [
    instance(where.service, ip, port, { ...where, enabled: false, metadata }),
  ]);
  const directory = rolloutDirectory(state, rival);
  makeDirectory(directory);
  writeFileSync(journalPath(directory), textOf(elsewhere(leftOffEvents(rival).slice(0, -1))), {
    mode: 0o600,
  });
  expect(await mend()).toMatchObject({ ok: false, problem: { kind: 'locked', id: rival } });
  expect(registry.writes).toEqual([]);
});

test('what another rollout holds by now can be given up all the same', async () => {
  const { state, abandon, read } = machine();
  const { reached, plan } = planned();
  const other = { ...markOf(process.pid), id: 'aaaa1111', by: 'bob@bastion', since: '' };
  expect(takeLocks(lockDirectory(state), reached, plan, other).ok).toBe(true);
  expect(await abandon()).toBeUndefined();
  expect(read()).toMatchObject({ ok: true, rollout: { ended: { outcome: 'abandoned' } } });
});

test('whoever gets the lock reads what was written until then', async () => {
  for (const act of ['abandon', 'resume', 'mend'] as const) {
    const one = machine();
    one.meanwhile(end);
    const answer = await one[act]();
    if (act === 'abandon') expect(answer).toEqual({ kind: 'already-ended', id });
    if (act === 'resume') expect(answer).toEqual({ problem: { kind: 'already-ended', id } });
    expect({ act, read: one.read() }).toMatchObject({ act, read: { ok: true } });
  }
});

test('what is only to be finished holds its journal, and none of its services', async () => {
  const finish = { run: './tell.sh', timeoutMs: 60_000, retries: 1, waitMs: 0 };
  const { run, paper } = plainPlace(plainScenario(1, (plan) => ({ ...plan, on: { finish } })));
  expect(await run().end()).toBe(0);
  const { state, resume } = machine(paper.events());
  const { rollout, release } = taken(resume());
  const { reached, plan } = rollout.planned;
  const other = { ...markOf(process.pid), id: 'aaaa1111', by: 'bob@bastion', since: '' };
  expect(takeLocks(lockDirectory(state), reached, plan, other).ok).toBe(true);
  expect(resume()).toMatchObject({ problem: held });
  release();
  taken(resume()).release();
});

function planned() {
  const [first] = standing;
  if (first?.type !== 'rollout-planned') throw new Error('it begins with its plan');
  return first;
}
