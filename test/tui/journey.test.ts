import { expect, test } from 'vitest';
import { profileEntry } from './support/fake-ports.ts';
import { atServices } from './support/at-services.ts';
import { type Opened, openConsole } from './support/open-console.ts';
import { disabledAndDraining } from './support/open-rollout.ts';
import { type ScriptedLink, planned, runnerStarted, scriptedLink } from './support/scripted-link.ts';
import { toReview } from './support/to-review.ts';
import { observed, planOfThree, reached } from './support/usual-plan.ts';

/** A rollout of three that was started from the review, and what its journal holds by then. */
async function started(told: (link: ScriptedLink) => void): Promise<Opened> {
  const opened = openConsole({
    prepare: (ports, clock) => {
      const link = scriptedLink(clock);
      ports.launch = () => ({ ok: true, link });
      link.say(planned(planOfThree(), reached));
      link.say(runnerStarted);
      told(link);
      link.caughtUp();
    },
  });
  await toReview(opened);
  await opened.press('G');
  await opened.sees('rollout 7f3a');
  return opened;
}

test('goes from the profiles to a rollout with another key than the one that led there', async () => {
  const opened = await started((link) => {
    link.observe(observed(['a']));
  });
  expect(opened.ports.asked).toContainEqual({ start: 'real', targets: ['10.0.0.11:8080', '10.0.0.12:8080'] });
  expect(opened.screen()).toMatch(/1 {1,2}10\.0\.0\.11:8080 .*● on w5 v41/);
});

test('those whom the profile wants told are told of a rollout of the console, in its language', async () => {
  const reviewed: unknown[] = [];
  const opened = openConsole({
    language: 'zh-CN',
    prepare: (ports) => {
      const told = { notify: [{ slack: 'env:SLACK' }] };
      ports.entries = [{ ...profileEntry('prod-sh'), kept: { told } }];
      ports.review = (plan) => {
        reviewed.push(plan.notify);
        return Promise.resolve({ plan, nodes: ['http://10.0.0.1:8848'], findings: [] });
      };
    },
  });
  await opened.sees('prod-sh');
  await opened.press('enter');
  await opened.sees('orders');
  await opened.press('enter');
  await opened.sees('10.0.0.13:8080');
  await opened.press('space', 'enter', 'v');
  await opened.sees('通知');
  expect(opened.screen()).toContain('slack: paused, failed, stopped, finished');
  expect(reviewed).toMatchObject([{ language: 'zh-CN', to: [{ name: 'slack', url: 'env:SLACK' }] }]);
});

test('what a rollout has done is chosen no more when it is left, what it did not touch still is', async () => {
  const opened = await started((link) => {
    link.say({ type: 'enabled', target: '10.0.0.11:8080', attempt: 1, ms: 600 });
    link.say({ type: 'rollout-ended', outcome: 'aborted', exitCode: 1 });
  });
  await opened.press('esc');
  await opened.sees('10.0.0.13:8080');
  expect(opened.store.model().draft?.order.map(({ ip }) => ip)).toEqual(['10.0.0.12']);
  expect(opened.screen()).not.toContain('rollout 7f3a');
});

test('what an abort put back as it was is chosen still', async () => {
  const target = '10.0.0.11:8080';
  const opened = await started((link) => {
    disabledAndDraining(link, target);
    link.say({ type: 'abort-asked', how: 'put-back', by: 'deployer@bastion-1' });
    link.say({ type: 'enable-began', target, attempt: 1 });
    for (const registration of [0, 1])
      link.say({ type: 'read-back', target, registration, enabled: true, nodes: [{ node: 'a', ms: 600 }] });
    link.say({ type: 'enabled', target, attempt: 1, ms: 600 });
    link.say({ type: 'rollout-ended', outcome: 'aborted', exitCode: 1 });
  });
  await opened.press('esc');
  await opened.sees('10.0.0.13:8080');
  expect(opened.store.model().draft?.order.map(({ ip }) => ip)).toEqual(['10.0.0.11', '10.0.0.12']);
});

test('says before the review that no journal can be kept here', async () => {
  const reviewed: unknown[] = [];
  const opened = openConsole({
    prepare: (ports) => {
      ports.obstacle = { kind: 'no-home' };
      ports.review = (plan) => {
        reviewed.push(plan);
        return Promise.reject(new Error('it was asked for'));
      };
    },
  });
  await opened.sees('prod-sh');
  await opened.press('enter');
  await opened.sees('orders');
  await opened.press('enter');
  await opened.sees('10.0.0.13:8080');
  await opened.press('space', 'enter', 'v');
  await opened.sees('There is no home directory to keep journals in');
  expect(reviewed).toEqual([]);
});

