import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realClock } from '../../src/world/clock.ts';
import { realCommands } from '../../src/world/commands.ts';
import { newDirectory } from '../support/new-directory.ts';

const commands = realCommands(realClock, { PATH: process.env['PATH'] ?? '' });
const tidying = 'trap "sleep 0.5; echo tidied; exit 3" TERM; echo began; while :; do sleep 0.1; done';

test('a command that is out of time is asked to end, and may tidy up before it is made to', async () => {
  const directory = join(newDirectory('command'), 'deploy');
  const order = { directory, workingDirectory: '/', environment: {} };
  const command = { run: tidying, timeoutMs: 300 };
  const result = await commands.run({ ...order, command }, new AbortController().signal);
  expect(result).toEqual({ kind: 'timed-out', afterMs: 300 });
  expect(readFileSync(join(directory, 'output.log'), 'utf8').split('\n')).toContain('tidied');
});
