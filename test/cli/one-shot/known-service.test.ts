import { expect, test } from 'vitest';
import { whileRunning } from '../../support/processes/while-running.ts';
import { instance } from '../support/fake-registry.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

type Flags = readonly string[];

/** A profile that knows `orders`, of the group ORDERS, at port 8080. */
async function staged(list: Parameters<typeof setStage>[0], ...flags: Flags): Promise<Stage> {
  const stage = setStage(list);
  await stage.run('profile', 'add', 'prod', ...server);
  const known = ['profile', 'edit', 'prod', '--service', 'ORDERS@@orders', '--port', '8080', ...flags];
  expect((await stage.run(...known)).err).toContain('is kept');
  return stage;
}

function ended(stage: Stage, ...argv: Flags): ReturnType<Stage['run']> {
  return whileRunning(stage.run(...argv), () => stage.clock.advance(500));
}

const order = (ip: string, port = 8080, rest: object = {}) =>
  instance('orders', ip, port, { group: 'ORDERS', ...rest });
const disable = ['disable', 'orders', '--ip', '10.0.0.1'] as const;
const offNow = (stage: Stage) =>
  stage.registry.list.filter(({ enabled }) => !enabled).map(({ ip, port }) => `${ip}:${port}`);

test('disable orders --ip is enough: group, port and minimum are the profile’s', async () => {
  const list = [order('10.0.0.1'), order('10.0.0.1', 9090), order('10.0.0.2')];
  const stage = await staged(list, '--minimum', '1');
  expect((await stage.run(...disable)).code).toBe(0);
  expect(offNow(stage)).toEqual(['10.0.0.1:8080']);
  const kept = await staged(list, '--minimum', '3');
  expect((await kept.run(...disable)).code).toBe(4);
  expect((await kept.run(...disable, '--minimum', '1')).code).toBe(0);
});

test('the last of a zone stays, as the profile says where zones are, unless its name is typed', async () => {
  const inZone = (ip: string, metadata: object) => order(ip, 8080, { metadata });
  const list = [inZone('10.0.0.1', { zone: 'a' }), inZone('10.0.0.2', { zone: 'b' }), inZone('10.0.0.3', {})];
  const stage = await staged(list, '--zones', 'metadata:zone');
  const { code, err } = await stage.run(...disable);
  expect(code).toBe(4);
  expect(err).toContain('In zone a ORDERS@@orders would fall from 1 to 0 instances on and well');
  expect(err.match(/--override/g)).toHaveLength(1);
  const other = await stage.run('disable', 'orders', '--ip', '10.0.0.3', '--override', 'ORDERS@@orders');
  expect(other.err).toContain('has no zone in the metadata');
  expect(offNow(stage)).toEqual(['10.0.0.3:8080']);
});

test('several ports of one ip go as one: all or nothing', async () => {
  const list = [order('10.0.0.1'), order('10.0.0.1', 8081), order('10.0.0.1', 9090), order('10.0.0.2')];
  const stage = await staged(list, '--port', '8081', '--companion', 'none');
  const { code, err } = await stage.run(...disable);
  expect(code).toBe(0);
  expect(err).toContain('ORDERS@@orders 10.0.0.1:8081');
  expect(offNow(stage)).toEqual(['10.0.0.1:8080', '10.0.0.1:8081']);
  expect((await stage.run('enable', 'orders', '--ip', '10.0.0.1')).code).toBe(0);
  expect(offNow(stage)).toEqual([]);
});

test('its drain is waited for, unless --wait says otherwise', async () => {
  const list = [order('10.0.0.1'), order('10.0.0.2')];
  const stage = await staged(list, '--drain', '25s');
  const began = stage.clock.monotonic();
  const { code, err } = await ended(stage, ...disable);
  expect(code).toBe(0);
  expect(err).toContain('Waiting 25 s');
  expect(stage.clock.monotonic() - began).toBeGreaterThanOrEqual(25_000);
  const again = await staged(list, '--drain', '25s');
  expect((await again.run(...disable, '--wait', '0s')).err).not.toContain('Waiting');
});

