import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { request } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import { applicationServer } from '../../../src/sandbox/application/application-server.ts';
import { until } from '../../support/time/until.ts';
import { virtualClock, type VirtualClock } from '../../support/time/virtual-clock.ts';

type Answer = {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const clock: VirtualClock = virtualClock(Date.UTC(2026, 10, 26, 18, 20, 49));
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** The address of a new one, which serves `/orders/{id}`. */
async function start(isIll = false): Promise<string> {
  const who = { service: 'orders', ip: '127.0.0.1', port: 0, version: '42', pattern: '/orders/{id}' };
  const server = applicationServer({ ...who, isIll, clock });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function ask(host: string, method: string, path: string): Promise<Answer> {
  const asked = request(`http://${host}${path}`, { method: method as 'GET' });
  let isAnswered = false;
  void asked.then(() => (isAnswered = true));
  await until(async () => {
    await clock.advance(20);
    return isAnswered;
  }, 1);
  const { statusCode, headers, body } = await asked;
  const kept = ['content-type', 'content-disposition', 'content-length', 'allow'];
  const named = kept.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]]));
  const text = (await body.text()).replaceAll(host, 'HOST').replaceAll('http-nio-0', 'http-nio-PORT');
  return { method, path, status: statusCode, headers: Object.fromEntries(named), body: text };
}

/** Without what depends on the moment, and with sets in one order. */
function comparable({ body, ...answer }: Answer): Answer {
  const timeless = body
    .replaceAll(/("statistic":"(?:TOTAL_TIME|MAX|DURATION)","value":)[\d.E-]+/g, '$1TIME')
    .replaceAll(/(process\.(?:start\.time|uptime)".*"value":)[\d.]+(E9)?/g, '$1TIME$2')
    .replace(/"timestamp":"[-\dT:.]+\+00:00"/, '"timestamp":"NOW"')
    .replaceAll(/"values":\[([^\]]*)\]/g, (_, values: string) => values.split(',').sort().join(' '));
  return { ...answer, body: timeless };
}

function recorded(name: string): readonly Answer[] {
  const file = join(import.meta.dirname, 'fixtures', `spring-boot-3.2.12-${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as readonly Answer[];
}

describe('answers as a recorded Spring Boot 3.2.12 with its Actuator did', () => {
  test.each([
    ['well', false],
    ['ill', true],
  ])('that was %s', async (name, isIll) => {
    const host = await start(isIll);
    for (const known of recorded(name)) {
      const answer = await ask(host, known.method, known.path);
      if (known.path.startsWith('/actuator')) expect(comparable(answer)).toEqual(comparable(known));
      else expect(answer.status).toBe(known.status);
    }
  });
});

const active = '/actuator/metrics/http.server.requests.active';
const calls = '/actuator/metrics/http.server.requests?tag=uri:/orders/%7Bid%7D';

test('counts a call when it ends, and as active until then', async () => {
  const host = await start();
  const call = request(`http://${host}/orders/7`);
  await until(() => clock.pendingCount > 0);
  const during = await fetch(`http://${host}${active}`);
  expect(await during.text()).toContain('{"statistic":"ACTIVE_TASKS","value":2.0}');
  expect((await fetch(`http://${host}/actuator/metrics/tomcat.threads.busy`)).status).toBe(200);
  expect((await fetch(`http://${host}${calls}`)).status).toBe(404);
  await clock.advance(20);
  expect(await (await call).body.json()).toEqual({
    service: 'orders',
    instance: '127.0.0.1:0',
    version: '42',
  });
  expect((await ask(host, 'GET', calls)).body).toContain(
    '{"statistic":"COUNT","value":1.0},{"statistic":"TOTAL_TIME","value":0.015},{"statistic":"MAX","value":0.015}',
  );
  expect((await ask(host, 'GET', active)).body).toContain('{"statistic":"ACTIVE_TASKS","value":1.0}');
});

test('counts from nothing after a restart', async () => {
  const host = await start();
  await ask(host, 'GET', '/orders/7');
  expect((await ask(host, 'GET', calls)).status).toBe(200);
  expect((await ask(await start(), 'GET', calls)).status).toBe(404);
});
