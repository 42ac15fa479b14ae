import { expect, test } from 'vitest';
import type { StartRequest } from '../../../src/runner/ports/face-ports.ts';
import { type Opened, openConsole } from '../support/open-console.ts';
import { type FakePorts, profileEntry } from '../support/fake-ports.ts';
import { planned, runnerStarted, scriptedLink } from '../support/scripted-link.ts';
import { planOfThree, reached } from '../support/usual-plan.ts';

const refused = {
  level: 'refused',
  kind: 'guard',
  target: '10.0.0.11:8080',
  refusal: { kind: 'below-minimum', service: 'orders', now: 3, after: 1, minimum: 2, seenBy: 'a' },
} as const;
const good = { level: 'good', kind: 'leader', isThere: true, isKnown: true } as const;

/** Two profiles, each with a command and a drain of its own. */
function twoProfiles(ports: FakePorts, servers: readonly string[]): void {
  ports.entries = [
    { ...profileEntry('prod-sh'), defaults: { deploy: './staging.sh', drain: '3s' } },
    { ...profileEntry('staging', { servers }), defaults: { deploy: './prod.sh', drain: '50s' } },
  ];
  ports.findings = [refused];
}

/** From the services to a review of two of `orders`, with an override that was typed for it. */
async function overridden(opened: Opened): Promise<void> {
  await opened.sees('orders');
  await opened.press('enter');
  await opened.sees('10.0.0.13:8080');
  await opened.press('space', 'space', 'enter', 'v');
  await opened.clock.advance(0);
  await opened.press('O');
  await opened.type('orders');
  await opened.press('enter');
  await opened.clock.advance(0);
  expect(opened.store.model().draft?.overrides).toEqual(['orders']);
}

test.each([
  ['another Nacos', ['http://10.77.0.1:8848']],
  ['another profile of this Nacos', reached.servers],
])('what was typed at one profile is not used at %s', async (_of, servers) => {
  const started: StartRequest[] = [];
  const opened = openConsole({
    prepare: (ports) => {
      twoProfiles(ports, servers);
      ports.launcher.start = (request) => {
        started.push(request);
        return Promise.resolve({ ok: false, problem: { kind: 'runner-failed', detail: 'no script' } });
      };
    },
  });
  await opened.sees('prod-sh');
  await opened.press('enter');
  await overridden(opened);
  await opened.press('esc', 'esc', 'esc', 'esc', 'down', 'enter');
  await opened.sees('orders');
  opened.ports.findings = [good];
  await opened.press('enter');
  await opened.sees('10.0.0.13:8080');
  expect(opened.store.model().draft?.order).toEqual([]);
  await opened.press('space', 'enter', 'v');
  await opened.sees('Raft leader');
  await opened.press('G');
  await opened.clock.advance(0);
  const plan = started[0]?.plan;
  expect(plan?.overrides).toEqual([]);
  expect(plan?.targets[0]).toMatchObject({ deploy: { run: './prod.sh' }, drain: { ms: 50_000 } });
});

test('what was typed is found again by who went to the profiles and came back', async () => {
  const opened = openConsole({ prepare: (ports) => twoProfiles(ports, ['http://10.77.0.1:8848']) });
  await opened.sees('prod-sh');
  await opened.press('enter');
  await overridden(opened);
  await opened.press('esc', 'esc', 'esc', 'esc', 'enter');
  await opened.sees('orders');
  await opened.press('enter');
  await opened.sees('10.0.0.13:8080');
  expect(opened.store.model().draft).toMatchObject({ overrides: ['orders'], order: [{}, {}] });
});

test.each([
  ['real', []],
  ['rehearsal', ['orders']],
] as const)('after a %s rollout has begun the draft still overrides %j', async (world, overrides) => {
  const opened = openConsole({ prepare: (ports) => twoProfiles(ports, ['http://10.77.0.1:8848']) });
  await opened.sees('prod-sh');
  await opened.press('enter');
  await overridden(opened);
  const link = scriptedLink(opened.clock);
  link.say(planned(planOfThree(), reached, world));
  link.say(runnerStarted);
  opened.join(link, true);
  link.caughtUp();
  expect(opened.store.model().draft?.overrides).toEqual(overrides);
});
