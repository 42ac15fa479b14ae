import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { replay } from '../../src/core/apply.ts';
import { eventSchema, eventVersion } from '../../src/core/event.ts';
import { offByUs } from '../../src/core/rollout.ts';
import { parseJournal } from '../../src/runner/journal.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
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
