import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SandboxKind } from '../../src/sandbox/registry/registry-state.ts';
import { startSandboxServer, type SandboxOptions, type SandboxServer } from '../../src/sandbox/server.ts';
import { virtualClock, type VirtualClock } from '../support/time/virtual-clock.ts';

const instance = 'serviceName=orders&ip=10.0.0.1&port=8080';
const writer = { username: 'nacos', password: 'right' };
const auth = { ...writer, readers: [{ username: 'dev', password: 'reads' }], tokenTtlMs: 18_000 };

let server: SandboxServer | undefined;
let clock: VirtualClock;

beforeEach(() => {
  clock = virtualClock();
});

afterEach(() => server?.close());

async function start(kind: SandboxKind, options: Partial<SandboxOptions> = {}): Promise<void> {
  server = await startSandboxServer({ kind, clock, ...options });
}

type Answered = { status: number; text: string; json: () => unknown };

async function ask(method: string, path: string, headers: Record<string, string> = {}): Promise<Answered> {
  const response = await fetch(`${server?.url ?? ''}/nacos${path}`, { method, headers });
  const text = await response.text();
  return { status: response.status, text, json: () => JSON.parse(text) as unknown };
}

async function registered(token = ''): Promise<void> {
  const metadata = encodeURIComponent('{"version":"1"}');
  const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
  await ask('POST', `/v1/ns/instance?${instance}&weight=5&metadata=${metadata}`, headers);
  await clock.advance(600);
}

async function tokenOf(kind: SandboxKind, { username, password }: typeof writer): Promise<string> {
  const path = kind === '3.x' ? '/v3/auth/user/login' : '/v1/auth/login';
  const answer = await ask('POST', `${path}?username=${username}&password=${password}`);
  return (answer.json() as { accessToken: string }).accessToken;
}

describe('the update', () => {
  const cases = [
    ['1.4', 'PATCH', '/v1/ns/instance', '/v1/ns/catalog/instances'],
    ['2.x', 'PATCH', '/v1/ns/instance', '/v1/ns/catalog/instances'],
    ['3.x', 'PUT', '/v3/admin/ns/instance/partial', '/v3/admin/ns/instance/list'],
  ] as const;

  test.each(cases)('on %s is not in the list at once, and then is', async (kind, method, path, list) => {
    await start(kind);
    await registered();
    const query = 'serviceName=orders&clusterName=DEFAULT&pageNo=1&pageSize=10';
    const shown = async (): Promise<string> => (await ask('GET', `${list}?${query}`)).text;
    expect(await shown()).toContain('"enabled":true');
    expect((await ask(method, `${path}?${instance}&enabled=false&weight=5`)).status).toBe(200);
    expect(await shown()).toContain('"enabled":true');
    await clock.advance(600);
    expect(await shown()).toContain('"weight":5,"healthy":true,"enabled":false');
    const consumers = await ask('GET', '/v1/ns/instance/list?serviceName=orders');
    expect(consumers.json()).toMatchObject({ hosts: [] });
  });

  test('of an unknown instance is an error for PATCH and partial, and ok for PUT', async () => {
    await start('2.x');
    await registered();
    const unknown = 'serviceName=orders&ip=10.9.9.9&port=1&enabled=false';
    expect(await ask('PATCH', `/v1/ns/instance?${unknown}`)).toMatchObject({
      status: 500,
      text: 'caused: no matched ip found!;',
    });
    expect(await ask('PUT', `/v1/ns/instance?${unknown}`)).toMatchObject({ status: 200, text: 'ok' });
  });

  test('with PUT on 1.4 needs a Java client, or makes a zombie', async () => {
    await start('1.4');
    await registered();
    const unknown = '/v1/ns/instance?serviceName=orders&ip=10.9.9.9&port=1&enabled=false';
    const java = { 'user-agent': 'Nacos-Java-Client:v1.4.8' };
    expect((await ask('PUT', unknown, java)).status).toBe(400);
    expect((await ask('PUT', unknown)).status).toBe(200);
    expect(server?.state.services.get('public/DEFAULT_GROUP@@orders')?.registrations.size).toBe(2);
  });

  test('without a leader answers 500, and the cluster list names none', async () => {
    await start('3.x');
    await registered();
    if (server) server.faults.isLeaderless = true;
    const answer = await ask('PUT', `/v3/admin/ns/instance?${instance}&enabled=false`);
    expect(answer.status).toBe(500);
    expect(answer.text).toContain('do metadata operation failed');
    expect((await ask('GET', '/v3/admin/core/cluster/node/list')).text).not.toContain('leader');
  });

  test('may be applied although nothing answers', async () => {
    await start('2.x');
    await registered();
    if (server) server.faults.lostAnswers = 1;
    await expect(ask('PATCH', `/v1/ns/instance?${instance}&enabled=false&weight=5`)).rejects.toThrow();
    expect([...(server?.state.overrides.values() ?? [])]).toMatchObject([{ enabled: false, weight: 5 }]);
  });
});