test('enable checks as the profile says', async () => {
  const stage = await staged(
    [order('10.0.0.1', 8080, { enabled: false }), order('10.0.0.2')],
    '--check',
    'http://{ip}:{port}/up',
  );
  stage.probed = (check) =>
    check.kind === 'http' ? { kind: 'http-status', status: 503 } : { kind: 'good', ms: 1 };
  const { code, err } = await ended(stage, 'enable', 'orders', '--ip', '10.0.0.1', '--within', '3s');
  expect(code).toBe(3);
  expect(err).toContain('503');
  expect(stage.registry.writes).toEqual([]);
});

const leaving = ['--leave', 'instead:GET http://{ip}:{port}/api/nacos/deregister'] as const;

test('an application that leaves by itself is asked to, in place of a write', async () => {
  const stage = await staged([order('10.0.0.1'), order('10.0.0.2')], ...leaving);
  const asked: string[] = [];
  stage.answered = (call) => {
    asked.push(call);
    stage.registry.list = stage.registry.list.filter(({ ip }) => ip !== '10.0.0.1');
    return { kind: 'good', ms: 1 };
  };
  const { code, err } = await stage.run('disable', 'orders', '--self');
  expect(code).toBe(0);
  expect(err).toContain('10.0.0.1:8080 has left: it took itself out of Nacos');
  expect(asked).toEqual(['GET http://10.0.0.1:8080/api/nacos/deregister']);
  expect(stage.registry.writes).toEqual([]);
});

test('so it is where only flags say so', async () => {
  const stage = setStage([order('10.0.0.1'), order('10.0.0.2')]);
  stage.answered = () => {
    stage.registry.list = stage.registry.list.filter(({ ip }) => ip !== '10.0.0.1');
    return { kind: 'good', ms: 1 };
  };
  const named = ['ORDERS@@orders', '--self', '--port', '8080', ...server] as const;
  const bad = await stage.run('disable', ...named, '--leave', 'http://{ip}/');
  expect(bad.err).toContain('write a method and a URL');
  expect((await stage.run('disable', ...named, ...leaving)).code).toBe(0);
  expect(stage.registry.writes).toEqual([]);
});

test('enable waits for what is to be checked until it registers', async () => {
  const stage = await staged([order('10.0.0.2')], '--check', 'tcp');
  stage.clock.after(20_000, () => {
    stage.registry.list = [order('10.0.0.1', 8080, { enabled: false }), order('10.0.0.2')];
  });
  expect((await ended(stage, 'enable', 'orders', '--ip', '10.0.0.1')).code).toBe(0);
  expect(offNow(stage)).toEqual([]);
});

test('one that does not leave is on, and said to be', async () => {
  const stage = await staged([order('10.0.0.1'), order('10.0.0.2')], ...leaving);
  stage.answered = () => ({ kind: 'http-status', status: 500 });
  const { code, err } = await stage.run(...disable);
  expect(code).toBe(1);
  expect(err).toContain('failed, GET http://10.0.0.1:8080/api/nacos/deregister: HTTP 500');
  stage.answered = () => ({ kind: 'good', ms: 1 });
  // It says yes and stays.
  expect((await ended(stage, ...disable)).code).toBe(1);
  expect(stage.registry.writes).toEqual([]);
});

test.each([
  ['at once', 0],
  ['a while after', 5000],
])('one that leaves %s though its answer is lost is said to be off', async (_, afterMs) => {
  const stage = await staged([order('10.0.0.1'), order('10.0.0.2')], ...leaving);
  stage.answered = () => {
    const leave = (): void => {
      stage.registry.list = [order('10.0.0.2')];
    };
    if (afterMs === 0) leave();
    else void stage.clock.sleep(afterMs).then(leave);
    return { kind: 'timed-out', afterMs: 5000 };
  };
  const { code, err } = await ended(stage, ...disable);
  expect(code).toBe(3);
  expect(err).toContain('Still off because of us: ORDERS@@orders 10.0.0.1:8080');
});

