import { expect, onTestFinished, test } from 'vitest';
import { profileEntry } from '../tui/support/fake-ports.ts';
import { fakeRegistry, usualInstances } from '../tui/support/fake-registry.ts';
import { realDoctor, type DoctorHouse } from '../../src/wiring/doctor.ts';
import { realClock } from '../../src/world/clock.ts';
import { type Script, scriptedServer } from '../support/servers/scripted-server.ts';
import { virtualClock } from '../support/time/virtual-clock.ts';

async function differenceTo(
  said: ReturnType<Script>,
  clock: DoctorHouse['clock'],
): Promise<number | undefined> {
  const server = await scriptedServer(() => said);
  onTestFinished(() => server.close());
  const { spec } = profileEntry('x', { servers: [server.url] });
  const doctor = realDoctor({ clock, state: { root: '/none' } } as unknown as DoctorHouse);
  const registry = fakeRegistry({ list: usualInstances, unreadable: [] });
  return doctor.clockDifference({ spec, reached: { ...spec, product: 'nacos', version: '2.2.4' }, registry });
}

test('the clock of a server is read from the head of its answer, whether the body ever ends or not', async () => {
  expect(Math.abs((await differenceTo('stall', realClock)) ?? Infinity)).toBeLessThan(60_000);
});

test('the clock of a server that says nothing is waited for as long as any answer', async () => {
  const clock = virtualClock();
  const asked = differenceTo('hang', clock);
  while (clock.pendingCount === 0) await clock.advance(0);
  await clock.advance(5000);
  expect(await asked).toBeUndefined();
});
