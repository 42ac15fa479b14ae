import { join } from 'node:path';
import type { ExpectStatic } from 'vitest';
import type { Event } from '../../../src/core/event/event.ts';
import { journalText } from './night-journal.ts';
import type { NightPlace } from './night-place.ts';
import { until } from '../time/until.ts';

/** The journal of the night, as `journalText` has it: on every Nacos, and however it is run. `vitest -u` writes it anew. */
const expected = join(import.meta.dirname, 'journal.txt');

/** The same journal as on every other Nacos, and what it says is so. */
export async function expectNight(place: NightPlace, expect: ExpectStatic): Promise<void> {
  // Receivers are told, and a command runs beside it, while it ends.
  const count = (type: Event['type']): number =>
    place.journal().filter((event) => event.type === type).length;
  await until(() => count('occasion-ended') === 1 && count('notification-sent') === 4);
  await expect(journalText(place.journal(), place.names)).toMatchFileSnapshot(expected);
  expect(place.fleet.versions()).toEqual(Array(40).fill('2'));
  const told = place.told.webhook.map((event) =>
    'gate' in event ? `${event.type} ${event.gate}` : event.type,
  );
  expect(told).toEqual(['gate-reached canary', 'gate-passed canary', 'rollout-ended']);
  expect(place.told.group).toEqual([expect.stringContaining('The rollout is done.')]);
  expectOrder(place, expect);
  const ahead = place.journal().filter((event) => event.type === 'disable-began' && event.isAhead);
  expect(ahead.length).toBeGreaterThan(0);
}

/** Of each target its commands in turn, and none of a batch before those of the one before it are through. */
function expectOrder(place: NightPlace, expect: ExpectStatic): void {
  const lines = place.ran();
  const planned = place.journal().find(({ type }) => type === 'rollout-planned');
  if (planned?.type !== 'rollout-planned') throw new Error('nothing was planned');
  const at = (line: string): number => {
    expect(lines.filter((one) => one === line)).toEqual([line]);
    return lines.indexOf(line);
  };
  const { targets } = planned.plan;
  const named = targets.map(({ registrations: [main], batch }) => ({
    batch,
    name: `${main?.service} ${main?.ip}`,
  }));
  for (const { name } of named) {
    const before = name.startsWith('orders ') ? ['before'] : [];
    const turns = [...before, 'off', 'deploy', 'after'].map((what) => at(`${what} ${name}`));
    expect(turns, name).toEqual(turns.toSorted((one, other) => one - other));
  }
  for (const one of named)
    for (const later of named.filter(({ batch }) => batch > one.batch))
      expect(at(`deploy ${later.name}`), later.name).toBeGreaterThan(at(`after ${one.name}`));
  expect([lines[0], ...lines.slice(-2)]).toEqual(['begin', 'end', 'finish']);
  const ofOrders = Map.groupBy(
    named.filter(({ name }) => name.startsWith('orders ')),
    ({ batch }) => batch,
  );
  for (const [count, own] of [...ofOrders.values()].entries())
    expect(at(`batch ${count + 1}`)).toBeGreaterThan(Math.max(...own.map(({ name }) => at(`after ${name}`))));
}
