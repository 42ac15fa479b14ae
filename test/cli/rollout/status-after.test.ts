import { expect, test } from 'vitest';
import type { Fact } from '../../../src/core/event/event.ts';
import type { Registration, Target } from '../../../src/core/plan/plan.ts';
import { instance } from '../support/fake-registry.ts';
import { target, writeBegan } from '../support/orders-stage.ts';
import { allOf, listed, openOf, plannedFact } from '../support/journaled.ts';
import { type Stage, setStage } from '../support/stage.ts';

const abandoned: readonly Fact[] = [
  { type: 'runner-started', pid: 1, host: 'bastion', isAttended: false, lease: 'held' },
  { type: 'disable-began', target, attempt: 1 },
  writeBegan,
  { type: 'rollout-ended', outcome: 'abandoned', exitCode: 3 },
];

/** A machine with one rollout that was given up while its first target was off; undefined: which is gone now. */
function stageAfter(isOnNow: boolean | undefined): Stage {
  const first = isOnNow === undefined ? [] : [instance('orders', '10.0.0.1', 8080, { enabled: isOnNow })];
  const stage = setStage([...first, ...listed.slice(1)]);
  const { open, events } = openOf('aaaa', '2026-11-21T20:00:00.000Z', [plannedFact(), ...abandoned]);
  const read = async () => ({ ok: true, open, events }) as const;
  stage.ports = { ...stage.ports, launcher: { ...stage.ports.launcher, all: allOf(open), read } };
  return stage;
}

test('what a rollout that has ended left off is named until Nacos shows it on', async () => {
  const { code, out } = await stageAfter(false).run('status');
  expect(code).toBe(3);
  expect(out).toContain('has ended');
  expect(out).toContain(`  off    ${target}`);
  expect(out).toContain(`nacos-rollout enable DEFAULT_GROUP@@orders --instance ${target}`);
  const after = await stageAfter(true).run('status');
  expect(after).toMatchObject({ code: 0, out: '' });
});

test('what goes off together is put on again by commands in the order that it comes back in', async () => {
  const planned = plannedFact();
  if (planned.type !== 'rollout-planned') throw new Error('it is not planned');
  const [first, ...others] = planned.plan.targets as [Target, ...Target[]];
  const [main] = first.registrations as [Registration];
  const companion = { ...main, group: 'DUBBO_GROUP', service: 'providers:a', port: 20880 };
  const plan = { ...planned.plan, targets: [{ ...first, registrations: [main, companion] }, ...others] };
  const [began, disabling, wrote, ended] = abandoned as [Fact, Fact, Fact, Fact];
  const facts = [{ ...planned, plan }, began, disabling, wrote, { ...wrote, registration: 1 } as Fact, ended];
  const off = { enabled: false };
  const ran = async (given: readonly Fact[], ...argv: string[]): Promise<readonly (string | undefined)[]> => {
    const { open, events } = openOf('aaaa', '2026-11-21T20:00:00.000Z', given);
    const stage = setStage([
      instance('orders', '10.0.0.1', 8080, off),
      instance('providers:a', '10.0.0.1', 20880, { ...off, group: 'DUBBO_GROUP' }),
    ]);
    const read = async () => ({ ok: true, open, events }) as const;
    stage.ports = { ...stage.ports, launcher: { ...stage.ports.launcher, all: allOf(open), read } };
    const { out, err } = await stage.run(...argv);
    return [...`${out}${err}`.matchAll(/ enable (\S+)/g)].map(([, name]) => name);
  };
  const inOrder = ['DUBBO_GROUP@@providers:a', 'DEFAULT_GROUP@@orders'];
  expect(await ran(facts.slice(0, -1), 'resume', 'aaaa', '--abort', 'leave')).toEqual(inOrder);
  expect(await ran(facts, 'status')).toEqual(inOrder);
});

test('by its ID it says that Nacos and the journal differ', async () => {
  const { code, out } = await stageAfter(true).run('status', 'aaaa');
  expect(code).toBe(0);
  expect(out).toContain(`  on     ${target}: off by the journal, but Nacos shows it on`);
});

test('where Nacos cannot be asked the journal is believed, and it says so', async () => {
  const stage = stageAfter(true);
  stage.registry.readError = { kind: 'unreachable', addresses: ['a'], detail: 'refused' };
  const { code, out } = await stage.run('status');
  expect(code).toBe(3);
  expect(out).toContain(`by the journal: Nacos could not be asked about ${target}`);
  const json = JSON.parse((await stage.run('status', '--json')).out);
  expect(json).toMatchObject([{ rollout: 'aaaa', off: [target], offUnasked: [target], onAgain: [] }]);
});

