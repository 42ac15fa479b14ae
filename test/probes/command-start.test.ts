import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandEnvironment } from '../../src/core/command/command-environment.ts';
import type { CommandResult } from '../../src/core/event/failure.ts';
import type { Registration, Target } from '../../src/core/plan/plan.ts';
import { realProbe } from '../../src/probes/probe.ts';
import { realCaller } from '../../src/probes/call.ts';
import { realClock } from '../../src/world/clock.ts';
import { realCommands } from '../../src/world/commands.ts';
import { readStartLimits } from '../../src/world/start-limits.ts';
import type { CommandOrder } from '../../src/world/world.ts';
import { newDirectory } from '../support/new-directory.ts';
import { instance, registrationOf } from '../simulation/scenario/scenario.ts';

const { PATH = '' } = process.env;
const never = new AbortController().signal;
const own = registrationOf(instance('orders', 'DEFAULT_GROUP', 1, 8080));

/** What a command line finds, run as a deploy command of a target with this registration. */
async function deployed(
  line: string,
  listed: Partial<Registration> = {},
  place: { readonly env?: Record<string, string>; readonly cwd?: string; readonly directory?: string } = {},
): Promise<CommandResult & { readonly output: string; readonly order: CommandOrder }> {
  const directory = place.directory ?? join(newDirectory('command'), 'deploy');
  const order = orderOf(line, listed, directory, place.cwd);
  const result = await realCommands(realClock, { PATH, ...place.env }).run(order, never);
  return { ...result, output: textOf(join(directory, 'output.log')), order };
}

function orderOf(line: string, listed: Partial<Registration>, directory: string, cwd = '/'): CommandOrder {
  const command = { run: line, timeoutMs: 20_000 };
  const registrations = [{ ...own, ...listed }, ...companions];
  const target: Target = {
    name: 'one',
    stage: '',
    batch: 0,
    registrations,
    drain: { ms: 0 },
    deploy: command,
    check: { kind: 'registration', successes: 1, withinMs: 1 },
  };
  const environment = commandEnvironment({
    rollout: '0123abcd',
    profile: undefined,
    targets: [target],
    target,
    step: 'deploy',
    attempt: 1,
  });
  return { directory, command, workingDirectory: cwd, environment };
}

let companions: Registration[] = [];

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const told = 'printf %s "${NACOS_ROLLOUT_METADATA-none} ${NACOS_ROLLOUT_METADATA_FILE-none}"';

test('usual metadata is in the variable, and in no file', async () => {
  const { kind, output, order } = await deployed(told, { metadata: { zone: 'a', hostile: '\0"\ud800' } });
  expect({ kind, output }).toEqual({
    kind: 'exited',
    output: '{"zone":"a","hostile":"\\u0000\\"\\ud800"} none',
  });
  expect(textOf(join(order.directory, 'metadata.json'))).toBe('');
});

