import { expect, test } from 'vitest';
import type { Fact } from '../../../src/core/event/event.ts';
import { until } from '../../support/time/until.ts';
import { done, runOrders, stageOrders, target } from '../support/orders-stage.ts';
import { setStage } from '../support/stage.ts';

const enabled: readonly Fact[] = [
  { type: 'enable-began', target, attempt: 1 },
  { type: 'enabled', target, attempt: 1, ms: 600 },
];

function failed(step: 'soak' | 'warm-up'): Fact {
  const why = { kind: 'check', reading: { kind: 'refused', detail: 'ECONNREFUSED' }, afterMs: 4000 } as const;
  return { type: 'step-failed', target, step, attempt: 1, ms: 4000, why };
}

/** On, and turned bad while it was watched. */
const badInSoak: readonly Fact[] = [
  ...enabled,
  { type: 'soak-began', target, attempt: 1, totalMs: 60_000 },
  failed('soak'),
];
const badInWarmUp: readonly Fact[] = [
  ...enabled,
  { type: 'warm-up-began', target, attempt: 1, totalMs: 60_000 },
  { type: 'weight-set', target, attempt: 1, percent: 50, ms: 30_000 },
  failed('warm-up'),
];

/** What is said while a person answers with this key, and what the runner is asked for then. */
async function answer(key: string, flag: string, facts: readonly Fact[]) {
  const { stage, launcher } = stageOrders();
  stage.isTerminal = true;
  stage.typed = 'yes\n';
  void stage.run(...runOrders, flag, '60s');
  await launcher.followed;
  launcher.tell(...facts);
  const asked = setStage();
  asked.isTerminal = true;
  asked.typed = `${key}\n`;
  asked.ports = { ...asked.ports, launcher };
  const attached = asked.run('attach', '7f3a');
  await launcher.followedTwice;
  await until(() => launcher.orders.length > 0);
  launcher.tell(done);
  return { ...(await attached), orders: launcher.orders };
}

const keys = [
  ['t', 'take-as-done'],
  ['x', 'leave-off'],
  ['r', 'retry'],
] as const;

test.each(keys)(
  'what turns bad in its soak is asked about in its own words, and %s means %s',
  async (key, decision) => {
    const { out, err, orders } = await answer(key, '--soak', badInSoak);
    expect(out).toContain('soak of 1 min began');
    expect(out).toContain('soak failed: ');
    expect(err).toContain('t  leave it on and go on with the next');
    expect(err).toContain('x  take it off, leave it off and go on with the next');
    expect(err).toContain('q  decide later; it stays on');
    expect(err).not.toContain('take the deploy as done');
    expect(orders).toMatchObject([{ type: 'decide', target, decision, attempt: 1 }]);
  },
);

test.each(keys)('and so is what turns bad in its warm-up: %s means %s', async (key, decision) => {
  const { out, err, orders } = await answer(key, '--warm-up', badInWarmUp);
  expect(out).toContain('warm-up of 1 min began');
  expect(out).toContain('has 50% of its weight');
  expect(out).toContain('warm-up failed: ');
  expect(err).toContain('t  leave it on, give it all of its weight and go on with the next');
  expect(err).toContain('q  decide later; it stays on');
  expect(orders).toMatchObject([{ type: 'decide', target, decision, attempt: 1 }]);
});

test('a hook that failed may be taken as done; before its disable nothing is off that could be put on', async () => {
  const began = {
    type: 'hook-began',
    target,
    attempt: 1,
    command: './tell.sh',
    directory: 'hook/1',
  } as const;
  const result = { kind: 'exited', code: 7 } as const;
  const ended = { type: 'hook-ended', target, attempt: 1, ms: 200, result } as const;
  const before = { step: 'before-target' } as const;
  const { out, err, orders } = await answer('t', '--soak', [
    { ...began, ...before },
    { ...ended, ...before },
  ]);
  expect(out).toContain('hook beforeTarget ended after 0.2 s: it ended with exit code 7');
  expect(err).toContain('t  take the hook as done and go on');
  expect(err).toContain('x  leave it on as it is, without a deploy');
  expect(err).not.toContain('o  put it on as it is');
  expect(orders).toMatchObject([{ type: 'decide', target, decision: 'take-as-done', attempt: 1 }]);
});
