import { expect, test } from 'vitest';
import type { Gate } from '../../../src/core/gate/gate.ts';
import type { Fact } from '../../../src/core/event/event.ts';
import { allOf, listed, openOf, plannedFact } from '../support/journaled.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

const id = 'aaaa';
const place = { side: 'after', of: 'batch', service: 'orders', batch: 1 } as const;
const gate: Gate = { kind: 'person', name: 'one', batch: 0, place, text: 'look at the dashboards' };
const started: Fact = { type: 'runner-started', pid: 1, host: 'bastion', isAttended: false, lease: 'held' };
const reached: Fact = {
  type: 'gate-reached',
  gate: 'one',
  place,
  attempt: 1,
  kind: 'person',
  text: gate.text,
};
const rested: Fact = { type: 'runner-rested', why: 'at-gate', exitCode: 3 };

function standing(...facts: readonly Fact[]): Stage {
  const stage = setStage(listed);
  const planned = plannedFact();
  if (planned.type !== 'rollout-planned') throw new Error('that is no plan');
  const fact = { ...planned, plan: { ...planned.plan, gates: [gate] } };
  const { open, events } = openOf(id, '2026-11-21T20:00:00.000Z', [fact, ...facts]);
  const read = async () => ({ ok: true, open, events }) as const;
  stage.ports = {
    ...stage.ports,
    launcher: {
      ...stage.ports.launcher,
      all: allOf({ ...open, isRunning: false }),
      read,
      attach: async () => ({ ok: false, problem: { kind: 'no-runner', id } }),
    },
  };
  return stage;
}

const waits = 'gate one (after batch 1 of orders) waits for a person: look at the dashboards';
const goesOn = 'Go on beyond it: nacos-rollout resume aaaa --pass-gate --yes';

test('status says for whom it waits, and names the one command that goes on', async () => {
  const { out } = await standing(started, reached, rested).run('status');
  expect(out).toContain(waits);
  expect(out).toContain(goesOn);
  expect(out).not.toContain('resume aaaa --yes');
});

test('status --json tells the gate', async () => {
  const { out } = await standing(started, reached, rested).run('status', '--json');
  expect(JSON.parse(out)).toMatchObject([{ outcome: 'at-gate', gate: { name: 'one', phase: 'asking' } }]);
});

test.each([['attach'], ['order', 'pass-gate']])('%s of one that rests says the same', async (...words) => {
  const { code, err } = await standing(started, reached, rested).run(...words, id);
  expect([code, err]).toEqual([2, `${waits}\n${goesOn}\n`]);
});

test('one whose gate failed may be carried on as well', async () => {
  const result = { kind: 'exited', code: 7 } as const;
  const failed: Fact = {
    type: 'gate-failed',
    gate: 'one',
    place,
    attempt: 1,
    ms: 5,
    why: { kind: 'command', result },
  };
  const { code, err } = await standing(started, reached, failed, rested).run('order', 'pass-gate', id);
  expect(code).toBe(2);
  expect(err).toContain('gate one (after batch 1 of orders) failed: it ended with exit code 7');
  expect(err).toContain(goesOn);
  expect(err).toContain('resume aaaa --yes');
});

test('doctor says so too', async () => {
  const { out } = await standing(started, reached, rested).run('doctor', ...server);
  expect(out).toContain(`stands still, with nothing off: ${waits}. ${goesOn}`);
});

test('the report tells where it waited, and who let it go on', async () => {
  const passed: Fact = { type: 'gate-passed', gate: 'one', place, attempt: 1, by: 'bob@there' };
  const { out } = await standing(started, reached, passed).run('report', id);
  expect(out).toContain('waits for a person: look at the dashboards');
  expect(out).toContain('gate one (after batch 1 of orders) is passed (bob@there)');
});

test.each([['--abort'], ['--abort=leave']])('--pass-gate does not go with %s', async (flag) => {
  const words = flag === '--abort' ? ['--abort', 'put-back'] : [flag];
  const { code, err } = await standing(started, reached, rested).run('resume', id, '--pass-gate', ...words);
  expect([code, err]).toEqual([2, expect.stringContaining('--abort and --pass-gate')]);
});