test('metadata that no variable takes is in a file of our own, whose path the variable holds', async () => {
  const metadata = { big: 'x'.repeat(140_000) };
  const stale = { NACOS_ROLLOUT_METADATA: 'of another rollout', NACOS_ROLLOUT_COMPANIONS_FILE: '/old' };
  const line = `${told}; cat "$NACOS_ROLLOUT_METADATA_FILE" >copy; printf %s "\${NACOS_ROLLOUT_COMPANIONS_FILE-}"`;
  const cwd = newDirectory('cwd');
  const { kind, output, order } = await deployed(line, { metadata }, { env: stale, cwd });
  const path = join(order.directory, 'metadata.json');
  expect({ kind, output }).toEqual({ kind: 'exited', output: `none ${path}` });
  expect(JSON.parse(textOf(join(cwd, 'copy')))).toEqual(metadata);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('so are companions', async () => {
  companions = Array.from({ length: 300 }, (_, index) => ({ ...own, cluster: 'c'.repeat(500), port: index }));
  try {
    const { kind, output } = await deployed('cat "$NACOS_ROLLOUT_COMPANIONS_FILE"');
    expect(kind).toBe('exited');
    expect(JSON.parse(output)).toHaveLength(300);
  } finally {
    companions = [];
  }
});

// Every length around the limit of the system: what is said to fit does, and what does not fit is not tried.
test.each([-2, -1, 0, 1, 2])(
  'a variable of the longest length and %i is taken in one way or the other',
  async (more) => {
    const overhead = Buffer.byteLength('NACOS_ROLLOUT_METADATA={"a":""}\0');
    const metadata = { a: 'x'.repeat(readStartLimits().oneBytes - overhead + more) };
    const { kind, output } = await deployed(
      'cat "${NACOS_ROLLOUT_METADATA_FILE:-/dev/null}" | wc -c; printf %s "${NACOS_ROLLOUT_METADATA-}" | wc -c',
      { metadata },
    );
    expect(kind).toBe('exited');
    const counts = output.trim().split(/\s+/).map(Number);
    const length = JSON.stringify(metadata).length;
    expect(counts).toEqual(more > 0 ? [length, 0] : [0, length]);
  },
);

test('an environment that is nearly full already leaves room by a file', async () => {
  const { allBytes } = readStartLimits();
  const each = 100_000;
  const env = Object.fromEntries(
    Array.from({ length: Math.floor(allBytes / each) }, (_, index) => [
      `FULL_${index}`,
      'x'.repeat(each - 50),
    ]),
  );
  const { kind, output, order } = await deployed(told, { metadata: { a: 'x'.repeat(100_000) } }, { env });
  expect({ kind, output }).toEqual({
    kind: 'exited',
    output: `none ${join(order.directory, 'metadata.json')}`,
  });
});

test('the limits are those of the system', () => {
  const { oneBytes, allBytes } = readStartLimits();
  const codeOf = (env: Record<string, string>): unknown => {
    const { error }: { error?: NodeJS.ErrnoException } = spawnSync('/bin/true', [], { env });
    return error?.code;
  };
  expect(codeOf({ A: 'x'.repeat(oneBytes - 'A=\0'.length) })).toBeUndefined();
  if (process.platform === 'linux') expect(codeOf({ A: 'x'.repeat(oneBytes - 1) })).toBe('E2BIG');
  const count = Math.floor(allBytes / 100_000);
  const full = Array.from({ length: count }, (_, index) => [`A${index}`, 'x'.repeat(99_900)]);
  expect(codeOf(Object.fromEntries(full) as Record<string, string>)).toBeUndefined();
});

test.each<[string, Partial<Registration>, string]>([
  ['a null byte', { service: 'a\0b' }, 'NACOS_ROLLOUT_SERVICE: null byte'],
  ['half a character', { group: '\ud800' }, 'NACOS_ROLLOUT_GROUP: not Unicode'],
  [
    'too long a name',
    { cluster: 'c'.repeat(140_000) },
    'NACOS_ROLLOUT_CLUSTER: 140023 bytes, at most 131072',
  ],
])('%s in a name is a command that did not start', async (_name, listed, detail) => {
  const { order: _order, output: _output, ...result } = await deployed('true', listed);
  expect(result).toEqual({ kind: 'not-started', detail });
});

test('a command line that is too long for a word is one that did not start', async () => {
  const result = await deployed(`true ${'x'.repeat(140_000)}`);
  expect(result).toMatchObject({ kind: 'not-started', detail: 'the command: 140006 bytes, at most 131072' });
});

test('what the disk says is a command that did not start, and no end of ours', async () => {
  const cwd = newDirectory('cwd');
  rmSync(cwd, { recursive: true });
  expect(await deployed('true', {}, { cwd })).toMatchObject({
    kind: 'not-started',
    detail: `ENOENT: ${cwd} or /bin/sh is missing`,
  });
  const file = join(newDirectory('command'), 'file');
  writeFileSync(file, '');
  const inFile = await deployed('true', {}, { directory: join(file, 'deploy') });
  expect(inFile).toMatchObject({ kind: 'not-started', detail: expect.stringContaining('ENOTDIR') as string });
  const taken = join(newDirectory('command'), 'deploy');
  mkdirSync(join(taken, 'output.log'), { recursive: true });
  const asDirectory = await deployed('true', {}, { directory: taken });
  expect(asDirectory).toMatchObject({
    kind: 'not-started',
    detail: expect.stringContaining('EISDIR') as string,
  });
  // Nobody knows then whether it began.
  const recovered = realCommands(realClock, { PATH }).recover(
    orderOf('true', {}, join(file, 'deploy')),
    never,
  );
  expect(await recovered).toEqual({ kind: 'lost' });
});

test('a check and a call that cannot be started are bad readings', async () => {
  const listed = { ...own, cluster: 'c'.repeat(140_000) };
  const often = { successes: 1, withinMs: 1000 };
  const check = { kind: 'command', run: 'true', ...often } as const;
  expect(await realProbe(realClock, { PATH })(check, listed, never)).toEqual({
    kind: 'not-started',
    detail: 'NACOS_ROLLOUT_CLUSTER: 140023 bytes, at most 131072',
  });
  const { command, ...place } = orderOf('true', listed, join(newDirectory('call'), 'call'));
  const caller = realCaller(realClock, realCommands(realClock, { PATH }));
  const order = { purpose: 'leave', call: command, registrations: [listed], place } as const;
  expect(await caller(order, never)).toMatchObject({
    kind: 'not-started',
    detail: 'NACOS_ROLLOUT_CLUSTER: 140023 bytes, at most 131072',
  });
});
