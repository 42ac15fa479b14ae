import { expect, test } from 'vitest';
import { commandFileSchema, commandOf } from '../../../src/core/hooks/command.ts';

test.each([
  [{ run: './smoke.sh' }, { run: './smoke.sh', timeoutMs: 5000 }],
  [
    { argv: ['./smoke', '-a'], timeout: '2m' },
    { argv: ['./smoke', '-a'], timeoutMs: 120_000 },
  ],
  [
    { run: 'x', retries: 2 },
    { run: 'x', timeoutMs: 5000, retries: 2, waitMs: 10_000 },
  ],
  [
    { run: 'x', retries: 2, wait: '1s' },
    { run: 'x', timeoutMs: 5000, retries: 2, waitMs: 1000 },
  ],
])('%j is %j', (written, command) => {
  expect(commandOf(commandFileSchema.parse(written), 5000)).toEqual(command);
});

test.each([{ run: 'x', wait: '1s' }, { run: 'x', argv: ['y'] }, { argv: [] }, { run: 'x', retries: 0 }])(
  '%j is no command',
  (written) => {
    expect(commandFileSchema.safeParse(written).success).toBe(false);
  },
);
