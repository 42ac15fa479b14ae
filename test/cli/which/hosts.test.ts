import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { newDirectory } from '../../support/new-directory.ts';
import { instance } from '../support/fake-registry.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

const dubbo = { group: 'DUBBO' } as const;
const staged = (): Stage =>
  setStage([
    instance('orders', '10.0.0.5', 8081),
    instance('orders', '10.0.0.5', 8080),
    instance('providers:a', '10.0.0.5', 20_880, dubbo),
    instance('consumers:a', '10.0.0.5', 1, dubbo),
    instance('orders', '10.0.0.6', 8080),
    instance('shop', '10.0.0.6', 80),
    instance('shop', '10.0.0.7', 80),
    instance('shop', '10.0.0.8', 80, { enabled: false }),
    instance('shop', '10.0.0.9', 80),
    instance('orders', '10.0.0.9', 8080),
    instance('providers:a', '10.0.0.9', 20_880, dubbo),
  ]);

const hosts = (...ips: readonly string[]) => ips.flatMap((ip) => ['--host', ip]);

async function planned(...flags: readonly string[]) {
  const { code, out, err } = await staged().run('plan', ...server, '--deploy', 'true', ...flags);
  return { code, err, services: code === 0 ? parse(out).stages[0].services : [] };
}

test('a machine is one target: all that is registered at its ip, of any service', async () => {
  const { code, err, services } = await planned(...hosts('10.0.0.5', '10.0.0.6'));
  expect(code).toBe(0);
  expect(services).toHaveLength(1);
  expect(services[0]).toMatchObject({
    service: 'orders',
    hosts: ['10.0.0.5', '10.0.0.6'],
    instances: ['10.0.0.5:8080', '10.0.0.6:8080'],
    found: {
      '10.0.0.5:8080': ['DEFAULT_GROUP@@orders 10.0.0.5:8081', 'DUBBO@@providers:a 10.0.0.5:20880'],
      '10.0.0.6:8080': ['DEFAULT_GROUP@@shop 10.0.0.6:80'],
    },
  });
  expect(err).toContain('Review of 2 targets');
  expect(err).toContain('DUBBO@@consumers:a');
});

test('machines with nothing in common go one after the other, in their order', async () => {
  const { services } = await planned(...hosts('10.0.0.7', '10.0.0.5'));
  expect(
    services.map(({ service, hosts: at }: { service: string; hosts: string[] }) => [service, at]),
  ).toEqual([
    ['shop', ['10.0.0.7']],
    ['orders', ['10.0.0.5']],
  ]);
});

test('with a service, the machine is asked at that one', async () => {
  const { services } = await planned('--service', 'shop', ...hosts('10.0.0.6'));
  expect(services[0]).toMatchObject({ service: 'shop', instances: ['10.0.0.6:80'] });
});

test('a printed plan means the same machines when it is read', async () => {
  const stage = staged();
  const { out } = await stage.run('plan', ...server, '--deploy', 'true', ...hosts('10.0.0.5'));
  const path = join(newDirectory('hosts'), 'plan.yaml');
  writeFileSync(path, out);
  const again = await stage.run('plan', ...server, '-f', path);
  expect(again.code).toBe(0);
  expect(parse(again.out).stages).toEqual(parse(out).stages);
});

test.for([
  [['--host', '10.0.0.99'], 'Nothing in this namespace is registered at 10.0.0.99.'],
  [['--service', 'shop', '--host', '10.0.0.5'], 'DEFAULT_GROUP@@shop is not registered at 10.0.0.5.'],
  [['--host', '10.0.0.5:8080'], '--host 10.0.0.5:8080 is not right: write the ip'],
  [['--host', '10.0.0.8'], 'is off already'],
] as const)('%j: %s', async ([flags, sentence]) => {
  const { code, err } = await planned(...flags);
  expect(code).toBe(2);
  expect(err).toContain(sentence);
});

test.for([
  ['{ service: "*", hosts: [10.0.0.5, 10.0.0.99] }', 'line 5, column 43: Nothing in this namespace'],
  [
    '{ service: "*", hosts: [10.0.0.5:8080] }',
    'line 5, column 33, stages[0].services[0].hosts[0]: a host is written',
  ],
  [
    '{ service: "*" }',
    'line 5, column 20, stages[0].services[0].service: * means any service, with hosts beside it',
  ],
] as const)('%s in a plan file: %s', async ([entry, sentence]) => {
  const path = join(newDirectory('hosts'), 'plan.yaml');
  writeFileSync(
    path,
    `version: 1\ndefaults: { deploy: { run: 'true' } }\nstages:\n  - services:\n      - ${entry}\n`,
  );
  const { code, err } = await staged().run('plan', ...server, '-f', path);
  expect(code).toBe(2);
  expect(err).toContain(sentence);
});

test('disable --host takes all off that is registered there, and enable --host puts it on', async () => {
  const stage = staged();
  const off = () =>
    stage.registry.list.filter(({ enabled }) => !enabled).map(({ ip, port }) => `${ip}:${port}`);
  const before = off();
  const { code, err } = await stage.run('disable', ...server, ...hosts('10.0.0.5', '10.0.0.7'));
  expect(code).toBe(0);
  expect(err).toContain('DUBBO@@providers:a 10.0.0.5:20880');
  expect(
    off()
      .filter((name) => !before.includes(name))
      .toSorted(),
  ).toEqual(['10.0.0.5:20880', '10.0.0.5:8080', '10.0.0.5:8081', '10.0.0.7:80']);
  expect((await stage.run('enable', ...server, ...hosts('10.0.0.5', '10.0.0.7'))).code).toBe(0);
  expect(off()).toEqual(before);
});

test('where the second machine may not go off, the first stays off and is named: exit 3', async () => {
  const stage = setStage([
    instance('orders', '10.0.0.5', 8080),
    instance('orders', '10.0.0.6', 8080),
    instance('shop', '10.0.0.6', 80),
  ]);
  const { code, err } = await stage.run('disable', ...server, ...hosts('10.0.0.5', '10.0.0.6'));
  expect(code).toBe(3);
  expect(err).toContain('Still off because of us: 10.0.0.5:8080');
});

test.for([
  [['disable'], 'Which instance?'],
  [['disable', '--ip', '10.0.0.5'], 'service is missing'],
  [['disable', '--host', '10.0.0.5', '--self'], '--self and --host cannot be given together.'],
] as const)('%j: %s', async ([argv, sentence]) => {
  const { code, err } = await staged().run(...argv, ...server);
  expect(code).toBe(2);
  expect(err).toContain(sentence);
});

test('a machine keeps the minimum that the profile asks of each service on it', async () => {
  const stage = staged();
  await stage.run('profile', 'add', 'prod', ...server);
  await stage.run('profile', 'edit', 'prod', '--service', 'shop', '--minimum', '2');
  const minimums = async (...flags: readonly string[]) =>
    (await stage.run('plan', '--deploy', 'true', ...hosts('10.0.0.6'), ...flags)).err.match(/^minimum .*/gm);
  expect(await minimums()).toEqual(['minimum  1 of orders', 'minimum  2 of shop']);
  expect(await minimums('--minimum', '1')).toEqual(['minimum  1 of orders', 'minimum  1 of shop']);
  const twice = [...hosts('10.0.0.6', '10.0.0.7')];
  expect((await stage.run('disable', ...twice)).code).toBe(3);
});
