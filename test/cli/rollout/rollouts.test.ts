import { expect, test } from 'vitest';
import type { Fact } from '../../../src/core/event/event.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import type { Launcher, OpenRollout } from '../../../src/runner/ports/face-ports.ts';
import { instance } from '../support/fake-registry.ts';
import { allOf, openOf, plannedFact } from '../support/journaled.ts';
import { type Stage, setStage } from '../support/stage.ts';

const target = '10.0.0.1:8080';

function rolloutOf(...facts: Fact[]): Rollout {
  return openOf('x', '2026-11-21T20:00:00.000Z', [plannedFact(), ...facts]).open.rollout;
}

const began: readonly Fact[] = [
  { type: 'runner-started', pid: 1, host: 'bastion', isAttended: false, lease: 'held' },
  { type: 'disable-began', target, attempt: 1 },
];
const written: Fact = {
  type: 'write-began',
  target,
  registration: 0,
  enabled: false,
  weight: 5,
  purpose: 'disable',
  request: { method: 'PATCH', url: 'http://a/x', hasToken: false },
};
const failed: Fact = {
  type: 'step-failed',
  target,
  step: 'disable',
  attempt: 1,
  ms: 5,
  why: { kind: 'registry', error: { kind: 'no-leader', detail: 'x' } },
};
const ended: Fact = { type: 'rollout-ended', outcome: 'done', exitCode: 0 };

function stageWith(...open: readonly OpenRollout[]): Stage {
  const stage = setStage();
  const read: Launcher['read'] = async (id) => {
    const found = open.find((one) => one.id === id);
    return found === undefined
      ? { ok: false, problem: { kind: 'no-such-rollout', id } }
      : { ok: true, open: found, events: [] };
  };
  stage.ports = { ...stage.ports, launcher: { ...stage.ports.launcher, all: allOf(...open), read } };
  return stage;
}

const running = { id: 'aaaa', directory: '/s/aaaa', rollout: rolloutOf(...began), isRunning: true };
const left = {
  id: 'bbbb',
  directory: '/s/bbbb',
  rollout: rolloutOf(...began, written, failed),
  isRunning: false,
};
const over = { id: 'cccc', directory: '/s/cccc', rollout: rolloutOf(...began, ended), isRunning: false };

test('status tells what rollouts that have not ended did, and exits 3 when one is left with something off', async () => {
  const stage = stageWith(running, left, over);
  stage.registry.list = [instance('orders', '10.0.0.1', 8080, { enabled: false })];
  const { code, out } = await stage.run('status');
  expect(code).toBe(3);
  expect(out).toBe(
    [
      'rollout aaaa of orders, planned 2026-11-21T20:00:00.000Z by ann@bastion: runs',
      '  now    10.0.0.1:8080 (disable)',
      '  to do  10.0.0.2:8080',
      'rollout bbbb of orders, planned 2026-11-21T20:00:00.000Z by ann@bastion: stands still: its runner is gone',
      '  off    10.0.0.1:8080',
      '  stands 10.0.0.1:8080 (disable failed)',
      '  to do  10.0.0.2:8080',
      "  why    Nacos has no Raft leader, so it takes no changes (x): mend the cluster first; see each server's naming-raft log.",
      '  next   nacos-rollout resume bbbb --yes',
      '',
    ].join('\n'),
  );
});

test('status of one that waits for a person with something off exits 3', async () => {
  const waiting = { ...left, isRunning: true };
  const { code, out } = await stageWith(waiting).run('status');
  expect(code).toBe(3);
  expect(out).toContain('waits for a decision');
  expect(out).toContain(`  decide nacos-rollout order retry ${left.id} --target 10.0.0.1:8080 (or leave-off`);
  const asked = stageWith(waiting);
  asked.isTerminal = true;
  expect((await asked.run('status')).out).toContain(`  decide nacos-rollout attach ${left.id}\n`);
});