test('what is not there any more is said to be so, with how it is settled', async () => {
  const { code, out } = await stageAfter(undefined).run('status');
  expect(code).toBe(3);
  expect(out).toContain(`  away   ${target}: not there any more`);
  expect(out).toContain(`nacos-rollout doctor --gone ${target}`);
  expect(out).not.toContain('nacos-rollout enable');
  const json = JSON.parse((await stageAfter(undefined).run('status', '--json')).out);
  expect(json).toMatchObject([{ off: [target], offAbsent: [target] }]);
});

test('doctor hands on what a person says is gone, and nothing else', async () => {
  const stage = stageAfter(undefined);
  const wishes: unknown[] = [];
  const { doctor } = stage.ports;
  const mend = async (id: string, _connected: unknown, wish: unknown) => {
    wishes.push({ id, wish });
    return { ok: true, mended: [{ target, kind: 'forgotten' }] } as const;
  };
  stage.ports = { ...stage.ports, doctor: { ...doctor, mend } };
  expect((await stage.run('doctor')).out).toContain(`nacos-rollout doctor --gone ${target}`);
  const other = await stage.run('doctor', '--gone', '10.0.0.9:8080');
  expect(other.code).toBe(2);
  expect(other.err).toContain('10.0.0.9:8080 is not off because of a rollout');
  expect(wishes).toEqual([]);
  const { code, out } = await stage.run('doctor', '--gone', target);
  expect(code).toBe(0);
  expect(out).toContain(`${target} is forgotten`);
  const named = [{ target, index: 0 }];
  expect(wishes).toEqual([{ id: 'aaaa', wish: { isPuttingOn: false, gone: [target], named } }]);
});

const ofFirst = { target, registration: 0 } as const;
const request = { method: 'PATCH', url: 'http://127.0.0.1:8848/x', hasToken: false };
const disabled: readonly Fact[] = [
  { type: 'disable-began', target, attempt: 1 },
  writeBegan,
  { type: 'disabled', target, attempt: 1, ms: 5 },
];
const drained: readonly Fact[] = [
  ...disabled,
  { type: 'drain-began', target, attempt: 1, totalMs: 2000 },
  { type: 'drain-ended', target, attempt: 1, ms: 2000 },
];

/** The lines of `status` for a rollout that got as far as this. */
async function statusLines(isRunning: boolean, ...facts: readonly Fact[]): Promise<readonly string[]> {
  return (await stageOf(isRunning, ...facts).run('status')).out.split('\n');
}

function stageOf(isRunning: boolean, ...facts: readonly Fact[]): Stage {
  const stage = setStage(listed);
  const [started] = abandoned as [Fact];
  const { open, events } = openOf('aaaa', '2026-11-21T20:00:00.000Z', [plannedFact(), started, ...facts]);
  const one = { ...open, isRunning };
  const read = async () => ({ ok: true, open: one, events }) as const;
  stage.ports = { ...stage.ports, launcher: { ...stage.ports.launcher, all: allOf(one), read } };
  return stage;
}

test('a target at which nobody is stands where it stands, and is at nothing now', async () => {
  const rested: Fact = { type: 'runner-rested', why: 'interrupted', exitCode: 3 };
  const afterDrain = await statusLines(false, ...drained, rested);
  expect(afterDrain).toContain(`  stands ${target} (before deploy, which has not begun)`);
  const killed = await statusLines(false, ...drained.slice(0, -1));
  expect(killed).toContain(`  stands ${target} (drain had begun and has no end)`);
  const result = { kind: 'exited', code: 1 } as const;
  const why = { kind: 'command', result } as const;
  const failed: Fact = { type: 'step-failed', target, step: 'deploy', attempt: 1, ms: 5, why };
  for (const isRunning of [true, false])
    expect(await statusLines(isRunning, ...drained, failed)).toContain(`  stands ${target} (deploy failed)`);
  const paused: Fact = { type: 'paused', by: 'ann', why: 'asked' };
  const waits = await statusLines(true, ...drained, paused);
  expect(waits).toContain(`  stands ${target} (before deploy, which has not begun)`);
  expect(await statusLines(true, ...drained.slice(0, -1))).toContain(`  now    ${target} (drain)`);
  for (const lines of [afterDrain, killed, waits]) expect(lines.join()).not.toContain('now ');
});

