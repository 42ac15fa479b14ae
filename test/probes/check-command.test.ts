import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { realProbe } from '../../src/probes/probe.ts';
import { realClock } from '../../src/world/clock.ts';
import { isAlive, markOf } from '../../src/world/process-mark.ts';
import { instance, registrationOf } from '../simulation/scenario/scenario.ts';
import { newDirectory } from '../support/new-directory.ts';
import { until } from '../support/time/until.ts';

const environment = { PATH: process.env['PATH'] ?? '' };
const own = registrationOf(instance('orders', 'DEFAULT_GROUP', 1, 8080));
const probe = realProbe(realClock, environment);
const never = new AbortController().signal;
const started: number[] = [];

afterEach(() => {
  for (const pid of started.splice(0)) if (isAlive(markOf(pid))) process.kill(pid, 'SIGKILL');
});

function checkOf(run: string) {
  return { kind: 'command', run, successes: 1, withinMs: 1000 } as const;
}

/** What the command started, once it has. */
async function startedIn(path: string): Promise<() => boolean> {
  await until(() => existsSync(path) && readFileSync(path, 'utf8').endsWith('\n'));
  const pid = Number(readFileSync(path, 'utf8'));
  started.push(pid);
  const mark = markOf(pid);
  expect(isAlive(mark)).toBe(true);
  return () => !isAlive(mark);
}

const hanging: readonly [string, (path: string) => string][] = [
  ['in the background', (path) => `sleep 1000 & echo $! >${path}; wait`],
  ['in the foreground', (path) => `sh -c 'echo $$ >${path}; exec sleep 1000'; true`],
  ['in a pipe', (path) => `sh -c 'echo $$ >${path}; exec sleep 1000' | cat`],
  [
    'and asks not to be ended',
    (path) => `sh -c 'trap "" TERM HUP; echo $$ >${path}; while :; do sleep 1; done'; true`,
  ],
];

test.each(hanging)('what a check that is given up started %s ends with it', async (_where, runOf) => {
  const path = join(newDirectory('check'), 'pid');
  const stop = new AbortController();
  const reading = probe(checkOf(runOf(path)), own, stop.signal);
  const isGone = await startedIn(path);
  stop.abort();
  expect(await reading).toEqual({ kind: 'refused', detail: 'ABORT_ERR' });
  await until(isGone);
});

test('what a check started ends with the process that measures, however that ends', async () => {
  const path = join(newDirectory('check'), 'pid');
  const [background] = hanging;
  const program = `
    const { realProbe } = await import(${JSON.stringify(resolve('src/probes/probe.ts'))});
    const { realClock } = await import(${JSON.stringify(resolve('src/world/clock.ts'))});
    const given = ${JSON.stringify([checkOf(background?.[1](path) ?? ''), own])};
    await realProbe(realClock, ${JSON.stringify(environment)})(...given, new AbortController().signal);`;
  const measures = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
  const isGone = await startedIn(path);
  measures.kill('SIGKILL');
  await until(isGone);
});

test('a check that has come to its end leaves alone what it left running', async () => {
  const path = join(newDirectory('check'), 'pid');
  expect(await probe(checkOf(`sleep 1000 & echo $! >${path}`), own, never)).toMatchObject({ kind: 'good' });
  const isGone = await startedIn(path);
  expect(isGone()).toBe(false);
});

test.each([
  ['true', { kind: 'good' }],
  ['exit 7', { kind: 'command-failed', code: 7 }],
  ['cat; test "$NACOS_ROLLOUT_INSTANCE" = 10.0.0.1:8080', { kind: 'good' }],
  ['test "$0" = /bin/sh && test $# = 0', { kind: 'good' }],
  ['(exec <&3) 2>/dev/null && exit 9; true', { kind: 'good' }],
  ['kill -KILL $$', { kind: 'command-failed', code: 137 }],
])('the check %j is %j', async (run, reading) => {
  expect(await probe(checkOf(run), own, never)).toMatchObject(reading);
});
