import { expect, test } from 'vitest';
import type { Event, Fact } from '../../src/core/event/event.ts';
import { stamp } from '../../src/core/text/stamp.ts';
import { toldWhileOff } from '../live/clients/told-while-off.ts';

const target = '10.0.0.1:80';
const request = { method: 'PATCH', url: '', hasToken: false };
const enable = { registration: 0, enabled: true, weight: 1, purpose: 'enable', request } as const;

const events = [
  event(0, 10_000, { type: 'disabled', target, attempt: 1, ms: 1 }),
  event(1, 50_000, { type: 'write-began', target, ...enable }),
];

function event(seq: number, at: number, fact: Fact): Event {
  return { v: 1, seq, at: stamp(at), rollout: '0', ...fact };
}

const on = (at: number) => ({ at, hosts: ['10.0.0.2:80', target] });
const off = (at: number) => ({ at, hosts: ['10.0.0.2:80'] });

test('a consumer that is told between our disable and our enable is counted, with its time', () => {
  const [time] = toldWhileOff(events, [on(0), off(9_990), on(30_000), off(30_600), on(49_000)]);
  expect(time).toEqual({ target, offMs: 40_000, toldTimes: 2, toldMs: 600 + 1_000, lateMs: 0 });
});

test('one that hears of our disable a little later, and of our enable, was not told meanwhile', () => {
  const [time] = toldWhileOff(events, [on(0), off(10_020), on(50_500)]);
  expect(time).toEqual({ target, offMs: 40_000, toldTimes: 0, toldMs: 0, lateMs: 20 });
});
