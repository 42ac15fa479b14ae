import { expect, test } from 'vitest';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { openConsole } from '../support/open-console.ts';
import { deployFailed, first } from '../support/open-rollout.ts';
import { planned, runnerStarted, scriptedLink } from '../support/scripted-link.ts';
import { planOfThree, reached } from '../support/usual-plan.ts';

function inDev(plan: Plan): Plan {
  const targets = plan.targets.map((target) => ({
    ...target,
    registrations: target.registrations.map((one) => ({ ...one, namespace: 'dev' })),
  }));
  return { ...plan, targets };
}

test.each([
  ['as its profile says', planOfThree(), reached, '--profile prod-sh'],
  [
    'at another server than its profile says',
    planOfThree(),
    { ...reached, servers: ['http://10.99.0.1:8848'] },
    '--server http://10.99.0.1:8848',
  ],
  ['in another namespace', inDev(planOfThree()), reached, '--profile prod-sh --namespace dev'],
  ['without a profile', planOfThree(), { ...reached, profile: undefined }, '--server http://10.0.0.1:8848'],
])('what was left off by a rollout %s is put on there', async (_, plan, at, flags) => {
  const opened = openConsole({ size: { columns: 200, rows: 24 } });
  const link = scriptedLink(opened.clock);
  link.say(planned(plan, at));
  link.say(runnerStarted);
  await opened.clock.advance(0);
  opened.join(link, true);
  link.caughtUp();
  deployFailed(link, first);
  link.say({ type: 'abort-asked', how: 'leave', by: 'me' });
  link.say({ type: 'rollout-ended', outcome: 'aborted', exitCode: 3 });
  const commands = [
    `nacos-rollout enable DUBBO_GROUP@@providers:com.acme.Orders:1.0.0: --instance 10.0.0.11:20880 ${flags}`,
    `nacos-rollout enable DEFAULT_GROUP@@orders --instance 10.0.0.11:8080 ${flags}`,
  ];
  await opened.sees(commands[1] ?? '');
  await opened.press('y');
  expect(opened.copies).toEqual([commands.join('\n')]);
});
