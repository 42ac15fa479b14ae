import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { assert, property, string } from 'fast-check';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Check } from '../../src/core/plan/plan.ts';
import { decodeStatus, encodeRequest } from '../../src/probes/grpc-health.ts';
import { realProbe } from '../../src/probes/probe.ts';
import { realClock } from '../../src/world/clock.ts';
import { type Script, scriptedServer } from '../support/servers/scripted-server.ts';
import { whyNoIpv6 } from '../support/servers/ipv6-listener.ts';
import { environment, never, registered } from './evidence/evidence-of.ts';

const often = { successes: 1, withinMs: 1000 };
const actuator: Check = { kind: 'actuator', url: 'http://{ip}:{port}/actuator/', ...often };
const grpc = (service?: string, at = '{ip}:{port}'): Check => ({
  kind: 'grpc',
  at,
  ...(service !== undefined && { service }),
  ...often,
});
const measured = (check: Check, port: number, signal = never, ip = '127.0.0.1') =>
  realProbe(realClock, environment)(check, { ...registered, ip, port }, signal);

async function portOf(script: Script): Promise<number> {
  const server = await scriptedServer(script);
  onTestFinished(() => server.close());
  return Number(new URL(server.url).port);
}

const at = (readiness: ReturnType<Script>, health: ReturnType<Script>): Script => {
  const paths: Record<string, ReturnType<Script>> = {
    '/actuator/health/readiness': readiness,
    '/actuator/health': health,
  };
  return ({ path }) => paths[path] ?? 'break';
};
const missing = { status: 404, body: { status: 404, error: 'Not Found' } };
const up = { body: { status: 'UP' } };
const down = { status: 503, body: { status: 'OUT_OF_SERVICE' } };

test.each<[string, Script, object]>([
  ['is ready', at(up, down), { kind: 'good' }],
  ['is not ready, and healthy', at(down, up), { kind: 'not-up', status: 'OUT_OF_SERVICE' }],
  ['says so with 200', at({ body: { status: 'DOWN' } }, up), { kind: 'not-up', status: 'DOWN' }],
  ['has no such group, and is healthy', at(missing, up), { kind: 'good' }],
  ['has no such group, and is ill', at(missing, down), { kind: 'not-up', status: 'OUT_OF_SERVICE' }],
  ['is no Actuator', at(missing, missing), { kind: 'http-status', status: 404 }],
  ['wants a login', at({ status: 401 }, up), { kind: 'http-status', status: 401 }],
  ['sends it to a login', at({ status: 302, location: '/login' }, up), { kind: 'http-status', status: 302 }],
  [
    'answers with a page',
    at({ body: '<html>UP' }, up),
    { kind: 'unexpected', expected: 'health', found: '<html>UP' },
  ],
  ['says UP with 500', at({ status: 500, body: { status: 'UP' } }, up), { kind: 'http-status', status: 500 }],
  ['hangs up', at('break', up), { kind: 'refused' }],
  ['answers without an end', at({ body: ' '.repeat(1_500_000) }, up), { kind: 'too-large' }],
])('what Actuator says that %s', async (_name, script, reading) => {
  expect(await measured(actuator, await portOf(script))).toMatchObject(reading);
});

type Health = { service: string; reply: (status: Buffer | undefined, code?: status) => void };

/** A gRPC server with the standard health service, in which `orders.v1.Orders` is not serving and `slow` says nothing. */
async function grpcPort(host: string, hasHealth = true): Promise<number> {
  const server = new Server();
  const answers = ({ service, reply }: Health): void => {
    if (service === 'slow') return;
    if (service === 'missing') return reply(undefined, status.NOT_FOUND);
    if (service === 'closed') return reply(undefined, status.PERMISSION_DENIED);
    if (service === 'unknown') return reply(Buffer.alloc(0));
    reply(Buffer.from([8, service === '' || service.length > 200 ? 1 : 2]));
  };
  const method = {
    path: '/grpc.health.v1.Health/Check',
    requestStream: false,
    responseStream: false,
    requestSerialize: (value: Buffer) => value,
    requestDeserialize: (value: Buffer) => ({
      service: value.subarray(value.length > 129 ? 3 : 2).toString(),
    }),
    responseSerialize: (value: Buffer) => value,
    responseDeserialize: (value: Buffer) => value,
  };
  if (hasHealth)
    server.addService(
      { check: method },
      {
        check: (
          { request }: { request: { service: string } },
          callback: (error: { code: status } | null, value?: Buffer) => void,
        ) =>
          answers({
            ...request,
            reply: (value, code) => callback(code === undefined ? null : { code }, value),
          }),
      },
    );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`${host}:0`, ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  onTestFinished(() => server.forceShutdown());
  return port;
}

test.each([
  [undefined, { kind: 'good' }],
  ['orders.v1.Orders', { kind: 'not-up', status: 'NOT_SERVING' }],
  ['unknown', { kind: 'not-up', status: 'UNKNOWN' }],
  ['missing', { kind: 'not-up', status: 'SERVICE_UNKNOWN' }],
  ['closed', { kind: 'refused', detail: 'PERMISSION_DENIED' }],
  ['a'.repeat(300), { kind: 'good' }],
])('the health of gRPC for %s is %j', async (service, reading) => {
  expect(await measured(grpc(service), await grpcPort('127.0.0.1'))).toMatchObject(reading);
});

test('a gRPC server without a health service says so, and one that says nothing is given up', async () => {
  expect(await measured(grpc(), await grpcPort('127.0.0.1', false))).toEqual({
    kind: 'unexpected',
    expected: 'grpc-health',
    found: 'UNIMPLEMENTED',
  });
  const stop = new AbortController();
  const slow = measured(grpc('slow'), await grpcPort('127.0.0.1'), stop.signal);
  setImmediate(() => stop.abort());
  expect(await slow).toEqual({ kind: 'refused', detail: 'CANCELLED' });
  expect(await measured(grpc('slow'), await grpcPort('127.0.0.1'), AbortSignal.abort())).toMatchObject({
    kind: 'refused',
  });
});

test.skipIf(whyNoIpv6() !== undefined)('a gRPC server on ::1 is asked by any spelling of it', async () => {
  const port = await grpcPort('[::1]');
  for (const ip of ['::1', '[0:0:0:0:0:0:0:1]'])
    expect(await measured(grpc(), port, never, ip)).toMatchObject({ kind: 'good' });
});

test('what is no gRPC server is a bad reading', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => void sockets.push(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => {
    silent.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
  const web = await portOf(() => up);
  expect(await measured(grpc(), web)).toMatchObject({ kind: 'refused' });
  expect(await measured(grpc(), 1)).toEqual({ kind: 'refused', detail: 'ECONNREFUSED' });
  for (const place of ['{ip}:70000', 'a b:1', ':9', '[::1:9'])
    expect(await measured(grpc(undefined, place), 1), place).toMatchObject({ kind: 'refused' });
  const { port } = silent.address() as AddressInfo;
  expect(await measured(grpc(), port)).toMatchObject({ kind: 'timed-out', afterMs: 3000 });
});

test('a message of gRPC is read whatever it holds', () => {
  expect(encodeRequest('ab')).toEqual(Buffer.from([10, 2, 97, 98]));
  expect(encodeRequest('')).toEqual(Buffer.alloc(0));
  expect(decodeStatus(Buffer.from([8, 7]))).toBe('7');
  assert(
    property(string({ unit: 'binary', maxLength: 20_000 }), (text) => {
      expect(typeof decodeStatus(encodeRequest(text))).toBe('string');
    }),
  );
});
