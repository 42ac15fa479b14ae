import { expect, test } from 'vitest';
import type { Fact } from '../../src/core/event/event.ts';
import { until } from '../support/time/until.ts';
import { rolled, runOrders, stageOrders, target, writeBegan } from './support/orders-stage.ts';
import { allOf, listed, openOf, plannedFact } from './support/journaled.ts';
import { type Stage, setStage } from './support/stage.ts';

const abandoned: readonly Fact[] = [
  { type: 'runner-started', pid: 1, host: 'bastion', isAttended: false, lease: 'held' },
  { type: 'disable-began', target, attempt: 1 },
  writeBegan,
  { type: 'rollout-ended', outcome: 'abandoned', exitCode: 3 },
];

/** A machine with a rollout that was given up while its first target was off, and a later one. */
function stageWithLater(later: readonly Fact[]): Stage {
  const stage = setStage(listed.map((one) => (one.ip === '10.0.0.1' ? { ...one, enabled: false } : one)));
  const { launcher } = stage.ports;
  const { open: former, events } = openOf('aaaa', '2026-11-21T20:00:00.000Z', [plannedFact(), ...abandoned]);
  const { open } = openOf('bbbb', '2026-11-21T21:00:00.000Z', [plannedFact(), ...later]);
  const read = async () => ({ ok: true, open: former, events }) as const;
  stage.ports = { ...stage.ports, launcher: { ...launcher, all: allOf(open, former), read } };
  return stage;
}

test('what a later rollout found on and rolled is that one’s doing', async () => {
  const stage = stageWithLater(rolled);
  expect(await stage.run('status', 'aaaa')).toMatchObject({ code: 0 });
});

test('what a later rollout had found on in its plan, and off when its turn came, is named still', async () => {
  const refused: readonly Fact[] = [
    { type: 'disable-began', target, attempt: 1 },
    {
      type: 'step-failed',
      target,
      step: 'disable',
      attempt: 1,
      ms: 5,
      why: { kind: 'refused', refusals: [{ kind: 'taken-off', instance: `${target} orders` }] },
    },
    { type: 'abort-asked', how: 'put-back', by: 'ann' },
    { type: 'rollout-ended', outcome: 'aborted', exitCode: 1 },
  ];
  const stage = stageWithLater(refused);
  const { code, out } = await stage.run('status');
  expect(code).toBe(3);
  expect(out).toContain(`  off    ${target}`);
  expect((await stage.run('doctor')).out).toContain(target);
});

const command = `nacos-rollout disable orders --instance ${target}`;
const refusal = {
  kind: 'taken-off',
  instance: `${target} orders`,
  registration: 0,
  takenOff: { rollout: '7f3a', by: 'bob@bastion', at: '2026-11-21T12:03:00.000Z', command },
} as const;

const takenOffOnce: readonly Fact[] = [
  { type: 'disable-began', target, attempt: 1 },
  {
    type: 'step-failed',
    target,
    step: 'disable',
    attempt: 1,
    ms: 5,
    why: { kind: 'refused', refusals: [refusal] },
  },
];

test.each([
  ['o', 'put-on'],
  ['x', 'leave-off'],
  ['r', 'retry'],
] as const)(
  'in lines what a one-shot command took off is named with it; %s means %s',
  async (key, decision) => {
    const { stage, launcher } = stageOrders();
    stage.isTerminal = true;
    stage.typed = 'yes\n';
    void stage.run(...runOrders);
    await launcher.followed;
    launcher.tell(...takenOffOnce);
    const asked = setStage();
    asked.isTerminal = true;
    asked.typed = `${key}\n`;
    asked.ports = { ...asked.ports, launcher };
    const attached = asked.run('attach', '7f3a');
    await launcher.followedTwice;
    await until(() => launcher.orders.length > 0);
    launcher.tell({ type: 'rollout-ended', outcome: 'aborted', exitCode: 1 });
    const { out, err } = await attached;
    expect(launcher.orders).toMatchObject([{ type: 'decide', target, decision, attempt: 1 }]);
    expect(out).toContain(`\`${command}\` (bob@bastion, 2026-11-21T12:03:00.000Z)`);
    expect(err).toContain('x  leave it off and go on with the next');
    expect(err).toContain('o  put it on as it is');
    expect(`${out}${err}`).not.toMatch(/leave it on|somebody/);
  },
);

/** A machine with this rollout, which has ended. */
async function after(facts: readonly Fact[], ...argv: string[]) {
  const { open, events } = openOf('aaaa', '2026-11-21T12:00:00.000Z', [plannedFact(), ...facts]);
  const stage = setStage();
  const read = async () => ({ ok: true, open, events }) as const;
  stage.ports = { ...stage.ports, launcher: { ...stage.ports.launcher, all: allOf(open), read } };
  return stage.run(...argv);
}

const leftOff: readonly Fact[] = [
  ...takenOffOnce,
  { type: 'decided', target, decision: 'leave-off', by: 'ann' },
  { type: 'rollout-ended', outcome: 'done-with-some-off', exitCode: 1 },
];

test('status says that it is off and not by this rollout, in lines and as JSON', async () => {
  const { out } = await after(leftOff, 'status', 'aaaa');
  expect(out).toContain(`  off    ${target}: when its turn came, and not because of this rollout`);
  expect(out).not.toContain(`to do  ${target}`);
  const json = JSON.parse((await after(leftOff, 'status', 'aaaa', '--json')).out) as unknown;
  expect(json).toMatchObject([{ off: [], offByOthers: [target], targets: [{ result: 'left-off' }, {}] }]);
});

test('the report says who took it off, and that it was left off', async () => {
  const { out } = await after(leftOff, 'report', 'aaaa');
  expect(out).toContain('LEFT OFF');
  expect(out).toContain(command);
  expect(out).toContain('2026-11-21T12:03:00.000Z');
});

test('where nobody is asked, the command that decides is named', async () => {
  const { stage, launcher } = stageOrders();
  const ran = stage.run(...runOrders, '--yes');
  await launcher.followed;
  launcher.tell(...takenOffOnce, { type: 'runner-rested', why: 'stuck', exitCode: 1 });
  const { err } = await ran;
  expect(err).toContain(`--decide ${target}=retry (or leave-off, put-on`);
});