describe('who may do what', () => {
  test.each(['2.x', '3.x'] as const)('on %s is told by the text of a 403', async (kind) => {
    await start(kind, { auth });
    const admin = await tokenOf(kind, writer);
    await registered(admin);
    const write = kind === '3.x' ? ['PUT', '/v3/admin/ns/instance'] : ['PATCH', '/v1/ns/instance'];
    const [method = '', path = ''] = write;
    const say = async (token: string): Promise<string> => {
      const headers: Record<string, string> = token === '' ? {} : { authorization: `Bearer ${token}` };
      const answer = await ask(method, `${path}?${instance}&enabled=false&weight=5`, headers);
      return `${answer.status} ${answer.status === 403 ? (answer.json() as { message: string }).message : ''}`;
    };
    const words = kind === '3.x' ? ['Code: 401, Message: ', '.', 'Code: 403, Message: '] : ['', '', ''];
    const [unknown = '', end = '', denied = ''] = words;
    expect(await say('')).toMatch(/^403 .*ser not found!/);
    expect(await say('abc')).toBe(`403 ${unknown}unsupported signature algorithm${end}`);
    expect(await say(await tokenOf(kind, { username: 'dev', password: 'reads' }))).toBe(
      `403 ${denied}authorization failed!${end}`,
    );
    expect(await say(admin)).toBe('200 ');
    await clock.advance(18_000);
    expect(await say(admin)).toBe(`403 ${unknown}token expired!${end}`);
  });

  test('a reader may list, but on 3.x not ask for one instance', async () => {
    await start('3.x', { auth });
    await registered(await tokenOf('3.x', writer));
    const headers = {
      authorization: `Bearer ${await tokenOf('3.x', { username: 'dev', password: 'reads' })}`,
    };
    expect((await ask('GET', '/v3/admin/ns/instance/list?serviceName=orders', headers)).status).toBe(200);
    expect((await ask('GET', `/v3/admin/ns/instance?${instance}`, headers)).status).toBe(403);
  });

  test('tokens and passwords are not in the list of requests', async () => {
    await start('2.x', { auth });
    const token = await tokenOf('2.x', writer);
    await ask('GET', `/v1/ns/service/list?pageNo=1&pageSize=5&accessToken=${token}`);
    expect(server?.requests.join('\n')).not.toMatch(new RegExp(`right|${token}`));
  });
});

test('3.x has switched the old admin API off and names the new one', async () => {
  await start('3.x');
  const answer = await ask('PATCH', `/v1/ns/instance?${instance}`);
  expect(answer.status).toBe(410);
  expect(answer.text).toContain('PUT ${contextPath:nacos}/v3/admin/ns/instance/partial');
});

test('console endpoints can be missing', async () => {
  await start('2.x', { hasConsole: false });
  expect((await ask('GET', '/v1/console/server/state')).status).toBe(404);
});

test('a light beat of an unknown instance is told so, a full one registers it', async () => {
  await start('2.x');
  const beat = async (full: string): Promise<unknown> =>
    (await ask('PUT', `/v1/ns/instance/beat?${instance}${full}`)).json();
  expect(await beat('')).toMatchObject({ code: 20404 });
  const full = `&beat=${encodeURIComponent('{"ip":"10.0.0.1","port":8080,"weight":5}')}`;
  expect(await beat(full)).toMatchObject({ code: 10200 });
  expect(await beat('')).toMatchObject({ code: 10200 });
});
