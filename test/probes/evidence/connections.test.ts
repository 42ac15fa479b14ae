import { type Server, type Socket, connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { realProbe } from '../../../src/probes/probe.ts';
import { realEvidence } from '../../../src/probes/evidence/evidence.ts';
import { realClock } from '../../../src/world/clock.ts';
import { whyNoIpv6 } from '../../support/servers/ipv6-listener.ts';
import { until } from '../../support/time/until.ts';
import { environment, evidenceOf, never, readOf, registered } from './evidence-of.ts';

async function listening(host: string): Promise<{ port: number; accepted: Socket[] }> {
  const accepted: Socket[] = [];
  const server: Server = createServer((socket) => {
    accepted.push(socket);
    socket.resume();
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, host, resolve);
  });
  onTestFinished(() => {
    for (const socket of accepted) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, accepted };
}

async function connected(host: string, port: number, localAddress?: string): Promise<Socket> {
  const socket = connect({ host, port, ...(localAddress !== undefined && { localAddress }) });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  onTestFinished(() => void socket.destroy());
  return socket;
}

const countersOf = async (port: number, ip = '127.0.0.1', ignore?: string[]) => {
  const evidence = { kind: 'connections', ...(ignore && { ignore }) } as const;
  return readOf(await evidenceOf(evidence, { ip, port })).counters;
};

test('a caller that falls silent keeps its connection: what it sent stands still, and its idle time grows', async () => {
  const { port } = await listening('::');
  const caller = await connected('127.0.0.1', port);
  expect(await countersOf(port)).toMatchObject([{ caller: '127.0.0.1', value: 0 }]);
  caller.write('12345');
  await until(async () => (await countersOf(port))[0]?.value === 5);
  const [first] = await countersOf(port);
  expect(first).toMatchObject({ caller: '127.0.0.1', key: `${caller.localPort} 127.0.0.1` });
  await until(async () => ((await countersOf(port))[0]?.idleMs ?? 0) > (first?.idleMs ?? 0) + 300);
  expect(await countersOf(port)).toMatchObject([{ value: 5 }]);
  caller.write('678');
  await until(async () => (await countersOf(port))[0]?.value === 8);
  caller.destroy();
  await until(async () => (await countersOf(port)).length === 0);
});

test('each address is a caller, and those that are ignored are none', async () => {
  const { port } = await listening('127.0.0.1');
  await connected('127.0.0.1', port, '127.0.0.7');
  await connected('127.0.0.1', port, '127.0.0.8');
  await until(async () => (await countersOf(port)).length === 2);
  expect((await countersOf(port)).map(({ caller }) => caller).toSorted()).toEqual(['127.0.0.7', '127.0.0.8']);
  expect(await countersOf(port, '127.0.0.1', ['::ffff:127.0.0.7'])).toMatchObject([{ caller: '127.0.0.8' }]);
});

test('two processes on one port are told apart by their addresses', async () => {
  const { port } = await listening('0.0.0.0');
  await connected('127.0.0.1', port, '127.0.0.7');
  await connected('127.0.0.2', port, '127.0.0.8');
  expect(await countersOf(port, '127.0.0.2')).toMatchObject([{ caller: '127.0.0.8' }]);
});

test('where nobody is connected to it any more, those of another process on its port are not its callers', async () => {
  const { port } = await listening('0.0.0.0');
  const last = await connected('127.0.0.2', port, '127.0.0.8');
  await connected('127.0.0.1', port, '127.0.0.7');
  expect(await countersOf(port, '127.0.0.2')).toMatchObject([{ caller: '127.0.0.8' }]);
  last.destroy();
  await until(async () => (await countersOf(port)).length === 1);
  await until(async () => (await countersOf(port, '127.0.0.2')).length === 0);
});

test('one port of a caller is another connection at each address behind a translated one', async () => {
  const line = (local: string, received: number): string =>
    `0 0 ${local}:8080 10.0.0.7:50000 cubic segs_in:9 bytes_received:${received} lastrcv:40`;
  const run = `printf '%s\\n' '${line('172.17.0.2', 900)}' '${line('[::ffff:172.17.0.3]', 5)}'`;
  const reading = await evidenceOf({ kind: 'connections', run }, { ip: '10.0.0.1', port: 8080 });
  const { counters } = readOf(reading);
  expect(counters).toMatchObject([
    { caller: '10.0.0.7', value: 900 },
    { caller: '10.0.0.7', value: 5 },
  ]);
  expect(new Set(counters.map(({ key }) => key)).size).toBe(2);
});

test.skipIf(whyNoIpv6() !== undefined)('an IPv6 caller is called as Nacos calls it', async () => {
  const { port } = await listening('::');
  await connected('::1', port);
  for (const ip of ['::1', '[0:0:0:0:0:0:0:1]'])
    expect(await countersOf(port, ip)).toMatchObject([{ caller: '::1' }]);
});

test('our own probes and readings are no callers, however long they last', async () => {
  const { port, accepted } = await listening('127.0.0.1');
  const stop = new AbortController();
  const url = 'http://{ip}:{port}/up';
  const check = { kind: 'http', url, successes: 1, withinMs: 1000 } as const;
  const probing = realProbe(realClock, environment)(check, { ...registered, port }, stop.signal);
  const reading = evidenceOf({ kind: 'actuator', url }, { port });
  await until(() => accepted.length === 2);
  await connected('127.0.0.1', port, '127.0.0.7');
  expect(await countersOf(port)).toMatchObject([{ caller: '127.0.0.7' }]);
  stop.abort();
  expect(await probing).toMatchObject({ kind: 'refused' });
  expect(await reading).toEqual({ kind: 'failed', why: { kind: 'timed-out', afterMs: 2000 } });
});

test('another machine has connections of its own', async () => {
  expect(await evidenceOf({ kind: 'connections' }, { ip: '192.0.2.7' })).toEqual({
    kind: 'failed',
    why: { kind: 'elsewhere', ip: '192.0.2.7' },
  });
});

test('a command prints those of another machine, in any state and for any port', async () => {
  const { port } = await listening('127.0.0.1');
  const caller = await connected('127.0.0.1', port, '127.0.0.7');
  caller.write('12345');
  const run = 'test "$NACOS_ROLLOUT_IP" = 192.0.2.7 && ss -tani';
  const reading = async () =>
    readOf(await evidenceOf({ kind: 'connections', run }, { ip: '192.0.2.7', port }));
  await until(async () => (await reading()).counters[0]?.value === 5);
  expect(await reading()).toMatchObject({
    unit: 'bursts',
    isPerCaller: true,
    counters: [{ caller: '127.0.0.7' }],
  });
});

test.each([
  ['a port that is none', { port: 70_000 }, { kind: 'refused', detail: 'ERR_SOCKET_BAD_PORT' }],
  ['no ss', {}, { kind: 'not-started', detail: 'ENOENT' }],
])('%s is a failed reading', async (_name, listed, why) => {
  const read = realEvidence('port' in listed ? environment : { PATH: '/nowhere' });
  expect(await read({ kind: 'connections' }, { ...registered, ...listed }, never)).toMatchObject({
    kind: 'failed',
    why,
  });
});
