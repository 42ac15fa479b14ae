import { expect, test } from 'vitest';
import { learnedWithinMs } from '../../../src/nacos/http/session.ts';
import { openNacos } from '../../../src/nacos/open-registry.ts';
import { leaseInstance } from '../../../src/core/registry/lease.ts';
import { connectionTo, errorOf } from '../../contract/subjects/subject.ts';
import { hastyClock } from '../../support/time/hasty-clock.ts';
import type { Script, SeenRequest } from '../../support/servers/scripted-server.ts';
import { asNacos3, off, orders, registryFor, scripted } from '../nacos-script.ts';

const loginPath = '/nacos/v3/auth/user/login';
const user = { username: 'nacos', password: () => Promise.resolve('nacos') };
const isLogin = ({ path }: SeenRequest): boolean => path === loginPath;

const html = 'text/html;charset=UTF-8';
const usual = { status: 403, body: { status: 403, error: 'Forbidden', message: 'token invalid!' } };
const page = {
  status: 403,
  type: html,
  body: '<html><head><title>HTTP Status 403 – Forbidden</title></head><body><p><b>Message</b> token expired!</p></body></html>',
};
const wrapped = { status: 200, body: { code: 403, message: 'token expired!' } };
const silent = { status: 403, type: 'text/plain', body: '' };
const forms = { usual, page, wrapped, silent };

type ProcessEnvironment = {
  readonly clock: ReturnType<typeof hastyClock>;
  /** When each token was given out, by its name. */
  readonly issued: Map<string, number>;
  /** From how many milliseconds of its life on a token is known. */
  unknownForMs: number;
  /** What is no longer taken, whatever its age. */
  readonly ended: Set<string>;
  refusal: ReturnType<Script>;
  /** Hears of each token that is refused. */
  onRefusal: (token: string) => void;
  readonly script: Script;
};

/** A 3.x whose members learn of a token some time after it was given out. */
function house(): ProcessEnvironment {
  const clock = hastyClock();
  const issued = new Map<string, number>();
  const made: ProcessEnvironment = {
    clock,
    issued,
    unknownForMs: 0,
    ended: new Set(),
    refusal: usual,
    onRefusal: () => undefined,
    script: asNacos3((request) => {
      if (isLogin(request)) {
        const token = `token-${issued.size + 1}`;
        issued.set(token, clock.monotonic());
        return { body: { accessToken: token, tokenTtl: 18_000 } };
      }
      const { token = '' } = request;
      const ageMs = clock.monotonic() - (issued.get(token) ?? Number.POSITIVE_INFINITY);
      if (made.ended.has(token) || !(ageMs >= made.unknownForMs)) {
        made.onRefusal(token);
        return made.refusal;
      }
      if (request.method === 'GET') return { body: { code: 0, data: { clusterMap: {} } } };
      return { body: request.path.includes('/v1/') ? 'ok' : { code: 0, data: 'ok' } };
    }),
  };
  return made;
}

test.for(Object.entries(forms))('a renewed token that is not known for 0.4 s: %s', async ([, refusal]) => {
  const place = house();
  const server = await scripted(place.script);
  const registry = registryFor(server.url, user, { clock: place.clock });
  expect(errorOf(await registry.service(orders))).toContain('no error');
  Object.assign(place, { refusal, unknownForMs: 400 });
  for (const [index, request] of [() => registry.service(orders), () => registry.write(off)].entries()) {
    place.ended.add(`token-${index + 1}`);
    await place.clock.sleep(1_000);
    await place.clock.sleep(1_000);
    expect(await request()).toMatchObject(index === 0 ? { ok: true } : { kind: 'accepted' });
  }
  expect(server.requests.filter(isLogin)).toHaveLength(3);
  // Whatever was refused did nothing: the write that was taken is the only one.
  const writes = server.requests.filter(({ method }) => method === 'PUT');
  expect(new Set(writes.slice(0, -1).map(({ token }) => token))).toEqual(new Set(['token-2', 'token-3']));
});

test('the very first token, too', async () => {
  const place = house();
  place.unknownForMs = 400;
  const server = await scripted(place.script);
  const registry = registryFor(server.url, user, { clock: place.clock });
  expect(errorOf(await registry.service(orders))).toContain('no error');
  expect(server.requests.filter(isLogin).length).toBeLessThanOrEqual(2);
});

