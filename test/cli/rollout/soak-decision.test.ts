import { expect, test } from 'vitest';
import type { Fact } from '../../../src/core/rollout/event.ts';
import { until } from '../../support/time/until.ts';
import { setStage } from '../support/stage.ts';
import { done, runOrders, stageOrders, target } from '../support/orders-stage.ts';

/** On, and turned bad while it was watched. */
const badInSoak: readonly Fact[] = [
  { type: 'enable-began', target, attempt: 1 },
  { type: 'enabled', target, attempt: 1, ms: 600 },
  { type: 'soak-began', target, attempt: 1, totalMs: 60_000 },
  {
    type: 'step-failed',
    target,
    step: 'soak',
    attempt: 1,
    ms: 4000,
    why: { kind: 'check', reading: { kind: 'refused', detail: 'ECONNREFUSED' }, afterMs: 4000 },
  },
];

test.each([
  ['t', 'take-as-done'],
  ['x', 'leave-off'],
  ['r', 'retry'],
] as const)(
  'what turns bad in its soak is asked about in its own words, and %s means %s',
  async (key, decision) => {
    const { stage, launcher } = stageOrders();
    stage.isTerminal = true;
    stage.typed = 'yes\n';
    void stage.run(...runOrders, '--soak', '60s');
    await launcher.followed;
    launcher.tell(...badInSoak);
    const asked = setStage();
    asked.isTerminal = true;
    asked.typed = `${key}\n`;
    asked.ports = { ...asked.ports, launcher };
    const attached = asked.run('attach', '7f3a');
    await launcher.followedTwice;
    await until(() => launcher.orders.length > 0);
    launcher.tell(done);
    const { out, err } = await attached;
    expect(out).toContain('soak of 1 min began');
    expect(out).toContain('soak failed: ');
    expect(err).toContain('t  leave it on and go on with the next');
    expect(err).toContain('x  take it off, leave it off and go on with the next');
    expect(err).toContain('q  decide later; it stays on');
    expect(err).not.toContain('take the deploy as done');
    expect(launcher.orders).toMatchObject([{ type: 'decide', target, decision, attempt: 1 }]);
  },
);