test('takes the order that the operator gave, and names companions', async () => {
  const opened = await atServices();
  await opened.press('enter');
  await opened.sees('10.0.0.13:8080');
  await opened.press('a', 'J', 'c');
  await opened.sees('DUBBO_GROUP@@providers');
  await opened.type('dub');
  await opened.press('tab', 'enter');
  await opened.sees(':20880 providers:com.acme.Orders:1.0.0:');
  await opened.press('enter', 'v');
  await opened.sees('Review of a rollout');
  const made = opened.store.model().reviewed?.plan.targets;
  expect(made?.map(({ name }) => name)).toEqual(['10.0.0.12:8080', '10.0.0.11:8080', '10.0.0.13:8080']);
  expect(made?.[0]?.registrations.map(({ port }) => port)).toEqual([8080, 20_880]);
});

test('asks for the name of the service in production, and takes no other', async () => {
  const opened = openConsole({
    prepare: (ports) => {
      const [first] = ports.entries;
      if (first !== undefined) ports.entries = [{ ...first, spec: { ...first.spec, isProduction: true } }];
    },
  });
  await toReview(opened);
  expect(opened.screen()).toContain('▲PRODUCTION');
  await opened.press('G');
  await opened.sees('Type orders to start');
  await opened.type('shop');
  await opened.press('enter');
  await opened.sees('That is not orders');
  expect(opened.ports.asked).not.toContainEqual(expect.objectContaining({ start: 'real' }));
  await opened.type('orders');
  await opened.press('enter');
  await opened.sees('no script');
  expect(opened.ports.asked).toContainEqual(expect.objectContaining({ start: 'real' }));
});

test('starts nothing with a read-only profile, but rehearses', async () => {
  const opened = openConsole({
    prepare: (ports) => {
      const [first] = ports.entries;
      if (first !== undefined) ports.entries = [{ ...first, spec: { ...first.spec, isReadOnly: true } }];
    },
  });
  await toReview(opened);
  await opened.press('G');
  await opened.sees('This profile is read-only');
  await opened.press('D');
  await opened.sees('no script');
  expect(opened.ports.asked).toContainEqual(expect.objectContaining({ start: 'rehearsal' }));
});

test('starts nothing while something speaks against it, until the name of the service is typed', async () => {
  const opened = openConsole({
    prepare: (ports) => {
      const refusal = { kind: 'last-one', service: 'orders' } as const;
      ports.findings = [
        { level: 'good', kind: 'leader', isThere: true, isKnown: true },
        { level: 'refused', kind: 'guard', refusal, target: '10.0.0.11:8080' },
      ];
    },
  });
  await toReview(opened);
  await opened.press('G');
  await opened.sees('Something speaks against it');
  await opened.press('O');
  await opened.type('orders');
  await opened.press('enter');
  await opened.sees('Overridden by hand');
  expect(opened.store.model().reviewed?.plan.overrides).toEqual(['orders']);
});

test('saves the plan and shows the requests without sending one', async () => {
  const opened = openConsole({ size: { columns: 120, rows: 30 } });
  await toReview(opened);
  await opened.press('S');
  await opened.sees('Saved as plan-orders.yaml');
  await opened.press('@');
  await opened.sees("curl -X PUT 'http://10.0.0.1:8848/nacos/v1/ns/instance?ip=10.0.0.11&enabled=false'");
  await opened.press('esc');
  await opened.sees('Review of a rollout');
});

test('lists who consumes the services of the plan, on the review', async () => {
  const opened = openConsole({ size: { columns: 120, rows: 30 } });
  await toReview(opened);
  await opened.press('w');
  await opened.sees('Who consumes');
  expect(opened.screen()).toMatch(/orders: 1[^]*10\.9\.0\.1 \(gateway, Nacos-Java-Client:v2\.4\.2\)/);
  await opened.press('w');
  await opened.sees('Review of a rollout');
});

test.each([
  [reached, 'gateway, Nacos-Java-Client:v2.4.2'],
  [
    { ...reached, servers: ['http://10.7.0.1:8848'] },
    'This console is not connected to the Nacos of this rollout.',
  ],
])('during a rollout too, where that Nacos is asked', async (at, expected) => {
  const opened = openConsole({ size: { columns: 120, rows: 30 } });
  await toReview(opened);
  const link = scriptedLink(opened.clock);
  link.say(planned(planOfThree(), at));
  link.say(runnerStarted);
  opened.join(link, true);
  link.caughtUp();
  await opened.press('w');
  await opened.sees(expected);
});

test('asks for a password that no reference gives, shows stars, and keeps it out of the model', async () => {
  const opened = openConsole({
    prepare: (ports) => {
      const [first] = ports.entries;
      if (first !== undefined) ports.entries = [{ ...first, spec: { ...first.spec, username: 'nacos' } }];
    },
  });
  await opened.sees('prod-sh');
  await opened.press('enter');
  await opened.sees('Password of nacos');
  await opened.type('s3cret');
  await opened.sees('> ******');
  await opened.press('enter');
  await opened.sees('Services 3 of 3');
  expect(opened.ports.asked).toContainEqual({ connect: 'prod-sh', typedPassword: 's3cret' });
  expect(JSON.stringify(opened.store.model())).not.toContain('s3cret');
});