test('many at once, and some a moment later, cost one login', async () => {
  const place = house();
  const server = await scripted(place.script);
  const registry = registryFor(server.url, user, { clock: place.clock });
  await registry.service(orders);
  place.ended.add('token-1');
  place.unknownForMs = 1_000;
  const later: Promise<unknown>[] = [];
  place.onRefusal = (token) => {
    if (token === 'token-2' && later.length < 3) later.push(registry.write(off));
  };
  const reads = await Promise.all([1, 2, 3].map(() => registry.service(orders)));
  for (const read of reads) expect(errorOf(read)).toContain('no error');
  expect(await Promise.all(later)).toEqual(later.map(() => ({ kind: 'accepted' })));
  expect(later).toHaveLength(3);
  expect(server.requests.filter(isLogin)).toHaveLength(2);
});

test.for(Object.entries({ usual, page, wrapped }))(
  'refused for ever: after about two seconds it says so, and does not blame the password: %s',
  async ([, refusal]) => {
    const place = house();
    const server = await scripted(place.script);
    const registry = registryFor(server.url, user, { clock: place.clock });
    await registry.service(orders);
    Object.assign(place, { refusal, unknownForMs: Number.POSITIVE_INFINITY });
    const beganMs = place.clock.monotonic();
    expect(await registry.service(orders)).toMatchObject({ ok: false, error: { kind: 'token-refused' } });
    const tookMs = place.clock.monotonic() - beganMs;
    expect(tookMs).toBeGreaterThanOrEqual(learnedWithinMs);
    expect(tookMs).toBeLessThan(2 * learnedWithinMs);
    expect(await registry.write(off)).toMatchObject({ kind: 'refused', error: { kind: 'token-refused' } });
  },
);

test('who refuses us without a word is not Nacos', async () => {
  const place = house();
  const registry = registryFor((await scripted(place.script)).url, user, { clock: place.clock });
  await registry.service(orders);
  Object.assign(place, { refusal: silent, unknownForMs: Number.POSITIVE_INFINITY });
  const barred = { kind: 'barred', status: 403, detail: '' };
  expect(await registry.service(orders)).toMatchObject({ ok: false, error: barred });
  expect(await registry.write(off)).toMatchObject({ kind: 'refused', error: barred });
});

test('a firewall that refuses costs no login', async () => {
  const place = house();
  const server = await scripted(place.script);
  const registry = registryFor(server.url, user, { clock: place.clock });
  await registry.service(orders);
  const refusal = { status: 403, type: html, body: '<html><title>Request blocked</title></html>' };
  Object.assign(place, { refusal, unknownForMs: Number.POSITIVE_INFINITY });
  expect(await registry.service(orders)).toMatchObject({
    error: { kind: 'barred', detail: 'Request blocked' },
  });
  expect(await registry.write(off)).toMatchObject({ kind: 'unknown', error: { kind: 'barred' } });
  expect(server.requests.filter(isLogin)).toHaveLength(1);
});

test('a missing permission, said in a page, is said at once, without another login', async () => {
  const place = house();
  const server = await scripted(place.script);
  const registry = registryFor(server.url, user, { clock: place.clock });
  await registry.service(orders);
  const refusal = { status: 403, type: html, body: '<html><div>authorization failed!</div></html>' };
  Object.assign(place, { refusal, unknownForMs: Number.POSITIVE_INFINITY });
  expect(errorOf(await registry.service(orders))).toBe('forbidden');
  expect(server.requests.filter(isLogin)).toHaveLength(1);
});

test('a member with another secret: the read goes to the next address', async () => {
  const place = house();
  const deaf = await scripted(asNacos3((request) => (isLogin(request) ? place.script(request) : usual)));
  const server = await scripted(place.script);
  const registry = registryFor(
    deaf.url,
    { ...user, servers: [deaf.url, server.url] },
    { clock: place.clock },
  );
  expect(errorOf(await registry.service(orders))).toContain('no error');
  expect(await registry.service(orders, { node: deaf.url })).toMatchObject({
    error: { kind: 'token-refused', detail: 'token invalid!' },
  });
});

test('a beat, and what announces the lease, outlive a token', async () => {
  const place = house();
  const server = await scripted(place.script);
  const { presence, registry } = openNacos(
    { ...connectionTo(server.url, undefined), ...user },
    { clock: place.clock },
  );
  const own = {
    instance: leaseInstance('public', '0a1b2c3d'),
    weight: 0,
    enabled: false,
    metadata: {},
  };
  await registry.server();
  for (const call of ['announce', 'beat', 'withdraw'] as const) {
    place.ended.add([...place.issued.keys()].at(-1) ?? '');
    place.unknownForMs = 400;
    await place.clock.sleep(1_000);
    await place.clock.sleep(1_000);
    expect(await presence[call](own), call).toMatchObject({ ok: true });
  }
  await registry.close();
});
