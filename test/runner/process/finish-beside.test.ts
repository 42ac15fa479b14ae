import { expect, test } from 'vitest';
import type { Event } from '../../../src/core/event/event.ts';
import type { CommandResult } from '../../../src/core/event/failure.ts';
import { isLeftBeside } from '../../../src/core/report/left-beside.ts';
import { finishBeside } from '../../../src/runner/process/finish-beside.ts';
import type { CommandOrder, Commands } from '../../../src/world/world.ts';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';

const finish = { run: './tell.sh', timeoutMs: 60_000, retries: 1, waitMs: 0 };
const good: CommandResult = { kind: 'exited', code: 0 };
const bad: CommandResult = { kind: 'exited', code: 1 };

/** A rollout that ended without anybody who runs what belongs beside it. */
async function endedPlace() {
  const { run, place, paper } = plainPlace(plainScenario(1, (plan) => ({ ...plan, on: { finish } })));
  expect(await run().end()).toBe(0);
  const events = (): readonly Event[] => paper.events();
  const append = (event: Event): void => paper.append(`${JSON.stringify(event)}\n`);
  /** `isCut`: nobody hears any more how the last one ended. */
  const finishWith = (
    results: readonly CommandResult[],
    options: { isCut?: boolean; isFull?: boolean } = {},
  ) => {
    const ran: CommandOrder[] = [];
    const recovered: CommandOrder[] = [];
    const answer = async (order: CommandOrder, orders: CommandOrder[]): Promise<CommandResult> => {
      orders.push(order);
      const result = results[ran.length + recovered.length - 1];
      return result ?? (await new Promise<never>(() => undefined));
    };
    const commands: Commands = {
      obstacle: () => undefined,
      run: (order) => answer(order, ran),
      recover: (order) => answer(order, recovered),
    };
    const journal = {
      append:
        options.isFull === true
          ? (): never => {
              throw new Error('the disk is full');
            }
          : append,
    };
    const ended = { rollout: paper.read(), events: [...events()], directory: '/state' };
    const done = finishBeside(ended, journal, { clock: place.clock, commands });
    return { ran, recovered, done };
  };
  return { place, events, finishWith };
}

test('the command on finish of a rollout whose runner was killed then is run once, and then nothing is left', async () => {
  const { events, finishWith } = await endedPlace();
  expect(isLeftBeside(events())).toBe(true);
  const { ran, done } = finishWith([good]);
  await done;
  expect(ran.map(({ environment }) => environment['NACOS_ROLLOUT_ON'])).toEqual(['finish']);
  expect(events().at(-1)).toMatchObject({ type: 'occasion-ended', on: 'finish', result: good });
  expect(isLeftBeside(events())).toBe(false);
  const again = finishWith([good]);
  await again.done;
  expect(again.ran).toEqual([]);
});

test('one that began is asked how it ended, and only then tried again', async () => {
  const { place, events, finishWith } = await endedPlace();
  void finishWith([]).done;
  await place.clock.advance(100);
  expect(events().at(-1)).toMatchObject({ type: 'occasion-began', attempt: 1 });
  expect(isLeftBeside(events())).toBe(true);
  const { ran, recovered, done } = finishWith([bad, bad]);
  await place.clock.advance(100);
  await done;
  expect([recovered.length, ran.length]).toEqual([1, 1]);
  expect(isLeftBeside(events())).toBe(false);
});

test('what cannot be put down is not begun', async () => {
  const { events, finishWith } = await endedPlace();
  const before = events().length;
  const { ran, done } = finishWith([good], { isFull: true });
  await done;
  expect(ran).toEqual([]);
  expect(events()).toHaveLength(before);
});

test('a plan without commands and receivers leaves nothing', async () => {
  const { run, paper } = plainPlace(plainScenario(1));
  await run().end();
  expect(isLeftBeside(paper.events())).toBe(false);
});