test('asked after the write it goes off first; where it does not leave it is put back', async () => {
  const stage = await staged([order('10.0.0.1'), order('10.0.0.2')], '--leave', './leave.sh');
  const seen: unknown[] = [];
  stage.answered = () => {
    seen.push(offNow(stage));
    return { kind: 'command-failed', code: 7 };
  };
  expect((await stage.run(...disable)).code).toBe(1);
  expect(seen).toEqual([['10.0.0.1:8080']]);
  expect(offNow(stage)).toEqual([]);
  stage.answered = () => ({ kind: 'good', ms: 1 });
  expect((await stage.run(...disable)).code).toBe(0);
  expect(offNow(stage)).toEqual(['10.0.0.1:8080']);
});

test('the guard is asked before an application is', async () => {
  const stage = await staged([order('10.0.0.1')], ...leaving);
  stage.answered = () => {
    throw new Error('asked');
  };
  expect((await stage.run(...disable)).code).toBe(4);
});

const coming = ['--back', 'POST http://{ip}:{port}/api/nacos/register'] as const;

test('enable asks one that has left to come back, until it is there, and puts it on', async () => {
  const stage = await staged([order('10.0.0.2')], ...coming);
  const asked: string[] = [];
  stage.answered = (call) => {
    asked.push(call);
    if (asked.length < 3) return { kind: 'refused', detail: 'ECONNREFUSED' };
    stage.registry.list = [order('10.0.0.1', 8080, { enabled: false }), order('10.0.0.2')];
    return { kind: 'good', ms: 1 };
  };
  const back = await ended(stage, 'enable', 'orders', '--ip', '10.0.0.1');
  expect(back.code).toBe(0);
  expect(asked).toEqual(Array(3).fill('POST http://10.0.0.1:8080/api/nacos/register'));
  expect(offNow(stage)).toEqual([]);
  expect((await stage.run('enable', 'orders', '--ip', '10.0.0.1')).code).toBe(0);
  expect(asked).toHaveLength(3);
});

test('one that does not come back in time is left as it is: exit 3', async () => {
  const stage = await staged([order('10.0.0.2')], ...coming);
  stage.answered = () => ({ kind: 'refused', detail: 'ECONNREFUSED' });
  const typed = ['enable', 'orders', '--ip', '10.0.0.1', '--within', '5s'];
  const { code, err } = await ended(stage, ...typed);
  expect(code).toBe(3);
  expect(err).toContain(
    'come back failed, POST http://10.0.0.1:8080/api/nacos/register: no connection (ECONNREFUSED)',
  );
  expect(err).toContain(
    `10.0.0.1:8080 is off still. Once it is well, again: nacos-rollout ${typed.join(' ')}\n`,
  );
});

test('one that comes back on is said to have come back, and not to have been on', async () => {
  const stage = await staged([order('10.0.0.2')], ...coming);
  stage.answered = () => {
    stage.registry.list = [order('10.0.0.1'), order('10.0.0.2')];
    return { kind: 'good', ms: 1 };
  };
  const { code, err } = await ended(stage, 'enable', 'orders', '--ip', '10.0.0.1');
  expect(code).toBe(0);
  expect(err).toContain('10.0.0.1:8080 was asked to come back, is registered again, and is on.');
  expect((await stage.run('enable', 'orders', '--ip', '10.0.0.1')).err).toContain('is on already');
});

test('of the ports of one ip that are all there is, one may go: it is said before all of them are', async () => {
  const list = [order('10.0.0.1'), order('10.0.0.1', 8081)];
  const stage = await staged(list, '--port', '8081', '--companion', 'none');
  const { code, err } = await stage.run(...disable);
  expect(code).toBe(4);
  expect(err).toContain(
    '10.0.0.1:8080 stands for all of 10.0.0.1:8080, 10.0.0.1:8081 here. For one of them alone: --instance with it, or --port beside --ip.\nIf all 2 may go all the same: add --override ORDERS@@orders\n',
  );
  expect((await stage.run(...disable, '--port', '8081')).code).toBe(0);
  expect(offNow(stage)).toEqual(['10.0.0.1:8081']);
});
