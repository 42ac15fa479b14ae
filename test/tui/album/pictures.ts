import type { Language } from '../../../src/i18n/language.ts';
import { instanceOf, orders, usualInstances } from '../support/fake-registry.ts';
import { type OpenOptions, type Opened, openConsole } from '../support/open-console.ts';
import { deployFailed, disabledAndDraining, first, openRollout, second } from '../support/open-rollout.ts';
import { toReview } from '../support/to-review.ts';
import { observed, planByEvidence } from '../support/usual-plan.ts';
import { oneOfEach } from '../stay/journals.ts';

/** What somebody sees on the way: `walk` goes there, over a clock and a registry that are the same each time. */
type Picture = {
  readonly name: string;
  readonly language: Language;
  readonly walk: (options: OpenOptions) => Promise<Opened>;
};

/** With one that is off and one that is ill. */
function registered({ instances }: Opened['ports']): void {
  const off = instanceOf(orders, '10.0.0.14', 8080, { enabled: false });
  const ill = instanceOf(orders, '10.0.0.15', 8080, { healthy: false, metadata: {} });
  instances.list = [...usualInstances, off, ill];
}

/** At the services, once the pointed one was looked at. */
async function services(options: OpenOptions): Promise<Opened> {
  const opened = openConsole({ prepare: registered, ...options });
  await opened.sees('prod-sh');
  await opened.press('enter');
  await opened.sees('orders');
  for (let passed = 0; passed < 3; passed += 1) await opened.second();
  return opened;
}

async function instances(options: OpenOptions): Promise<Opened> {
  const opened = await services(options);
  await opened.press('enter');
  await opened.sees('10.0.0.13:8080');
  await opened.press('space', 'space');
  await opened.second();
  return opened;
}

async function reviewed(options: OpenOptions): Promise<Opened> {
  const opened = openConsole({ prepare: registered, ...options });
  await toReview(opened);
  await opened.second();
  return opened;
}

/** Eight seconds into the drain of the first of three, that somebody called a second ago. */
async function draining(options: OpenOptions, world: 'real' | 'rehearsal' = 'real'): Promise<Opened> {
  const opened = await openRollout({ ...options, world, plan: planByEvidence() });
  const { link } = opened;
  link.observe(observed(['a']));
  disabledAndDraining(link, first);
  link.observe(observed(['a'], ({ ip }) => (ip === '10.0.0.11' ? { enabled: false } : {})));
  for (let passed = 0; passed < 8; passed += 1) await opened.second();
  const caller = {
    source: 'connections',
    registration: 0,
    caller: '10.0.0.5',
    perSecond: 2.5,
    callsSince: 4,
    lastMs: 7000,
    silentMs: 1000,
    neededMs: 9000,
  };
  const perSecond = { fromMs: -4000, counts: [8, 8, 4, 8, 2, 1, 0, 0, 5, 1, 0, 0] };
  const calls = { target: first, callers: [caller], doubts: [], perSecond };
  link.send({ kind: 'calls', calls: [{ ...calls, waitsFor: 'silence', untilMs: 16_000 }] });
  await opened.second();
  return opened;
}

async function failed(options: OpenOptions): Promise<Opened> {
  const opened = await openRollout(options);
  opened.link.observe(observed(['a'], ({ ip }) => (ip === '10.0.0.11' ? { enabled: false } : {})));
  deployFailed(opened.link, first);
  await opened.second();
  return opened;
}

