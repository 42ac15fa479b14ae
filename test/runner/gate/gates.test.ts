import { expect, test } from 'vitest';
import type { Gate } from '../../../src/core/gate/gate.ts';
import { reachedGate } from '../../../src/core/rollout/gate-state.ts';
import { type PlainRun, plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import type { Performance } from '../../simulation/world/simulated-commands.ts';

const place = { side: 'after', of: 'batch', service: 'orders', batch: 1 } as const;
const between = { name: 'one', batch: 1, place } as const;
const command = { run: './smoke.sh', timeoutMs: 10_000 };
const by = 'ann@here';

type Options = { isAttended?: boolean; onFailure?: 'stop' | 'continue'; onUnknown?: 'ask' | 'again' };

/** Two targets, one a batch, and these gates; `codes`: how the commands of gates end, one after the other. */
function gated(gates: readonly Gate[], options: Options = {}, codes: readonly Partial<Performance>[] = []) {
  const { isAttended = true, onFailure = 'stop', onUnknown = 'ask' } = options;
  const scenario = plainScenario(2, (plan) => ({ ...plan, gates, onFailure, onUnknown }));
  let count = 0;
  const good = { delayMs: 5, lastsMs: 2000, code: 0, isLost: false, act: () => undefined };
  return plainPlace({ ...scenario, isAttended }, undefined, () => ({ ...good, ...codes[count++] }));
}

function typesOf({ events }: PlainRun): readonly string[] {
  return events.map((event) => ('target' in event ? `${event.type} ${event.target}` : event.type));
}

const phaseOf = (rollout: PlainRun): string | undefined =>
  rollout.life.runner.rollout().gates.find(({ gate }) => gate.name === 'one')?.phase;

test('nothing begins beyond a gate before a person says so', async () => {
  const rollout = gated([{ kind: 'person', ...between, text: 'look at the dashboards' }]).run();
  expect(await rollout.untilEvent('gate-reached')).toMatchObject({
    gate: 'one',
    kind: 'person',
    text: 'look at the dashboards',
  });
  await rollout.place.clock.advance(600_000);
  expect(typesOf(rollout)).not.toContain('disable-began 10.0.0.2:8080');
  expect(rollout.life.runner.submit({ type: 'pass-gate', gate: 'one' }, by)).toBeUndefined();
  expect(rollout.life.runner.submit({ type: 'pass-gate', gate: 'one' }, by)).toBe('already-decided');
  expect(await rollout.end()).toBe(0);
  expect(rollout.events).toContainEqual(expect.objectContaining({ type: 'gate-passed', gate: 'one', by }));
});

test('where nobody can be asked it ends at the gate, and whoever resumes lets it go on', async () => {
  const { run } = gated([{ kind: 'person', ...between, text: 'look' }], { isAttended: false });
  const first = run();
  expect(await first.end()).toBe(3);
  expect((await first.untilEvent('runner-rested')).why).toBe('at-gate');
  expect(await run({ isResumed: true }).end()).toBe(3);
  expect(await run({ isResumed: true, isPassingGate: true }).end()).toBe(0);
});

test('a time passes by itself, and a person may cut it short', async () => {
  const gate: Gate = { kind: 'time', ...between, ms: 60_000 };
  const whole = gated([gate]).run();
  expect((await whole.untilEvent('gate-passed')).ms).toBe(60_000);
  expect(await whole.end()).toBe(0);
  const short = gated([gate]).run();
  await short.untilEvent('gate-reached');
  expect(short.life.runner.submit({ type: 'pass-gate', gate: 'one' }, by)).toBeUndefined();
  expect(await short.end()).toBe(0);
  expect(short.events.filter(({ type }) => type === 'gate-passed')).toHaveLength(1);
});

test('gates before the first and after the last batch are passed in their order', async () => {
  const rollout = gated([
    { kind: 'command', ...between, name: 'zero', batch: 0, command },
    { kind: 'time', ...between, name: 'a', batch: 2, ms: 1000 },
    { kind: 'command', ...between, name: 'b', batch: 2, command },
  ]).run();
  expect(await rollout.end()).toBe(0);
  const told = typesOf(rollout).filter((type) => /gate|disable-began|rollout-ended|^enabled/.test(type));
  expect(told).toEqual([
    'gate-reached',
    'gate-passed',
    'disable-began 10.0.0.1:8080',
    'enabled 10.0.0.1:8080',
    'disable-began 10.0.0.2:8080',
    'enabled 10.0.0.2:8080',
    'gate-reached',
    'gate-passed',
    'gate-reached',
    'gate-passed',
    'rollout-ended',
  ]);
});

test('a command that fails asks, and is tried again or passed', async () => {
  const rollout = gated([{ kind: 'command', ...between, command }], {}, [{ code: 7 }, { code: 8 }]).run();
  expect(await rollout.untilEvent('gate-failed')).toMatchObject({ why: { result: { code: 7 } }, attempt: 1 });
  expect(phaseOf(rollout)).toBe('stuck');
  expect(rollout.life.runner.submit({ type: 'retry-gate', gate: 'one' }, by)).toBeUndefined();
  expect(await rollout.untilEvent('gate-failed', 2)).toMatchObject({ attempt: 2 });
  expect(typesOf(rollout)).not.toContain('disable-began 10.0.0.2:8080');
  expect(rollout.life.runner.submit({ type: 'pass-gate', gate: 'one' }, by)).toBeUndefined();
  expect(await rollout.end()).toBe(0);
});

test('a command is tried again by itself as often as the plan says', async () => {
  const tried: Gate = { kind: 'command', ...between, command: { ...command, retries: 2, waitMs: 5000 } };
  const rollout = gated([tried], {}, [{ code: 1 }, { lastsMs: undefined }]).run();
  expect(await rollout.untilEvent('gate-failed', 2)).toMatchObject({
    againInMs: 5000,
    why: { result: { kind: 'timed-out' } },
  });
  expect(await rollout.end()).toBe(0);
});

test.each([
  [undefined, 'stop', 1],
  [undefined, 'continue', 1],
  ['continue', 'stop', 0],
  ['stop', 'continue', 1],
] as const)(
  'unattended, a failed gate that says %s in a plan that says %s ends with %i',
  async (own, plan, code) => {
    const gate: Gate = { kind: 'command', ...between, command, ...(own && { onFailure: own }) };
    const rollout = gated([gate], { isAttended: false, onFailure: plan }, [{ code: 1 }]).run();
    expect(await rollout.end()).toBe(code);
  },
);

test('what a person had tried again does not go on by itself later', async () => {
  const gate: Gate = { kind: 'command', ...between, command };
  const bad = { code: 1 };
  const { run } = gated([gate], { onFailure: 'continue' }, [bad, bad, bad]);
  const first = run();
  await first.untilEvent('gate-failed');
  expect(first.life.runner.submit({ type: 'retry-gate', gate: 'one' }, by)).toBeUndefined();
  await first.untilEvent('gate-failed', 2);
  first.life.die();
  const second = run({ isResumed: true, isAttended: false });
  expect(await second.end()).toBe(1);
  expect(second.events.at(-1)).toMatchObject({ type: 'runner-rested', why: 'stuck' });
  expect(typesOf(second)).not.toContain('gate-passed');
});

test('a command outlives its runner, and the next one finds how it ended', async () => {
  const { run, began } = gated([{ kind: 'command', ...between, command }], {}, [{ lastsMs: 8000 }]);
  const first = run();
  await first.untilEvent('gate-reached');
  await first.place.clock.advance(1000);
  first.life.die();
  const second = run({ isResumed: true });
  expect(await second.end()).toBe(0);
  expect(began.filter((name) => name === 'one')).toHaveLength(1);
  expect(second.events.filter(({ type }) => type === 'gate-reached')).toEqual([]);
});

test('what left no outcome is for a person to judge, or tried again where the plan says so', async () => {
  const gate: Gate = { kind: 'command', ...between, command };
  const asked = gated([gate], { isAttended: false, onFailure: 'continue' }, [{ isLost: true }]);
  expect(await asked.run().end()).toBe(1);
  expect(await asked.run({ isResumed: true }).end()).toBe(1);
  const again = gated([gate], { isAttended: false, onUnknown: 'again' }, [{ isLost: true }]).run();
  expect(await again.end()).toBe(0);
});

test('a soak watches all that are through, and fails when one turns bad', async () => {
  const rollout = gated([{ kind: 'soak', ...between, ms: 60_000 }]).run();
  await rollout.untilEvent('gate-reached');
  const [process] = rollout.place.processes.values();
  if (process === undefined) throw new Error('nobody is there');
  process.isAnswering = false;
  expect(await rollout.untilEvent('gate-failed')).toMatchObject({
    instance: '10.0.0.1:8080',
    why: { kind: 'check', reading: { kind: 'refused' } },
  });
  process.isAnswering = true;
  rollout.life.runner.submit({ type: 'retry-gate', gate: 'one' }, by);
  expect((await rollout.untilEvent('gate-passed')).ms).toBeGreaterThanOrEqual(60_000);
  expect(await rollout.end()).toBe(0);
});

test('a pause holds a gate up that was not reached, and lets a command come to its end', async () => {
  const rollout = gated([
    { kind: 'command', ...between, command },
    { kind: 'time', ...between, name: 'two', ms: 1000 },
  ]).run();
  await rollout.untilEvent('gate-reached');
  rollout.life.runner.submit({ type: 'pause' }, by);
  await rollout.untilEvent('gate-passed');
  await rollout.place.clock.advance(60_000);
  expect(rollout.events.filter(({ type }) => type === 'gate-reached')).toHaveLength(1);
  rollout.life.runner.submit({ type: 'continue' }, by);
  expect(await rollout.end()).toBe(0);
});

test.each(['put-back', 'leave'] as const)(
  'abort, %s: a command comes to its end, and nothing after it',
  async (how) => {
    const rollout = gated([{ kind: 'command', ...between, command }], {}, [{ code: 1 }]).run();
    await rollout.untilEvent('gate-reached');
    rollout.life.runner.submit({ type: 'abort', how }, by);
    expect(await rollout.end()).toBe(1);
    expect(
      typesOf(rollout)
        .filter((type) => /gate|ended$/.test(type))
        .slice(-4),
    ).toEqual(['gate-reached', 'gate-failed', 'rollout-ended'].slice(-4));
  },
);

test('stop kills a command, and resume tries it again', async () => {
  const { run } = gated([{ kind: 'command', ...between, command }], { isAttended: false });
  const first = run();
  await first.untilEvent('gate-reached');
  first.life.runner.submit({ type: 'stop' }, by);
  expect(await first.end()).toBe(130);
  expect(first.events.at(-2)).toMatchObject({ type: 'gate-failed', why: { result: { kind: 'killed' } } });
  expect(reachedGate(first.life.runner.rollout())?.phase).toBe('stuck');
  expect(await run({ isResumed: true }).end()).toBe(0);
});
