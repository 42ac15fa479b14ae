import { expect, test } from 'vitest';
import type { Gate } from '../../../src/core/gate/gate.ts';
import { type OpenedRollout, openRollout } from '../support/open-rollout.ts';
import { planOfThree } from '../support/usual-plan.ts';

const place = { side: 'after', of: 'batch', service: 'orders', batch: 1 } as const;
const told = { gate: 'one', place, attempt: 1 } as const;
const person: Gate = { kind: 'person', name: 'one', batch: 0, place, text: 'look at the dashboards' };
const command: Gate = {
  kind: 'command',
  name: 'one',
  batch: 0,
  place,
  command: { run: './smoke.sh', timeoutMs: 60_000 },
};

async function atGate(gate: Gate, options: { mayDecide?: boolean; language?: 'zh-CN' } = {}) {
  const opened = await openRollout({ plan: { ...planOfThree(), gates: [gate] }, ...options });
  opened.link.say({ type: 'gate-reached', ...told, kind: gate.kind, text: 'look at the dashboards' });
  return opened;
}

function failed({ link }: OpenedRollout): void {
  const why = { kind: 'command', result: { kind: 'exited', code: 3 } } as const;
  link.say({ type: 'gate-failed', ...told, ms: 900, why });
}

test('says what a person is to look at, and G goes on after a question', async () => {
  const opened = await atGate(person);
  await opened.sees('gate one (after batch 1 of orders) waits for a person: look at the dashboards');
  expect(opened.screen()).toContain('G goes on beyond it, A aborts.');
  await opened.press('G');
  await opened.sees('This has only just appeared');
  await opened.second();
  await opened.press('G');
  await opened.sees('Go on beyond this gate?');
  await opened.press('y');
  await opened.second();
  expect(opened.link.orders).toEqual([{ type: 'pass-gate', gate: 'one' }]);
});

test('a question about a gate that somebody else let pass is settled', async () => {
  const opened = await atGate(person);
  await opened.second();
  await opened.press('G');
  await opened.sees('Go on beyond this gate?');
  opened.link.say({ type: 'gate-passed', ...told, by: 'bob@there' });
  await opened.sees('That question is settled');
});

test('a gate that failed is tried again with r', async () => {
  const opened = await atGate(command);
  await opened.sees('gate one (after batch 1 of orders) runs ./smoke.sh');
  failed(opened);
  await opened.sees('gate one (after batch 1 of orders) failed: it ended with exit code 3');
  await opened.second();
  await opened.press('r');
  await opened.sees('Try this gate again?');
  await opened.press('y');
  await opened.second();
  expect(opened.link.orders).toEqual([{ type: 'retry-gate', gate: 'one' }]);
});

test('who only watches is told so', async () => {
  const opened = await atGate(person, { mayDecide: false });
  await opened.second();
  expect(opened.screen()).not.toContain('G goes on');
  await opened.press('G');
  await opened.sees('You only watch this rollout');
});

test('where it stands at none, the key says so', async () => {
  const opened = await openRollout();
  await opened.press('G');
  await opened.sees('It stands at no gate.');
});

test('in Chinese too', async () => {
  const opened = await atGate(person, { language: 'zh-CN' });
  await opened.sees('卡点 one（orders 第 1 批之后）等人放行：look at the dashboards');
});

test('copies the command that passes it, of its runner while that lives and of another one after', async () => {
  const opened = await atGate(person);
  await opened.press('y');
  opened.link.say({ type: 'runner-rested', why: 'at-gate', exitCode: 3 });
  opened.link.die();
  await opened.sees('The runner rests');
  await opened.press('y');
  expect(opened.copies).toEqual([
    'nacos-rollout order pass-gate 7f3a',
    'nacos-rollout resume 7f3a --pass-gate',
  ]);
});

test('does not copy a way past a gate that failed', async () => {
  const opened = await atGate(command);
  failed(opened);
  await opened.press('y');
  expect(opened.copies).toEqual(['nacos-rollout attach 7f3a']);
});
