import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { newDirectory } from '../../support/new-directory.ts';
import { instance } from '../support/fake-registry.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

const at = (ip: string, metadata: Readonly<Record<string, string>>) =>
  instance('orders', ip, 8080, { metadata });

const staged = (): Stage =>
  setStage([
    at('10.0.0.1', { zone: 'a', version: '2.3.0' }),
    at('10.0.0.2', { zone: 'b', version: '2.3.0' }),
    at('10.0.0.3', { zone: 'b', version: '2.3.1' }),
    instance('shop', '10.0.0.4', 80, { metadata: { version: '2.3.1' } }),
  ]);

async function planned(stage: Stage, ...flags: readonly string[]) {
  const { code, out, err } = await stage.run('plan', '--deploy', 'true', ...server, ...flags);
  expect(err).not.toContain('undefined');
  return { code, err, services: code === 0 && out !== '' ? parse(out).stages[0].services : [] };
}

function written(services: string): string {
  const path = join(newDirectory('which'), 'plan.yaml');
  writeFileSync(
    path,
    `version: 1\ndefaults: { deploy: { run: 'true' } }\nstages:\n  - services:\n${services}`,
  );
  return path;
}

test('--where chooses, and the printed plan has whom it chose', async () => {
  const { code, services } = await planned(
    staged(),
    '--service',
    'orders',
    '--where',
    'zone=b',
    '--where',
    'version!=2.3.1',
  );
  expect(code).toBe(0);
  expect(services[0].instances).toEqual(['10.0.0.2:8080']);
  expect(services[0].where).toBeUndefined();
});

test('--not-on leaves out who is on it, says so, and stays in the plan for the next run', async () => {
  const stage = staged();
  const { code, err, services } = await planned(stage, '--service', 'orders', '--not-on', '2.3.1');
  expect(code).toBe(0);
  expect(err).toContain(
    'Left out, as their metadata says that they are on 2.3.1: 10.0.0.3:8080 of DEFAULT_GROUP@@orders.',
  );
  expect(services[0]).toMatchObject({ instances: ['10.0.0.1:8080', '10.0.0.2:8080'], notOn: '2.3.1' });
  stage.registry.list = [at('10.0.0.1', { version: '2.3.1' }), at('10.0.0.2', { version: '2.3.0' })];
  const saved = written(
    "      - { service: orders, notOn: 2.3.1, instances: ['10.0.0.1:8080', '10.0.0.2:8080'] }\n",
  );
  const { out } = await stage.run('plan', '-f', saved, ...server);
  expect(parse(out).stages[0].services[0].instances).toEqual(['10.0.0.2:8080']);
});

test('nothing left to do is done: exit 0, and a sentence', async () => {
  const stage = staged();
  const argv = ['run', '--service', 'shop', '--not-on', '2.3.1', '--deploy', 'true', '--yes', ...server];
  const { code, out, err } = await stage.run(...argv);
  expect({ code, out, err }).toEqual({
    code: 0,
    out: '',
    err: 'Nothing is left to do: all that was chosen of DEFAULT_GROUP@@shop is on 2.3.1.\n',
  });
});

test('a service of which nothing is left does not keep the others from being rolled', async () => {
  const path = written(
    '      - { service: shop, notOn: 2.3.1 }\n      - { service: orders, notOn: 2.3.1 }\n',
  );
  const { code, out, err } = await staged().run('plan', '-f', path, ...server);
  expect(code).toBe(0);
  expect(err).toContain('10.0.0.4:80 of DEFAULT_GROUP@@shop');
  expect(err).toContain('Review of 2 targets');
  expect(parse(out).stages[0].services[1].instances).toHaveLength(2);
});

test('the key of the version is the one that the check wants changed', async () => {
  const stage = setStage([at('10.0.0.1', { build: '7' }), at('10.0.0.2', { build: '6' })]);
  const path = written(
    "      - { service: orders, notOn: '7', check: { tcp: true, changed: { metadata: build } } }\n",
  );
  const { out } = await stage.run('plan', '-f', path, ...server);
  expect(parse(out).stages[0].services[0].instances).toEqual(['10.0.0.2:8080']);
});

