import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { replay } from '../../../src/core/apply/apply.ts';
import {
  type Event,
  type Fact,
  eventSchema,
  eventVersion,
  parseEvent,
} from '../../../src/core/event/event.ts';
import { offByUs, wasThere } from '../../../src/core/rollout/rollout.ts';
import { type InstanceId, instanceKey } from '../../../src/core/registry/service.ts';
import { parseJournal } from '../../../src/runner/store/journal.ts';
import { instance, registrationOf } from '../../simulation/scenario/scenario.ts';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { plannedLine } from '../../simulation/world/simulated-world.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures');
const names = readdirSync(fixtures).filter((name) => name.startsWith('journal-v'));

test('there is a journal of every version', () => {
  const versions = names.map((name) => Number(/journal-v(\d+)/.exec(name)?.[1]));
  expect(versions).toEqual(Array.from({ length: eventVersion }, (_, index) => index + 1));
});

test.each(names)('%s replays to its end', (name) => {
  const read = parseJournal(readFileSync(join(fixtures, name), 'utf8'));
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  const rollout = replay(read.events);
  expect(rollout?.ended).toMatchObject({ outcome: 'done', exitCode: 0 });
  expect(rollout?.targets.map(({ result }) => result)).toEqual(['done', 'done', 'done']);
  expect(rollout && offByUs(rollout)).toEqual([]);
  // Cut anywhere, it names what is off by then.
  const atDeploy = read.events.findIndex(({ type }) => type === 'deploy-began') + 1;
  const cut = replay(read.events.slice(0, atDeploy));
  expect(cut && offByUs(cut).map(({ target }) => target.name)).toEqual([
    '127.0.0.1:18181',
    '127.0.0.1:18181',
  ]);
});

test.each(names)('every line of %s fits the schema that `schema event` prints', (name) => {
  const published = z.fromJSONSchema(z.toJSONSchema(eventSchema, { io: 'input' }) as never);
  for (const line of readFileSync(join(fixtures, name), 'utf8').trimEnd().split('\n'))
    expect(published.safeParse(JSON.parse(line)), line).toMatchObject({ success: true });
  expect(published.safeParse({ v: 1, seq: 1, type: 'unheard-of' }).success).toBe(false);
});

test('addresses that a journal spells as they were registered are those that are meant', () => {
  const ofJava = { ...instance('orders', 'DEFAULT_GROUP', 1, 8080), ip: '2001:db8:0:0:0:0:0:6' };
  const target = '[2001:db8:0:0:0:0:0:6]:8080';
  const { plan } = plainScenario(1, (one) => ({
    ...one,
    targets: one.targets.map((of) => ({ ...of, name: target, registrations: [registrationOf(ofJava)] })),
  }));
  const moved = registrationOf(instance('orders', 'DEFAULT_GROUP', 2, 8080));
  const facts: readonly Fact[] = [
    { type: 'disable-began', target, attempt: 1 },
    {
      type: 'deploy-began',
      target,
      attempt: 1,
      command: 'x',
      directory: 'x',
      listed: [`public/DEFAULT_GROUP@@orders#${target}`],
    },
    { type: 'identified', target, registrations: [moved], by: 'nobody' },
    { type: 'mark-cleared', target, instance: target, outcome: 'accepted' },
  ];
  const planned = parseEvent(JSON.parse(plannedLine(plan, ['http://a'], true)));
  if (!planned.ok) throw new Error(planned.problem);
  const at = '2026-11-21T20:00:00.000Z';
  const events = facts.map(
    (fact, index): Event => ({ v: 1, seq: index + 1, at, rollout: 'simulated', ...fact }),
  );
  const rollout = replay([planned.event, ...events]);
  const [state] = rollout?.targets ?? [];
  if (rollout === undefined) throw new Error('no rollout');
  const isThere = (one: InstanceId): boolean | undefined =>
    wasThere(rollout, state?.deploy?.look, instanceKey(one));
  expect(isThere({ ...ofJava, ip: '2001:db8::6' })).toBe(true);
  expect(isThere({ ...ofJava, ip: '2001:db8::7' })).toBe(false);
  expect(state?.former).toEqual([]);
});

test('a journal that has all that was listed makes the same true as one that has what changed', async () => {
  const scenario = plainScenario(3);
  const rollout = plainPlace(scenario).run();
  await rollout.end();
  const planned = parseEvent(JSON.parse(plannedLine(scenario.plan, scenario.nodes, true)));
  if (!planned.ok) throw new Error(planned.problem);
  const there = new Set<string>();
  const older = rollout.events.map((event): Event => {
    if (event.type !== 'deploy-began') return event;
    const { appeared = [], vanished = [], beside = [], ...rest } = event;
    for (const key of appeared) there.add(key);
    for (const key of vanished) there.delete(key);
    return { ...rest, listed: [...there, ...beside] };
  });
  expect(there.size).toBeGreaterThan(3);
  for (const [index] of older.entries()) {
    const after = (events: readonly Event[]) => replay([planned.event, ...events.slice(0, index + 1)]);
    expect(after(older)).toEqual(after(rollout.events));
  }
});
