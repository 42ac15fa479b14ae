import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realEvidence } from '../../../src/probes/evidence/evidence.ts';
import type { Evidence } from '../../../src/core/drain/evidence.ts';
import { harmless, rehearsalWorld } from '../../../src/rehearsal/rehearse.ts';
import { realClock } from '../../../src/world/clock.ts';
import { realCommands } from '../../../src/world/commands.ts';
import { isAlive, markOf } from '../../../src/world/process-mark.ts';
import type { EvidenceProbe, World } from '../../../src/world/world.ts';
import { fakeRegistry } from '../../cli/support/fake-registry.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { until } from '../../support/time/until.ts';
import { environment, evidenceOf, never, readOf, registered } from './evidence-of.ts';

test('a command is told what it is about by its environment, and what it prints is counted', async () => {
  const run = 'echo "$NACOS_ROLLOUT_IP $NACOS_ROLLOUT_PORT"; echo "gateway 5"';
  expect(readOf(await evidenceOf({ kind: 'command', run, ignore: ['gateway'] }))).toEqual({
    unit: 'calls',
    isPerCaller: true,
    counters: [{ caller: '127.0.0.1', key: '', value: 8080 }],
  });
});

test('all of a long output is read, also where something that goes on holds it open', async () => {
  const run = 'sleep 1000 & echo $! >"$PID"; seq -f "caller-%05g 1" 1 40000';
  const pid = join(newDirectory('evidence'), 'pid');
  const reading = await realEvidence({ ...environment, PID: pid })(
    { kind: 'command', run },
    registered,
    never,
  );
  process.kill(Number(readFileSync(pid, 'utf8')), 'SIGKILL');
  expect(readOf(reading).counters).toHaveLength(40_000);
});

test('a command that is late is ended with all that it started', async () => {
  const path = join(newDirectory('evidence'), 'pid');
  const reading = evidenceOf({ kind: 'command', run: `sh -c 'echo $$ >${path}; exec sleep 1000' | cat` });
  await until(() => existsSync(path) && readFileSync(path, 'utf8').endsWith('\n'));
  const mark = markOf(Number(readFileSync(path, 'utf8')));
  expect(isAlive(mark)).toBe(true);
  expect(await reading).toEqual({ kind: 'failed', why: { kind: 'timed-out', afterMs: 2000 } });
  await until(() => !isAlive(mark));
});

test.each(['yes', 'yes >&2'])('a command that prints without end is ended: %s', async (run) => {
  const path = join(newDirectory('evidence'), 'pid');
  const reading = await evidenceOf({ kind: 'command', run: `echo $$ >${path}; ${run}` });
  expect(reading).toEqual({ kind: 'failed', why: { kind: 'too-large', limitBytes: 1_000_000 } });
  const mark = markOf(Number(readFileSync(path, 'utf8')));
  await until(() => !isAlive(mark));
});

test.each([
  ['echo 5; exit 3', {}, { kind: 'command-failed', code: 3 }],
  [
    'echo 5; echo warning >&2; echo "ssh: no route to host" >&2; exit 255',
    {},
    { kind: 'command-failed', code: 255, complaint: 'ssh: no route to host' },
  ],
  ['kill -KILL $$', {}, { kind: 'command-failed', code: 137 }],
  ['true', {}, { kind: 'unexpected', expected: 'counts', found: '' }],
  ['echo 5 >&2', {}, { kind: 'unexpected', expected: 'counts', found: '' }],
  ['echo no route to host', {}, { kind: 'unexpected', expected: 'counts', found: 'no route to host' }],
  ['echo 5', { cluster: 'a\0b' }, { kind: 'not-started' }],
])('the command %j is a failed reading', async (run, listed, why) => {
  expect(await evidenceOf({ kind: 'command', run }, listed)).toMatchObject({ kind: 'failed', why });
});

test('a rehearsal takes nobody off, so calls that go on do not keep its drain open: it asks nobody', async () => {
  const asked: string[] = [];
  const refused = async () => ({ kind: 'refused', detail: 'nobody' }) as const;
  const real: World = {
    clock: realClock,
    registry: fakeRegistry([]),
    commands: realCommands(realClock, {}),
    probe: refused,
    call: refused,
    evidence: async ({ kind }) => {
      asked.push(kind);
      return { kind: 'failed', why: await refused() };
    },
  };
  const world = rehearsalWorld(real, () => undefined);
  const notRun = { kind: 'failed', why: { kind: 'not-run' } };
  expect(await world.evidence({ kind: 'command', run: 'true' }, registered, never)).toEqual(notRun);
  expect(await world.evidence({ kind: 'connections' }, registered, never)).toEqual(notRun);
  const json = { kind: 'json', url: 'http://{ip}/', path: 'a' } as const;
  expect(await world.evidence(json, registered, never)).toEqual(notRun);
  expect(asked).toEqual([]);
});

test('a review that writes nothing reads what runs no command', async () => {
  const read: EvidenceProbe = async ({ kind }) => ({
    kind: 'failed',
    why: { kind: 'refused', detail: kind },
  });
  const { evidence } = harmless({
    registry: fakeRegistry([]),
    probe: async () => ({ kind: 'good', ms: 1 }),
    evidence: read,
  });
  const asked = async (source: Evidence) => (await evidence(source, registered, never)) as unknown;
  for (const source of [
    { kind: 'command', run: 'true' },
    { kind: 'connections', run: 'ssh somewhere ss' },
  ] as const)
    expect(await asked(source)).toMatchObject({ why: { kind: 'not-run' } });
  for (const source of [{ kind: 'connections' }, { kind: 'json', url: 'http://{ip}/', path: 'a' }] as const)
    expect(await asked(source)).toMatchObject({ why: { kind: 'refused', detail: source.kind } });
});
