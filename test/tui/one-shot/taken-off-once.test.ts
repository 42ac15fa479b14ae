import { test } from 'vitest';
import { replay } from '../../../src/core/apply/apply.ts';
import type { Event, Fact } from '../../../src/core/event/event.ts';
import type { OpenRollout } from '../../../src/runner/ports/face-ports.ts';
import { openConsole } from '../support/open-console.ts';
import { planned } from '../support/scripted-link.ts';
import { planOfThree, reached } from '../support/usual-plan.ts';

const command = 'nacos-rollout disable orders --instance 10.0.0.11:8080';
const target = '10.0.0.11:8080';

/** As the journal of a one-shot `disable` says it. */
function takenOffOnce(): OpenRollout {
  const write = { target, registration: 0, enabled: false, purpose: 'disable' } as const;
  const request = { method: 'PUT', url: 'http://10.0.0.1:8848/x', hasToken: false };
  const facts: readonly Fact[] = [
    { ...planned(planOfThree(), reached), command } as Fact,
    { type: 'disable-began', target, attempt: 1 },
    { type: 'write-began', ...write, weight: 1, request },
    { type: 'write-ended', ...write, outcome: 'accepted', ms: 1 },
    { type: 'read-back', target, registration: 0, enabled: false, nodes: [] },
    { type: 'disabled', target, attempt: 1, ms: 1 },
    { type: 'decided', target, decision: 'leave-off', by: 'ann@bastion' },
    { type: 'rollout-ended', outcome: 'done-with-some-off', exitCode: 0 },
  ];
  const at = '2026-11-21T20:00:00.000Z';
  const events = facts.map((fact, seq): Event => ({ v: 1, seq, at, rollout: '7f3a', ...fact }));
  const rollout = replay(events);
  if (rollout === undefined) throw new Error('no rollout');
  return { id: '7f3a', directory: '/state/7f3a', rollout, isRunning: false };
}

test('the list says who took it off, when and by which command', async () => {
  const opened = openConsole({
    prepare: (ports) => {
      ports.open = [takenOffOnce()];
      ports.instances.list = ports.instances.list.map((each) =>
        each.ip === '10.0.0.11' && each.port === 8080 ? { ...each, enabled: false } : each,
      );
    },
  });
  await opened.sees('prod-sh');
  await opened.press('enter');
  await opened.sees(/orders .*1 off by us/);
  await opened.press('enter');
  await opened.sees('○ off, by us');
  await opened.sees(/Taken off by .*, 2026-11-21T20:00:00.000Z, with:/);
  await opened.sees('disable orders --instance 10.0.0.11:8080');
});