async function done(options: OpenOptions): Promise<Opened> {
  const opened = await openRollout(options);
  opened.link.observe(observed(['a']));
  for (const target of [first, second, '10.0.0.13:8080']) {
    disabledAndDraining(opened.link, target);
    await opened.second();
    opened.link.say({ type: 'drain-ended', target, attempt: 1, ms: 1000 });
    opened.link.say({
      type: 'deploy-began',
      target,
      attempt: 1,
      command: './redeploy.sh',
      directory: 'deploy-1',
    });
    await opened.second();
    opened.link.say({
      type: 'deploy-ended',
      target,
      attempt: 1,
      ms: 1000,
      result: { kind: 'exited', code: 0 },
    });
    opened.link.say({ type: 'check-began', target, attempt: 1 });
    opened.link.say({ type: 'check-passed', target, attempt: 1, ms: 20, isRestarted: true });
    opened.link.say({ type: 'enable-began', target, attempt: 1 });
    for (const registration of [0, 1]) {
      const write = { target, registration, enabled: true, purpose: 'enable' } as const;
      const request = { method: 'PUT', url: 'http://10.0.0.1:8848/nacos/v1/ns/instance', hasToken: true };
      opened.link.say({ type: 'write-began', ...write, weight: 5, request });
      opened.link.say({ type: 'write-ended', ...write, outcome: 'accepted', ms: 4 });
      opened.link.say({
        type: 'read-back',
        target,
        registration,
        enabled: true,
        nodes: [{ node: 'a', ms: 600 }],
      });
    }
    await opened.second();
    opened.link.say({ type: 'enabled', target, attempt: 1, ms: 600 });
  }
  opened.link.say({ type: 'rollout-ended', outcome: 'done', exitCode: 0 });
  await opened.second();
  return opened;
}

async function rollouts(options: OpenOptions): Promise<Opened> {
  const opened = openConsole({
    ...options,
    prepare: (ports, clock) => {
      ports.open = oneOfEach(clock).map(({ open }) => open);
    },
  });
  await opened.second();
  await opened.press('l', 'L');
  await opened.sees('bbbb2222');
  return opened;
}

async function doctor(options: OpenOptions): Promise<Opened> {
  const since = '2026-11-21T20:00:00.000Z';
  const opened = await services({
    ...options,
    prepare: (ports) => {
      registered(ports);
      ports.ailments = [
        { level: 'bad', kind: 'lock', id: 'aaaa1111', by: ports.who, since, service: 'orders', isDead: true },
        { level: 'good', kind: 'state', path: '/state' },
      ];
    },
  });
  await opened.press('H');
  await opened.sees('aaaa1111');
  return opened;
}

/** Where `walk` leads, and these keys then. */
function then(walk: Picture['walk'], ...keys: readonly string[]): Picture['walk'] {
  return async (options) => {
    const opened = await walk(options);
    await opened.press(...keys);
    await opened.second();
    return opened;
  };
}

async function profile(options: OpenOptions): Promise<Opened> {
  const opened = openConsole(options);
  await opened.sees('prod-sh');
  await opened.press('n', 'enter');
  await opened.type('prod');
  await opened.press('enter', 'down', 'enter');
  await opened.type('10.0.0.1');
  await opened.clock.advance(500);
  await opened.second();
  return opened;
}

/** Each in a small window, in one of the languages. */
export const small: readonly Picture[] = [
  { name: 'services', language: 'zh-CN', walk: services },
  { name: 'filter', language: 'en', walk: then(services, '/', 'off>0', 'enter') },
  { name: 'instances', language: 'en', walk: instances },
  { name: 'order', language: 'zh-CN', walk: then(instances, 'enter') },
  { name: 'review', language: 'en', walk: reviewed },
  { name: 'rehearsal', language: 'zh-CN', walk: (options) => draining(options, 'rehearsal') },
  { name: 'drain by evidence', language: 'en', walk: draining },
  { name: 'deploy failed', language: 'zh-CN', walk: failed },
  { name: 'frozen', language: 'en', walk: then(draining, 'F') },
  { name: 'abort', language: 'zh-CN', walk: then(draining, 'A') },
  { name: 'done', language: 'en', walk: done },
  { name: 'rollouts of this machine', language: 'zh-CN', walk: rollouts },
  { name: 'profile', language: 'en', walk: profile },
  { name: 'palette', language: 'zh-CN', walk: then(services, ':', 'o', 'r', 'd') },
  { name: 'doctor', language: 'en', walk: then(doctor, 'm') },
  { name: 'help', language: 'en', walk: then(services, '?') },
];

/** Those that have panes, in a window that has room for them. */
export const wide: readonly Picture[] = [
  { name: 'services', language: 'en', walk: services },
  { name: 'instances', language: 'en', walk: then(instances, 'j') },
  { name: 'drain by evidence', language: 'en', walk: draining },
  { name: 'deploy failed', language: 'en', walk: failed },
  { name: 'done', language: 'en', walk: done },
];
