import { expect, test } from 'vitest';
import type { Instance } from '../../../src/core/registry/service.ts';
import { instance } from '../support/fake-registry.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

const address = '10.0.0.1:8080';
const others = [instance('orders', '10.0.0.2', 8080), instance('orders', '10.0.0.3', 8080)];
const twin = (rest: Partial<Instance>, ip = '10.0.0.1'): Instance => instance('orders', ip, 8080, rest);

const kinds: readonly (readonly [string, readonly Instance[], string])[] = [
  ['by two clients', [twin({ weight: 1 }), twin({ weight: 100 })], address],
  ['in two clusters', [twin({ weight: 1 }), twin({ weight: 100, cluster: 'C1' })], address],
  ['with one weight', [twin({ metadata: { who: 'a' } }), twin({ metadata: { who: 'b' } })], address],
  ['in two spellings', [twin({}, '2001:db8::5'), twin({}, '[2001:db8:0::5]')], '[2001:db8::5]:8080'],
  ['three times', [twin({}), twin({ cluster: 'B' }), twin({ cluster: 'C' })], address],
];

const state = ({ registry }: Stage): readonly string[] =>
  registry.list.map(
    ({ ip, cluster, weight, enabled }) => `${ip} ${cluster} ${weight} ${enabled ? 'on' : 'off'}`,
  );

test.each(kinds)('registered twice %s: disable writes nothing, and says so', async (_how, twins, name) => {
  const stage = setStage([...twins, ...others]);
  const { code, err } = await stage.run('disable', 'orders', '--instance', name, ...server);
  expect({ code, writes: stage.registry.writes }).toEqual({ code: 4, writes: [] });
  expect(err).toMatch(/is registered (twice|3 times) \(weight/);
});

test.each(kinds)('registered twice %s: no plan is made of it', async (_how, twins, name) => {
  const stage = setStage([...twins, ...others]);
  stage.registry.clientsOf = async () => ({ ok: true, value: ['17_10.0.0.1_5', '18_10.9.9.9_6'] });
  const flags = ['--service', 'orders', '--deploy', 'true', ...server];
  const { code, err } = await stage.run('plan', ...flags, '--instance', name);
  expect(code).toBe(4);
  expect(err).toMatch(/DEFAULT_GROUP@@orders is registered (twice|3 times)/);
  expect(err).toContain('by the clients 17_10.0.0.1_5 and 18_10.9.9.9_6');
  expect((await stage.run('plan', ...flags)).code).toBe(4);
  expect((await stage.run('plan', ...flags, '--exclude', name)).code).toBe(0);
});

test('one cluster of two is no way around it', async () => {
  const stage = setStage([twin({}), twin({ cluster: 'C1' }), ...others]);
  const flags = ['--service', 'orders', '--deploy', 'true', '--cluster', 'C1', ...server];
  const { code, err } = await stage.run('plan', ...flags);
  expect(code).toBe(4);
  expect(err).toContain('registered twice');
});

test('a companion that is registered twice is refused as such', async () => {
  const rpc = (rest: Partial<Instance>): Instance =>
    instance('rpc', '10.0.0.1', 20_880, { group: 'DUBBO', ...rest });
  const stage = setStage([twin({}), ...others, rpc({ weight: 1 }), rpc({ weight: 2 })]);
  const companion = ['--companion', 'DUBBO@@rpc'];
  const { code, err } = await stage.run('disable', 'orders', '--instance', address, ...companion, ...server);
  expect({ code, writes: stage.registry.writes }).toEqual({ code: 4, writes: [] });
  expect(err).toContain('registered twice');
  const planned = await stage.run('plan', '--service', 'orders', ...companion, '--deploy', 'true', ...server);
  expect(planned.code).toBe(4);
  expect(planned.err).toContain('10.0.0.1:20880 of DUBBO@@rpc is registered twice');
});

test('a twin is one process: it holds up no minimum', async () => {
  const list = [twin({}), twin({ cluster: 'C1' }), instance('orders', '10.0.0.2', 8080)];
  const stage = setStage(list);
  const flags = ['--instance', '10.0.0.2:8080', '--minimum', '2', ...server];
  const { code, err } = await stage.run('disable', 'orders', ...flags);
  expect({ code, writes: stage.registry.writes }).toEqual({ code: 4, writes: [] });
  expect(err).toContain('from 2 to 1');
});

test('services and instances count the same registrations', async () => {
  const stage = setStage([twin({ weight: 1 }), twin({ weight: 100 }), ...others]);
  const services = JSON.parse((await stage.run('services', '--json', ...server)).out);
  const instances = JSON.parse((await stage.run('instances', 'orders', '--json', ...server)).out);
  expect(services).toMatchObject([{ on: 4, off: 0 }]);
  expect(instances).toHaveLength(4);
});

test('enable puts on all that is off at the address, each with its own weight', async () => {
  const off = { enabled: false };
  const stage = setStage([
    twin({ ...off, weight: 1 }),
    twin({ ...off, weight: 100, cluster: 'C1' }),
    ...others,
  ]);
  const { code } = await stage.run('enable', 'orders', '--instance', address, ...server);
  expect(code).toBe(0);
  expect(state(stage).slice(0, 2)).toEqual(['10.0.0.1 DEFAULT 1 on', '10.0.0.1 C1 100 on']);
});

test('enable does the half that is off, and is done when there is none', async () => {
  const stage = setStage([twin({}), twin({ cluster: 'C1', enabled: false }), ...others]);
  expect((await stage.run('enable', 'orders', '--self', ...server)).code).toBe(0);
  expect(stage.registry.writes.map(({ instance: { cluster } }) => cluster)).toEqual(['C1']);
  const { code, err } = await stage.run('enable', 'orders', '--ip', '10.0.0.1', ...server);
  expect({ code, count: stage.registry.writes.length }).toEqual({ code: 0, count: 1 });
  expect(err).toContain('already');
});

test('enable writes nothing that would make two weights one', async () => {
  const off = { enabled: false };
  const stage = setStage([twin({ ...off, weight: 1 }), twin({ ...off, weight: 100 }), ...others]);
  const { code, err } = await stage.run('enable', 'orders', '--instance', address, ...server);
  expect({ code, writes: stage.registry.writes }).toEqual({ code: 4, writes: [] });
  expect(err).toContain('registered twice');
});

test('disable of what is off in both places has nothing to do', async () => {
  const off = { enabled: false };
  const stage = setStage([twin(off), twin({ ...off, cluster: 'C1' }), ...others]);
  expect((await stage.run('disable', 'orders', '--instance', address, ...server)).code).toBe(0);
  expect(stage.registry.writes).toEqual([]);
});

test('enable puts on every spelling of the address', async () => {
  const off = { enabled: false };
  const stage = setStage([
    twin({ ...off, weight: 1 }, '2001:db8::5'),
    twin({ ...off, weight: 2 }, '[2001:db8:0::5]'),
    ...others,
  ]);
  const { code } = await stage.run('enable', 'orders', '--instance', '[2001:db8::5]:8080', ...server);
  expect(code).toBe(0);
  expect(state(stage).slice(0, 2)).toEqual(['2001:db8::5 DEFAULT 1 on', '[2001:db8:0::5] DEFAULT 2 on']);
});
