import { expect, onTestFinished, test } from 'vitest';
import type { Changed } from '../../src/core/plan/changed.ts';
import { realProbe } from '../../src/probes/probe.ts';
import { rehearsalWorld } from '../../src/rehearsal/rehearse.ts';
import { realClock } from '../../src/world/clock.ts';
import type { Proof } from '../../src/world/world.ts';
import { type Script, scriptedServer } from '../support/servers/scripted-server.ts';
import { realCommands } from '../../src/world/commands.ts';
import { noEvidence } from '../support/no-evidence.ts';
import { fakeRegistry } from '../cli/support/fake-registry.ts';
import { environment, never, registered } from './evidence/evidence-of.ts';

const probe = realProbe(realClock, environment);
const often = { kind: 'registration', successes: 1, withinMs: 1000 } as const;
const url = 'http://{ip}:{port}/info';

async function measured(changed: Changed, proof: Proof | undefined, script: Script = () => ({ body: '' })) {
  const server = await scriptedServer(script);
  onTestFinished(() => server.close());
  const port = Number(new URL(server.url).port);
  const registration = { ...registered, port, metadata: { version: '2' } };
  return probe({ ...often, changed }, registration, never, proof);
}

const info: Script = () => ({ body: { build: { version: '2', time: 1.5 } } });
const version = { kind: 'url', url, path: 'build.version' } as const;
const metadata = { kind: 'metadata', key: 'version' } as const;

test.each<[string, Changed, Proof | undefined, object]>([
  ['read', version, undefined, { kind: 'good', value: '2' }],
  ['another than before', version, { before: '1' }, { kind: 'good', value: '2' }],
  ['what nobody said before', version, { before: undefined }, { kind: 'good', value: '2' }],
  ['the same', version, { before: '2' }, { kind: 'not-changed', what: `${url}#build.version`, value: '2' }],
  ['what was wanted', { ...version, to: '2' }, { before: '2' }, { kind: 'good' }],
  [
    'not what was wanted',
    { ...version, to: '3' },
    { before: '1' },
    { kind: 'not-changed', value: '2', wanted: '3' },
  ],
  ['no concern before the deploy', { ...version, to: '3' }, undefined, { kind: 'good', value: '2' }],
  ['a number', { ...version, path: 'build.time' }, { before: '1.5' }, { kind: 'not-changed', value: '1.5' }],
  ['missing', { ...version, path: 'git.id' }, undefined, { kind: 'unexpected', expected: 'value' }],
  [
    'the whole text',
    { kind: 'url', url },
    undefined,
    { kind: 'good', value: '{"build":{"version":"2","time":1.5}}' },
  ],
  ['in the metadata', metadata, { before: '1' }, { kind: 'good', value: '2' }],
  ['the same in the metadata', metadata, { before: '2' }, { kind: 'not-changed', what: 'metadata.version' }],
  ['not in the metadata', { ...metadata, key: 'build' }, { before: '' }, { kind: 'not-changed', value: '' }],
])('what is %s', async (_name, changed, proof, reading) => {
  expect(await measured(changed, proof, info)).toMatchObject(reading);
});

test.each<[string, Script, object]>([
  ['a page', () => ({ body: '<html>' }), { kind: 'unexpected', expected: 'json', found: '<html>' }],
  ['a redirect', () => ({ status: 302, location: '/login' }), { kind: 'http-status', status: 302 }],
  ['too much', () => ({ body: ' '.repeat(1_500_000) }), { kind: 'too-large' }],
  ['no answer', () => 'break', { kind: 'refused' }],
])('%s proves nothing', async (_name, script, reading) => {
  expect(await measured(version, { before: '1' }, script)).toMatchObject(reading);
});

test('in a rehearsal nothing changes, and nothing needs to', async () => {
  const asked: unknown[] = [];
  const good = async () => ({ kind: 'good', ms: 0 }) as const;
  const world = rehearsalWorld(
    {
      clock: realClock,
      registry: fakeRegistry([]),
      commands: realCommands(realClock, {}),
      call: good,
      evidence: noEvidence,
      probe: async (_check, _registration, _signal, proof) => {
        asked.push(proof);
        return good();
      },
    },
    () => undefined,
  );
  const check = { ...often, changed: version };
  expect(await world.probe(check, registered, never, { before: '2' })).toMatchObject({ kind: 'good' });
  expect(asked).toEqual([undefined]);
});