test('one that a person has paused, with something off and no step under way, waits too: status and doctor exit 3', async () => {
  const off: Fact = { type: 'read-back', target, registration: 0, enabled: false, nodes: [] };
  const facts = [...began, written, off, { type: 'disabled', target, attempt: 1, ms: 5 } as const];
  const drained: Fact = { type: 'drain-ended', target, attempt: 1, ms: 5 };
  const paused: Fact = { type: 'paused', by: 'ann', why: 'asked' };
  const idle = { ...running, rollout: rolloutOf(...facts, drained, paused) };
  const stage = stageWith(idle);
  const { code, out } = await stage.run('status');
  expect(code).toBe(3);
  expect(out).toContain('is paused');
  expect(out).toContain('  next   nacos-rollout order continue aaaa\n');
  const busy = {
    ...running,
    rollout: rolloutOf(...facts, { type: 'drain-began', target, attempt: 1, totalMs: 9 }, paused),
  };
  expect((await stageWith(busy).run('status')).code).toBe(0);
});

test('status of one that runs, or stands still with nothing off, exits 0', async () => {
  expect((await stageWith(running).run('status')).code).toBe(0);
  const idle = { ...left, rollout: rolloutOf(...began), id: 'dddd' };
  const { code, out } = await stageWith(running, idle).run('status');
  expect(code).toBe(0);
  expect(out).toContain('stands still');
});

test('status of one, as JSON', async () => {
  const { code, out } = await stageWith(running, left, over).run('status', 'cccc', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject([{ rollout: 'cccc', state: 'ended', outcome: 'done', off: [] }]);
});

test('status without anything open, and of one that does not exist', async () => {
  expect(await stageWith(over).run('status')).toMatchObject({ code: 0, out: '' });
  const { code, err } = await stageWith(over).run('status', 'zzzz');
  expect(code).toBe(2);
  expect(err).toContain('There is no rollout zzzz');
});

test('history lists every rollout', async () => {
  const { code, out } = await stageWith(running, over).run('history');
  expect(code).toBe(0);
  expect(out.split('\n').map((line) => line.split('  ').at(-1))).toEqual(['outcome', 'runs', 'done', '']);
});

test.each([
  [['attach'], [], 'There is no rollout on this machine that has not ended'],
  [['attach'], [running, { ...running, id: 'dddd' }], 'Which one? There is aaaa, dddd.'],
  [['resume'], [left], 'nacos-rollout resume bbbb --yes'],
  [['resume', 'zzzz'], [left], 'There is no rollout zzzz'],
  [['resume', '--yes'], [over], 'There is no rollout on this machine that has not ended'],
] as const)('%j is exit 2', async (argv, open, sentence) => {
  const { code, err } = await stageWith(...open).run(...argv);
  expect(code).toBe(2);
  expect(err).toContain(sentence);
});

test.each([
  [[], [over], { kind: 'no-such-rollout' }],
  [[], [left, { ...left, id: 'dddd' }], { kind: 'several', ids: ['bbbb', 'dddd'] }],
  [['zzzz'], [left], { kind: 'no-such-rollout', id: 'zzzz' }],
] as const)('resume %j says in JSON and in JUnit XML that none is meant', async (argv, open, finding) => {
  const stage = stageWith(...open);
  const asked = ['resume', ...argv, '--yes', '--json', '--report', 'junit=/r.xml'];
  const { code, out, err } = await stage.run(...asked);
  expect(code).toBe(2);
  const sentence = err.trim();
  expect(JSON.parse(out)).toEqual({
    type: 'refused',
    exitCode: 2,
    findings: [expect.objectContaining({ level: 'refused', sentence, ...finding })],
  });
  expect(stage.written.get('/r.xml')).toContain(`<failure message="${sentence}"`);
});

test('resume takes the one without a runner; a problem of the launcher is a sentence', async () => {
  const stage = stageWith(running, left);
  const resumed: unknown[] = [];
  const { launcher } = stage.ports;
  stage.ports = {
    ...stage.ports,
    launcher: {
      ...launcher,
      resume: async (id, options) => {
        resumed.push([id, options]);
        return { ok: false, problem: { kind: 'password-needed', user: 'ann' } };
      },
    },
  };
  const { code, err } = await stage.run('resume', '--yes');
  expect(code).toBe(2);
  expect(err).toContain('10.0.0.1:8080 (orders) is not registered any more; it was off because of us.');
  expect(err).toContain('The password of ann is needed');
  expect(resumed).toEqual([['bbbb', { typedPassword: undefined, isAttended: false }]]);
});
