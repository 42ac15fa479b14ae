import { type Socket, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Evidence } from '../../../src/core/drain/evidence.ts';
import type { Reading } from '../../../src/core/event/failure.ts';
import { type Script, scriptedServer } from '../../support/servers/scripted-server.ts';
import { evidenceOf, readOf } from './evidence-of.ts';

const kinds: readonly ((base: string) => Evidence)[] = [
  (base) => ({ kind: 'actuator', url: `${base}/actuator` }),
  (base) => ({ kind: 'prometheus', url: `${base}/metrics`, metric: 'calls_total' }),
  (base) => ({ kind: 'json', url: `${base}/stats`, path: 'calls.0' }),
];

async function port(script: Script): Promise<number> {
  const server = await scriptedServer(script);
  onTestFinished(() => server.close());
  return Number(new URL(server.url).port);
}

/** Says `words` to whoever connects, and with `isEnded` nothing more. */
async function rawPort(words: string, isEnded: boolean): Promise<number> {
  const sockets: Socket[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.resume();
    if (isEnded) socket.end(words);
    else socket.write(words);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const late = { kind: 'timed-out', afterMs: 300 } as const;

const bad: readonly [string, () => Promise<number>, Partial<Reading>][] = [
  ['says nothing', () => port(() => 'hang'), late],
  ['says a part and no more', () => port(() => 'stall'), late],
  ['never ends the head', () => rawPort('HTTP/1.1 200 OK\r\nx: ', false), late],
  ['hangs up', () => port(() => 'break'), { kind: 'refused', detail: 'UND_ERR_SOCKET' }],
  [
    'closes its half and says nothing',
    () => rawPort('', true),
    { kind: 'refused', detail: 'UND_ERR_SOCKET' },
  ],
  [
    'hangs up in the midst of its answer',
    () => rawPort('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"calls":[5', true),
    { kind: 'refused', detail: 'UND_ERR_SOCKET' },
  ],
  [
    'speaks something else',
    () => rawPort('SSH-2.0-OpenSSH_9.6\r\n', false),
    { kind: 'other-speaker', found: 'ssh' },
  ],
  [
    'sends it elsewhere',
    () => port(() => ({ status: 302, location: 'http://127.0.0.1:1/login' })),
    { kind: 'http-status', status: 302 },
  ],
  [
    'is not let in',
    () => port(() => ({ status: 401, challenge: 'Basic' })),
    { kind: 'http-status', status: 401 },
  ],
  [
    'answers without an end',
    () => port(() => ({ body: `{"calls":[5],"more":"${'x'.repeat(1_500_000)}"}` })),
    { kind: 'too-large', limitBytes: 1_000_000 },
  ],
  [
    'answers with a page',
    () => port(() => ({ type: 'text/html', body: '<html>\n  <title>Sign in</title>' })),
    { kind: 'unexpected', found: '<html> <title>Sign in</title>' },
  ],
  ['answers with nothing', () => port(() => ({})), { kind: 'unexpected', found: '' }],
  ['answers with null', () => port(() => ({ body: 'null' })), { kind: 'unexpected' }],
  ['answers with a list', () => port(() => ({ body: '[1]' })), { kind: 'unexpected' }],
  [
    'answers with numbers that count nothing',
    () =>
      port(() => ({
        body: { calls: [-1], availableTags: 3, measurements: [{ statistic: 'ACTIVE_TASKS', value: 'NaN' }] },
      })),
    { kind: 'unexpected' },
  ],
];

describe.each(kinds)('whoever is asked, kind %$,', (evidence) => {
  test.each(bad)('and %s, is a failed reading', async (_name, open, why) => {
    const listening = await open();
    const waitMs = why === late ? late.afterMs : undefined;
    const reading = await evidenceOf(evidence('http://{ip}:{port}'), { port: listening }, waitMs);
    expect(reading).toMatchObject({ kind: 'failed', why });
  });

  test.each([
    ['is not there', { port: 1 }, 'ECONNREFUSED'],
    ['has a port that is none', { port: 70_000 }, 'ERR_INVALID_URL'],
    ['has an address that is none', { ip: '\0' }, 'ERR_INVALID_URL'],
  ])('and %s, is a failed reading', async (_name, listed, detail) => {
    const reading = await evidenceOf(evidence('http://{ip}:{port}'), listed);
    expect(reading).toEqual({ kind: 'failed', why: { kind: 'refused', detail } });
  });

  test('by a URL that is none, is a failed reading', async () => {
    for (const base of ['', 'ftp://a', 'http://%zz@127.0.0.1:1', 'http://{ip'])
      expect(await evidenceOf(evidence(base)), base).toMatchObject({
        kind: 'failed',
        why: { kind: expect.stringMatching(/^(refused|unresolved)$/) as string },
      });
  });
});

test.each([
  [{ calls: [7] }, 7],
  [{ calls: { 0: '42' } }, 42],
])('the count in %j is %j', async (body, value) => {
  const listening = await port(() => ({ body }));
  const url = 'http://{ip}:{port}/stats?of={service}';
  const reading = await evidenceOf({ kind: 'json', url, path: 'calls.0' }, { port: listening });
  expect(readOf(reading)).toEqual({
    unit: 'calls',
    isPerCaller: false,
    counters: [{ caller: 'all', key: '', value }],
  });
});

test('a count that is too large to be exact is none', async () => {
  const listening = await port(() => ({ body: '{"calls":[9007199254740993]}' }));
  const reading = await evidenceOf(
    { kind: 'json', url: 'http://{ip}:{port}/', path: 'calls.0' },
    { port: listening },
  );
  expect(reading).toMatchObject({
    why: { kind: 'unexpected', expected: 'count', found: '9007199254740992' },
  });
});

test('a page of Prometheus is summed over the series that are meant', async () => {
  const body = 'calls_total{uri="/a"} 3\ncalls_total{uri="/b"} 4\ncalls_total{uri="/actuator/health"} 9\n';
  const listening = await port(() => ({ type: 'text/plain', body }));
  const metric = 'calls_total{uri!~"/actuator.*"}';
  const reading = await evidenceOf(
    { kind: 'prometheus', url: 'http://{instance}/', metric },
    { port: listening },
  );
  expect(readOf(reading).counters).toEqual([{ caller: 'all', key: '', value: 7 }]);
});

test('the management port is the one of the metadata, else that of the instance', async () => {
  const listening = await port(() => ({ body: { calls: [7] } }));
  const evidence: Evidence = { kind: 'json', url: 'http://{ip}:{management.port}/', path: 'calls.0' };
  for (const listed of [
    { port: 1, metadata: { 'management.port': String(listening) } },
    { port: listening, metadata: {} },
    { port: listening, metadata: { 'management.port': '1@evil' } },
  ])
    expect(readOf(await evidenceOf(evidence, listed)).counters).toHaveLength(1);
});
