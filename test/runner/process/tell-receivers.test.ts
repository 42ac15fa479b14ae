import { expect, test } from 'vitest';
import type { Event } from '../../../src/core/event/event.ts';
import type { Notice } from '../../../src/core/report/due-notices.ts';
import type { Occasion } from '../../../src/core/notify/receiver.ts';
import { tellReceivers } from '../../../src/runner/process/tell-receivers.ts';
import { rehearsalWorld } from '../../../src/rehearsal/rehearse.ts';
import type { RequestText } from '../../../src/world/registry.ts';
import type { Notifier, Told } from '../../../src/world/world.ts';
import { isAllOn, plainPlace, plainScenario } from '../../simulation/run-plain.ts';

function placeOf(on: readonly Occasion[]) {
  const receiver = { name: 'wecom', kind: 'wecom', url: 'env:WECOM', on } as const;
  return plainPlace(plainScenario(2, (plan) => ({ ...plan, notify: { to: [receiver] } })));
}

type Tell = Notifier['tell'];

function notifierOf(tell: Tell): Notifier {
  return {
    tell,
    requestOf: ({ url }, { event }) => ({ method: 'POST', url, body: event.type, hasToken: false }),
  };
}

const noticesIn = (events: readonly Event[]): readonly Event[] =>
  events.filter(({ type }) => type.startsWith('notification-'));
const typesIn = (events: readonly Event[]): readonly string[] =>
  events.filter((event) => !event.type.startsWith('notification-')).map(({ type }) => type);

test('a receiver that never answers changes nothing of the rollout, and the runner waits 10 s for it at the end', async () => {
  const without = plainPlace(plainScenario(2)).run();
  expect(await without.end()).toBe(0);
  const { place, run } = placeOf(['disabled', 'enabled', 'finished']);
  const rollout = run();
  const { clock } = place;
  let isTold = false;
  const tell: Tell = (_receiver, _notice, signal) =>
    new Promise((resolve) => {
      const why = { kind: 'no-time' } as const;
      signal.addEventListener('abort', () => resolve({ kind: 'failed', tries: 1, why }), { once: true });
      if (signal.aborted) resolve({ kind: 'failed', tries: 1, why });
    });
  const receivers = tellReceivers(rollout.life.runner, { clock, notifier: notifierOf(tell) }, []);
  expect(await rollout.end()).toBe(0);
  expect(isAllOn(place)).toBe(true);
  expect(typesIn(rollout.events)).toEqual(typesIn(without.events));
  expect(noticesIn(rollout.events)).toEqual([]);
  const endedMs = clock.monotonic();
  void receivers.finish().then(() => (isTold = true));
  await clock.advance(9_999);
  expect(isTold).toBe(false);
  await rollout.until(() => isTold);
  expect(clock.monotonic() - endedMs).toBeLessThanOrEqual(10_200);
  const failed = noticesIn(rollout.events);
  expect(failed).toHaveLength(5);
  expect(failed.every((event) => event.type === 'notification-failed' && event.why.kind === 'no-time')).toBe(
    true,
  );
});

test('a receiver is told one event after the other, and the journal says of which', async () => {
  const { place, run } = placeOf(['enabled', 'finished']);
  const rollout = run();
  const { clock } = place;
  const told: string[] = [];
  let atOnce = 0;
  const tell: Tell = async (_receiver, { event }) => {
    atOnce += 1;
    expect(atOnce).toBe(1);
    told.push('target' in event ? `${event.type} ${event.target}` : event.type);
    await clock.sleep(60_000);
    atOnce -= 1;
    return { kind: 'sent', tries: 2 } satisfies Told;
  };
  const receivers = tellReceivers(rollout.life.runner, { clock, notifier: notifierOf(tell) }, []);
  expect(await rollout.end()).toBe(0);
  await clock.advance(200_000);
  await receivers.finish();
  expect(told).toEqual(['enabled 10.0.0.1:8080', 'enabled 10.0.0.2:8080', 'rollout-ended']);
  const about = rollout.events.filter(({ type }) => ['enabled', 'rollout-ended'].includes(type));
  expect(noticesIn(rollout.events)).toMatchObject(
    about.map(({ seq }) => ({ type: 'notification-sent', receiver: 'wecom', about: seq, tries: 2 })),
  );
});

test('what a killed runner did not tell, the next one does, and nothing twice', async () => {
  const { place, run } = placeOf(['disabled', 'enabled']);
  const { clock } = place;
  const told: string[] = [];
  const named = (event: Event): string => `${event.type} ${'target' in event ? event.target : ''}`;
  const first = run();
  const before: Notice[] = [];
  const { runner } = first.life;
  runner.follow((event) => before.push({ event, rollout: runner.rollout() }));
  const mute: Tell = async (_receiver, { event }) => {
    if (event.type === 'enabled') return new Promise(() => undefined);
    told.push(named(event));
    return { kind: 'sent', tries: 1 };
  };
  tellReceivers(first.life.runner, { clock, notifier: notifierOf(mute) }, []);
  await first.untilEvent('enabled');
  expect(noticesIn(first.events)).toHaveLength(1);
  first.life.die();
  await clock.advance(70_000);
  const second = run({ isResumed: true });
  const tell: Tell = async (_receiver, { event }) => {
    told.push(named(event));
    return { kind: 'sent', tries: 1 };
  };
  const receivers = tellReceivers(second.life.runner, { clock, notifier: notifierOf(tell) }, before);
  expect(await second.end()).toBe(0);
  await receivers.finish();
  expect(told).toEqual([
    'disabled 10.0.0.1:8080',
    'enabled 10.0.0.1:8080',
    'disabled 10.0.0.2:8080',
    'enabled 10.0.0.2:8080',
  ]);
});

test('a rehearsal tells nobody, and lists what would be sent', async () => {
  const { place, run } = placeOf(['finished']);
  const rollout = run();
  const listed: RequestText[] = [];
  const tell: Tell = () => Promise.reject(new Error('nobody is told'));
  const real = { ...place.world, notifier: notifierOf(tell) };
  const world = rehearsalWorld(real, (request) => listed.push(request));
  const receivers = tellReceivers(rollout.life.runner, world, []);
  await rollout.end();
  await receivers.finish();
  expect(listed).toEqual([{ method: 'POST', url: 'env:WECOM', body: 'rollout-ended', hasToken: false }]);
  expect(noticesIn(rollout.events)).toEqual([]);
});
