import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { PlanFile } from '../../../src/core/plan/plan-file.ts';
import { type FakeRegistry, instance } from '../support/fake-registry.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

const group = 'DUBBO_GROUP';
const names = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `providers:com.acme.${letter}:1.0.0:`);
const ips = ['10.0.0.1', '10.0.0.2'];
const plan = ['plan', ...server, '--service', 'orders', '--deploy', './redeploy.sh'] as const;

/** Two instances, each with six providers. One client each, where `isTold`. */
function dubboStage(isTold = true): Stage {
  const list = ips.flatMap((ip) => [
    instance('orders', ip, 8080),
    ...names.map((name) => instance(name, ip, 20_880, { group })),
  ]);
  const stage = setStage([
    ...list,
    instance('metrics', '10.0.0.1', 9100),
    instance('consumers:x', '10.0.0.1', 0, { group }),
  ]);
  stage.registry.sameProcess = async (one) => ({
    ok: true,
    value: isTold ? list.filter(({ ip, port }) => ip === one.ip && port === 20_880) : undefined,
  });
  return stage;
}

const entryOf = (out: string): PlanFile['stages'][number]['services'][number] =>
  parse(out).stages[0].services[0];
const foundAt = (ip: string): readonly string[] => names.map((name) => `${group}@@${name} ${ip}:20880`);

test.each([
  [`${group}@@providers:*`, [{ service: 'providers:*', group }]],
  [`${group}@@providers:*:20880`, [{ service: 'providers:*', group, port: 20_880 }]],
  ['process', ['process']],
])('--companion %s is in the plan with what it found, by name', async (text, companions) => {
  const { code, out, err } = await dubboStage().run(...plan, '--companion', text);
  expect({ code, err }).toMatchObject({ code: 0 });
  expect(entryOf(out)).toMatchObject({
    companions,
    found: { '10.0.0.1:8080': foundAt('10.0.0.1'), '10.0.0.2:8080': foundAt('10.0.0.2') },
  });
  // Counted, and named once for both.
  expect(err).toContain('10.0.0.2:8080  orders + 6 registrations');
  expect(err).toContain('the 6 that go with 10.0.0.1:8080, 10.0.0.2:8080:');
  expect(err).toContain(`  ${group}@@${names[5]} :20880`);
});

test('ip takes what other processes of the machine have, and leaves alone what nobody calls', async () => {
  const { code, out, err } = await dubboStage().run(
    ...plan,
    '--companion',
    'ip',
    '--override',
    'metrics',
    '--instance',
    '10.0.0.1:8080',
  );
  expect({ code, err }).toMatchObject({ code: 0 });
  expect(entryOf(out).found?.['10.0.0.1:8080']).toEqual([
    ...foundAt('10.0.0.1'),
    'DEFAULT_GROUP@@metrics 10.0.0.1:9100',
  ]);
  expect(err).toContain('DUBBO_GROUP@@consumers:x');
});

test('the last of any service that is found is not taken without an override', async () => {
  const one = [...server, 'orders', '--instance', '10.0.0.1:8080', '--companion', 'ip'];
  const stage = dubboStage();
  const { code, err } = await stage.run('disable', ...one);
  expect({ code, writes: stage.registry.writes }).toEqual({ code: 4, writes: [] });
  expect(err).toContain('It is the last instance of metrics that is on and well.');
  expect(await stage.run('disable', ...one, '--override', 'metrics')).toMatchObject({ code: 0 });
  expect(stage.registry.writes).toHaveLength(8);
});

test.each([
  [
    [`${group}@@provider.*`],
    'Nothing beside 10.0.0.1:8080 answers to DUBBO_GROUP@@provider.*; there is DUBBO_GROUP@@providers:com.acme.a:1.0.0:',
  ],
  [['process'], 'does not tell what else the client of 10.0.0.1:8080'],
] as const)('--companion %s that nothing answers to is refused', async ([text], sentence) => {
  const { code, out, err } = await dubboStage(false).run(...plan, '--companion', text);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(sentence);
});

test('what has come or gone since a plan was saved is named', async () => {
  const stage = dubboStage();
  const { out } = await stage.run(...plan, '--companion', `${group}@@providers:*`);
  const { registry } = stage;
  registry.list = [
    ...registry.list.filter(({ service, ip }) => service !== names[0] || ip !== '10.0.0.1'),
    ...ips.map((ip) => instance('providers:new', ip, 20_880, { group })),
  ];
  stage.ports = { ...stage.ports, readText: async () => ({ ok: true, text: out }) };
  const { err } = await stage.run('run', ...server, '-f', 'plan.yaml', '--dry-run');
  expect(err).toContain(
    `What goes with 10.0.0.1:8080 is not what this plan was saved with: come since and taken along: ${group}@@providers:new 10.0.0.1:20880; gone since: ${group}@@${names[0]} 10.0.0.1:20880.`,
  );
});

const writesOf = (registry: FakeRegistry): readonly string[] =>
  registry.writes.map(({ instance: { service }, enabled }) => `${service} ${enabled}`);

test('disable and enable take all of a process', async () => {
  const stage = dubboStage();
  const one = [...server, 'orders', '--instance', '10.0.0.1:8080', '--companion', 'process'];
  expect(await stage.run('disable', ...one)).toMatchObject({ code: 0 });
  expect(new Set(writesOf(stage.registry))).toEqual(
    new Set(['orders', ...names].map((name) => `${name} false`)),
  );
  expect(await stage.run('enable', ...one)).toMatchObject({ code: 0 });
  expect(stage.registry.list.every(({ enabled }) => enabled)).toBe(true);
});

test('a profile may say so for all of its rollouts, and a flag otherwise', async () => {
  const stage = dubboStage();
  await stage.run('profile', 'add', 'prod', ...server, '--companion', 'process');
  const by = ['plan', '--profile', 'prod', ...plan.slice(3)];
  expect(entryOf((await stage.run(...by)).out).companions).toEqual(['process']);
  expect(entryOf((await stage.run(...by, '--companion', 'none')).out).found).toBeUndefined();
  const one = ['--profile', 'prod', 'orders', '--instance', '10.0.0.1:8080'];
  expect(await stage.run('disable', ...one)).toMatchObject({ code: 0 });
  expect(stage.registry.writes).toHaveLength(7);
});