const commandFailed = { kind: 'command', result: { kind: 'exited', code: 1 } } as const;
/** Its deploy failed, a person put it on as it is, and the other one went through. */
const putOnAfterFailure: readonly Fact[] = [
  ...drained,
  { type: 'step-failed', target, step: 'deploy', attempt: 1, ms: 5, why: commandFailed },
  { type: 'decided', target, decision: 'put-on', by: 'ann' },
  { type: 'enable-began', target, attempt: 1 },
  { type: 'write-began', ...ofFirst, enabled: true, weight: 5, purpose: 'enable', request },
  { type: 'read-back', ...ofFirst, enabled: true, nodes: [] },
  { type: 'enabled', target, attempt: 1, ms: 5 },
];

test('what was put on although its deploy failed is not said to be done', async () => {
  const lines = await statusLines(true, ...putOnAfterFailure);
  expect(lines).toContain(`  on     ${target} (put on as it is; failed: deploy)`);
  expect(lines.join()).not.toContain('done ');
  const stage = stageOf(true, ...putOnAfterFailure);
  expect(JSON.parse((await stage.run('status', '--json')).out)).toMatchObject([
    { targets: [{ target, result: 'put-on', failed: ['deploy'] }, { failed: [] }] },
  ]);
  const ended: Fact = { type: 'rollout-ended', outcome: 'done-with-some-failed', exitCode: 1 };
  const over = stageOf(false, ...putOnAfterFailure, ended);
  const { out } = await over.run('report');
  expect(out).toContain('put on as it is; failed: deploy');
  expect(out).toContain('outcome: through, with some on without a good release');
  expect((await over.run('report', '--html')).out).toContain('put on as it is; failed: deploy');
  expect((await over.run('history')).out).toContain('through, with some on without a good release');
});

test('journals that it could not look at are named in one sentence, beside what it could', async () => {
  const stage = stageAfter(false);
  const { launcher } = stage.ports;
  const { rollouts } = await launcher.all();
  const unreadable = ['bbbb', 'cccc'].map(
    (id) => ({ kind: 'unreadable-state', path: `/s/${id}`, detail: 'EACCES' }) as const,
  );
  stage.ports = { ...stage.ports, launcher: { ...launcher, all: async () => ({ rollouts, unreadable }) } };
  for (const argv of [['status'], ['status', '--json'], ['history']]) {
    const { err, out } = await stage.run(...argv);
    expect(out).toContain('aaaa');
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).toContain('/s/bbbb (EACCES), /s/cccc (EACCES)');
  }
  const all = async () => ({ rollouts: [], unreadable });
  stage.ports = { ...stage.ports, launcher: { ...launcher, all } };
  expect(await stage.run('status')).toMatchObject({ code: 2, out: '' });
});

const leftAtDeploy: readonly Fact[] = [
  ...drained,
  { type: 'deploy-began', target, attempt: 1, command: 'x', directory: 'deploy-1' },
  { type: 'deploy-ended', target, attempt: 1, ms: 5, result: { kind: 'exited', code: 7 } },
  {
    type: 'step-failed',
    target,
    step: 'deploy',
    attempt: 1,
    ms: 5,
    why: { kind: 'command', result: { kind: 'exited', code: 7 } },
  },
];
const abortedThere: Fact = { type: 'rollout-ended', outcome: 'abandoned', exitCode: 3 };

test('nobody is sent to mend what cannot be mended so, nor to carry on what has ended', async () => {
  const off = [instance('orders', '10.0.0.1', 8080, { enabled: false }), ...listed.slice(1)];
  const open = stageOf(false, ...leftAtDeploy);
  open.registry.list = off;
  const { out, err } = await open.run('doctor');
  expect(out).toContain('Its deploy did not end well: look at it, then nacos-rollout resume aaaa --yes, or ');
  expect(err).not.toContain('To mend what is ours');
  expect((await open.run('status')).out).toContain('its output is in /s/aaaa/deploy-1/output.log');
  const over = stageOf(false, ...leftAtDeploy, abortedThere);
  over.registry.list = off;
  const ended = await over.run('doctor');
  expect(ended.out).toContain(
    'Its deploy did not end well: look at it, then: nacos-rollout enable DEFAULT_GROUP@@orders',
  );
  expect(ended.out + ended.err).not.toContain('resume');
});

test.each([
  [false, '  next   nacos-rollout resume aaaa --yes'],
  [true, '  next   nacos-rollout resume aaaa'],
])('status names the command that carries on where its runner is gone', async (isTerminal, line) => {
  const stage = stageOf(false, ...drained);
  stage.isTerminal = isTerminal;
  expect((await stage.run('status')).out.split('\n')).toContain(line);
  expect((await stageOf(true, ...drained).run('status')).out).not.toContain('resume');
  expect((await stageOf(false, ...drained, abortedThere).run('status')).out).not.toContain('resume');
});