test.for([
  [['--where', 'zone'], '--where zone is not right: write zone=a, zone=a,b'],
  [
    ['--where', 'zome!=a'],
    'No instance of DEFAULT_GROUP@@orders has zome in its metadata; did you mean zone?',
  ],
  [['--where', 'zone=z'], 'Of no instance of DEFAULT_GROUP@@orders it is true that zone=z; there is a, b.'],
  [['--not-on', ''], '--not-on needs a value.'],
  [['--order', 'traffic'], 'DEFAULT_GROUP@@orders is to go by traffic, and nothing tells who is called'],
  [['--not-on', '1', '--not-on', '2'], '--not-on is given twice'],
] as const)('%j: %s', async ([flags, sentence]) => {
  const { code, err } = await planned(staged(), '--service', 'orders', ...flags);
  expect(code).toBe(2);
  expect(err).toContain(sentence);
});

test.for([
  ['where: zone=a', 'line 5, column 35, stages[0].services[0].where: it is no list'],
  ['where: [zone]', 'line 5, column 36, stages[0].services[0].where[0]: a condition is written zone=a'],
  ['where: [weight>x]', 'line 5, column 36, stages[0].services[0].where[0]: a condition is written zone=a'],
  ['notOn: 2.3', 'line 5, column 35, stages[0].services[0].notOn: it is no text (put it in quotes).'],
  ['notOm: 2.3.1', 'line 5, column 28, stages[0].services[0]: there is no key notOm; did you mean notOn?'],
  ['where: [weight>0, zone=c]', 'line 5, column 46: Of no instance'],
  ['where: [zone=a, zone=b]', 'line 5, column 35: Of no instance'],
  ['notOn: 2.3.1, check: { tcp: true, changed: { metadata: v } }', 'line 5, column 35: No instance'],
])('%s in a plan file: %s', async ([setting, sentence]) => {
  const { code, err } = await staged().run(
    'plan',
    '-f',
    written(`      - { service: orders, ${setting} }\n`),
    ...server,
  );
  expect(code).toBe(2);
  expect(err).toContain(sentence);
});

test.for([
  [
    'deploy: { run: "ssh {ip} reboot" }',
    'in the deploy command of',
    '"$NACOS_ROLLOUT_IP" in place of {ip} (ssh {ip} reboot).',
  ],
  ['rollback: { run: "./back {instance}" }', 'in the rollback command of', '"$NACOS_ROLLOUT_INSTANCE"'],
  ['leave: { run: "./leave {port}" }', 'in the command to leave of', '"$NACOS_ROLLOUT_PORT"'],
  ['back: { run: "./back {ip}" }', 'in the command to come back of', '"$NACOS_ROLLOUT_IP"'],
  ['check: { run: "./check {ip}" }', 'in the check of', '"$NACOS_ROLLOUT_IP"'],
  ['soak: { for: 1s, check: { run: "./check {ip}" } }', 'in the check of the soak of', '"$NACOS_ROLLOUT_IP"'],
  [
    'warmUp: { for: 1s, check: { run: "./c {management.port}" } }',
    'check of the warm-up',
    '"$NACOS_ROLLOUT_METADATA"',
  ],
] as const)('nothing is filled into a command line: %s', async ([setting, where, variable]) => {
  const path = written(`      - { service: orders, ${setting} }\n`);
  const { code, err } = await staged().run('plan', '-f', path, ...server);
  expect(code).toBe(2);
  expect(err).toMatch(/, line 5, column \d+: Nothing is filled into a command line: /);
  expect(err).toContain(where);
  expect(err).toContain(variable);
});

test("what is a shell's own stays: ${ip}, and the words of argv are filled in", async () => {
  for (const deploy of ['{ run: "echo ${ip} $NACOS_ROLLOUT_IP" }', '{ argv: [ssh, "{ip}"] }']) {
    const path = written(`      - { service: orders, deploy: ${deploy} }\n`);
    expect((await staged().run('plan', '-f', path, ...server)).code).toBe(0);
  }
});

test('both languages say it', async () => {
  const { err } = await planned(staged(), '--service', 'orders', '--where', 'zone=z', '--lang', 'zh-CN');
  expect(err).toContain('服务 DEFAULT_GROUP@@orders 没有满足 zone=z 的实例；现有：a、b。');
});
