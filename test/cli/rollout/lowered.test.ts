import { expect, test } from 'vitest';
import type { Fact } from '../../../src/core/event/event.ts';
import { instance } from '../support/fake-registry.ts';
import { allOf, listed, openOf, plannedFact } from '../support/journaled.ts';
import { target, writeBegan } from '../support/orders-stage.ts';
import { type Stage, setStage } from '../support/stage.ts';

const write = { target, registration: 0, enabled: true, purpose: 'warm-up' } as const;
const request = { method: 'PATCH', url: 'http://a/x', hasToken: false };
/** It was off, is on with half of its weight, and its runner is gone. */
const halfWay: readonly Fact[] = [
  { type: 'runner-started', pid: 1, host: 'bastion', isAttended: false, lease: 'held' },
  { type: 'disable-began', target, attempt: 1 },
  writeBegan,
  { type: 'write-began', ...write, weight: 2.5, fullWeight: 5, request },
  { type: 'write-ended', ...write, outcome: 'accepted', ms: 5 },
  { type: 'read-back', target, registration: 0, enabled: true, weight: 2.5, nodes: [] },
  { type: 'enabled', target, attempt: 1, ms: 600 },
  { type: 'warm-up-began', target, attempt: 1, totalMs: 60_000 },
];
const abandoned: Fact = { type: 'rollout-ended', outcome: 'abandoned', exitCode: 3 };

function stageWith(weight: number, ...more: readonly Fact[]): Stage {
  return stageOf(false, weight, ...more);
}

function stageOf(isRunning: boolean, weight: number, ...more: readonly Fact[]): Stage {
  const stage = setStage([instance('orders', '10.0.0.1', 8080, { weight }), ...listed.slice(1)]);
  const facts = [plannedFact(), ...halfWay, ...more];
  const { open: found, events } = openOf('aaaa', '2026-11-21T20:00:00.000Z', facts);
  const open = { ...found, isRunning };
  const read = async () => ({ ok: true, open, events }) as const;
  stage.ports = { ...stage.ports, launcher: { ...stage.ports.launcher, all: allOf(open), read } };
  return stage;
}

test.each([[[]], [[abandoned]]] as const)(
  'status names what has less weight than it had, and exits 3',
  async (more) => {
    const { code, out } = await stageWith(2.5, ...more).run('status');
    expect(code).toBe(3);
    expect(out).toContain(
      `  weight ${target}: less than it was, because of us; resume or doctor --yes gives it back`,
    );
    expect(out).not.toContain('  off ');
    const json = JSON.parse((await stageWith(2.5, ...more).run('status', '--json')).out);
    expect(json).toMatchObject([{ off: [], lowered: [target] }]);
  },
);

test('while its runner is at it nobody is sent to resume or mend it', async () => {
  const { out } = await stageOf(true, 2.5).run('status');
  expect(out).toContain(`  weight ${target}: less than it was, because of us; its runner is at it`);
  expect(out).not.toContain('doctor --yes');
});

test('doctor says that a rollout ended with what it mended, and what was not through', async () => {
  const stage = stageWith(2.5);
  const { doctor } = stage.ports;
  const closed = [{ target: '10.0.0.2:8080', result: 'untouched' }] as const;
  const mended = [{ target, kind: 'put-on', only: ['dubbo 10.0.0.1:20880'] }] as const;
  const mend = async () => ({ ok: true, mended, closed }) as const;
  stage.ports = { ...stage.ports, doctor: { ...doctor, mend } };
  expect((await stage.run('doctor')).err).toContain(
    'A rollout that it mends, and of which nothing is off then, has ended',
  );
  const { out } = await stage.run('doctor', '--yes');
  expect(out).toContain('dubbo 10.0.0.1:20880 is on again, and read back.');
  expect(out).toContain(
    'Rollout aaaa has ended with that, as nothing of it is off any more: it cannot be resumed. Not through: 10.0.0.2:8080 (untouched). What was not rolled needs a new run.',
  );
});

test('and says it in Chinese', async () => {
  const { out } = await stageWith(2.5).run('status', '--lang', 'zh-CN');
  expect(out).toContain(`  权重  ${target}：因我们而低于原值；用 resume 或 doctor --yes 恢复`);
});

test.each([5, 7])('with weight %d it is no business of ours any more', async (weight) => {
  expect(await stageWith(weight, abandoned).run('status')).toMatchObject({ code: 0, out: '' });
});

test('doctor says which part of its weight it has, since when, and what gives it back', async () => {
  const { code, out } = await stageWith(2.5).run('doctor');
  expect(code).toBe(3);
  expect(out).toContain(
    `${target} (orders) has less weight than it had, because of us: rollout aaaa of ann@bastion gave it weight 2.5 of 5 at 2026-11-21T20:00:00.000Z`,
  );
  expect(out).toContain('Now Nacos shows it on with a part of its weight.');
  expect(out).toContain(
    'Carry on with nacos-rollout resume aaaa --yes, or give it back its weight with: nacos-rollout doctor --yes',
  );
});

test('of a rollout that has ended nobody is told to carry it on', async () => {
  const { out } = await stageWith(2.5, abandoned).run('doctor');
  expect(out).toContain('Give it back its weight with: nacos-rollout doctor --yes');
  expect(out).not.toContain('resume');
});

test('the report tells what is left with less weight', async () => {
  const { out } = await stageWith(2.5, abandoned).run('report', 'aaaa');
  expect(out).toContain('**Still with less weight than they had, because of us:** ');
  expect(out).toContain('(5)');
});

test.each([[[]], [['--html']]] as const)(
  'the report tells of a warm-up that was left out, %j',
  async (flags) => {
    const leftOut: Fact = { type: 'warm-up-left-out', target, registrations: [0], why: 'moved' };
    const { out } = await stageWith(2.5, leftOut, abandoned).run('report', 'aaaa', ...flags);
    expect(out).toMatch(
      /on with all of its weight at once, without a warm-up: .*it came back in another cluster/,
    );
  },
);

test('who gives it up is told each with its weight, and the one that it had', async () => {
  const stage = stageWith(2.5);
  const { launcher } = stage.ports;
  stage.ports = { ...stage.ports, launcher: { ...launcher, abandon: async () => undefined } };
  const { code, err } = await stage.run('resume', 'aaaa', '--abort', 'leave');
  expect(code).toBe(3);
  expect(err).toContain(`Still with less weight than they had, because of us: ${target} (weight 2.5, was 5)`);
});
