import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CommandResult } from '../../src/core/event/failure.ts';
import { stamp } from '../../src/core/text/stamp.ts';
import { realClock } from '../../src/world/clock.ts';
import { realCommands } from '../../src/world/commands.ts';
import { ranForMs } from '../../src/world/world.ts';
import { newDirectory } from '../support/new-directory.ts';
import { virtualClock } from '../support/time/virtual-clock.ts';

const never = new AbortController().signal;
const exited = { kind: 'exited', code: 0 } as const;

/** What an earlier runner began, with the files that its command wrote, by seconds. */
async function recovered(files: Readonly<Record<string, number>>, journaledMs: number) {
  const directory = newDirectory('ran');
  mkdirSync(join(directory, 'claim'));
  for (const [name, seconds] of Object.entries(files)) {
    writeFileSync(join(directory, name), name === 'ended' ? '0' : '2147483600');
    utimesSync(join(directory, name), seconds, seconds);
  }
  const clock = virtualClock();
  await clock.advance(60_000);
  const commands = realCommands(realClock, {});
  const order = {
    directory,
    command: { run: 'true', timeoutMs: 1000 },
    workingDirectory: '/',
    environment: {},
  };
  const beganAt = stamp(clock.wallClock() - journaledMs);
  const found: CommandResult = 'began' in files ? await commands.recover(order, never) : exited;
  return { result: found, ms: ranForMs({ clock, commands }, order, { result: found, beganAt }) };
}

test('what ended while nobody was there ran for as long as its files say', async () => {
  expect(await recovered({ began: 1000, ended: 1015 }, 40_000)).toEqual({ result: exited, ms: 15_000 });
});

test('where they do not tell, it is as long as since its beginning was written down', async () => {
  expect(await recovered({ began: 1000 }, 40_000)).toEqual({ result: { kind: 'lost' }, ms: 40_000 });
  expect(await recovered({}, 40_000)).toEqual({ result: exited, ms: 40_000 });
});

test('a clock that was set back makes no time negative', async () => {
  expect((await recovered({ began: 1015, ended: 1000 }, 40_000)).ms).toBe(0);
  expect((await recovered({}, -40_000)).ms).toBe(0);
});

test('what never began took no time of an earlier runner', () => {
  const order = {
    directory: '/nowhere',
    command: { run: 'true', timeoutMs: 1 },
    workingDirectory: '/',
    environment: {},
  };
  const told = { result: { kind: 'never-began' }, beganAt: '2026-11-21T20:00:00.000Z' } as const;
  expect(
    ranForMs({ clock: virtualClock(), commands: realCommands(realClock, {}) }, order, told),
  ).toBeUndefined();
});
