import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { newDirectory } from '../../support/new-directory.ts';
import { instance } from '../support/fake-registry.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

const orders = (end: number, rest: Parameters<typeof instance>[3] = {}) =>
  instance('orders', `10.0.0.${end}`, 8080, rest);
const providers = (end: number) => instance('providers', `10.0.0.${end}`, 20880);

const listed = [orders(1), orders(2), orders(3), orders(4, { enabled: false })];
const deploy = ['--deploy', './redeploy.sh'] as const;

/** The plan of what is there now, as `plan` prints it, in a file. */
async function saved(stage: Stage, ...more: string[]): Promise<string> {
  const { code, out } = await stage.run('plan', ...server, '--service', 'orders', ...deploy, ...more);
  expect(code).toBe(0);
  const path = join(newDirectory('diff'), 'plan.yaml');
  writeFileSync(path, out);
  return path;
}

test('a plan holds what its service had, also what is not rolled', async () => {
  const path = await saved(setStage(listed), '--exclude', '10.0.0.3:8080');
  const { out } = await setStage(listed).run('plan', ...server, '-f', path);
  expect(parse(out).stages[0].services[0]).toEqual({
    service: 'orders',
    group: 'DEFAULT_GROUP',
    instances: ['10.0.0.1:8080', '10.0.0.2:8080'],
    seen: {
      '10.0.0.1:8080': { weight: 5, version: '1' },
      '10.0.0.2:8080': { weight: 5, version: '1' },
      '10.0.0.3:8080': { weight: 5, version: '1' },
      '10.0.0.4:8080': { enabled: false, weight: 5, version: '1' },
    },
  });
});

test('nothing has changed, and one sentence says so', async () => {
  const stage = setStage(listed);
  const path = await saved(stage);
  expect(await stage.run('plan', 'diff', ...server, '-f', path)).toEqual({
    code: 0,
    out: '',
    err: `Nothing has changed since ${path} was made.\n`,
  });
});

test('what came, went and changed is said, a line each', async () => {
  const stage = setStage(listed);
  const path = await saved(stage, '--exclude', '10.0.0.3:8080');
  stage.registry.list = [
    orders(2, { weight: 2, metadata: { version: '2' }, enabled: false }),
    orders(4, { metadata: {} }),
    orders(5),
  ];
  const { code, out, err } = await stage.run('plan', 'diff', ...server, '-f', path);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const service = 'DEFAULT_GROUP@@orders';
  expect(out.trimEnd().split('\n')).toEqual([
    `- 10.0.0.1:8080 of ${service} is gone, and is in the plan.`,
    `- 10.0.0.3:8080 of ${service} is gone.`,
    `+ 10.0.0.5:8080 of ${service} came, and is not in the plan.`,
    `~ 10.0.0.2:8080 of ${service} is off, and was on.`,
    `~ 10.0.0.2:8080 of ${service} has weight 2, and had 5.`,
    `~ 10.0.0.2:8080 of ${service} has version 2, and had version 1.`,
    `~ 10.0.0.4:8080 of ${service} is on, and was off.`,
    `~ 10.0.0.4:8080 of ${service} has no version, and had version 1.`,
  ]);
  const json = await stage.run('plan', 'diff', ...server, '-f', path, '--json');
  expect(JSON.parse(json.out)).toHaveLength(8);
  expect(JSON.parse(json.out)[0]).toEqual({
    service,
    kind: 'gone',
    instance: '10.0.0.1:8080',
    isRolled: true,
  });
  const chinese = await stage.run('plan', 'diff', ...server, '-f', path, '--lang', 'zh-CN');
  expect(chinese.out).toContain(`- ${service} 的 10.0.0.1:8080 已不存在，而计划中有它。`);
});

test('the version is the field that the check says must have changed', async () => {
  const build = (version: string) => [orders(1, { metadata: { build: version } }), orders(2)];
  const stage = setStage(build('7'));
  const path = join(newDirectory('diff'), 'plan.yaml');
  const check = 'check: { tcp: true, changed: { metadata: build } }';
  writeFileSync(
    path,
    `version: 1\ndefaults: { deploy: { run: x }, ${check} }\nstages: [{ services: [{ service: orders }] }]\n`,
  );
  const { out: settled } = await stage.run('plan', ...server, '-f', path);
  writeFileSync(path, settled);
  stage.registry.list = build('8');
  const { out } = await stage.run('plan', 'diff', ...server, '-f', path);
  expect(out).toBe('~ 10.0.0.1:8080 of DEFAULT_GROUP@@orders has version 8, and had version 7.\n');
});

test('what is found beside an instance is compared, also where another one is gone', async () => {
  const stage = setStage([orders(1), orders(2), providers(1), providers(2)]);
  const path = await saved(stage, '--companion', 'ip');
  stage.registry.list = [orders(2), instance('consoles', '10.0.0.2', 9000)];
  const { code, out, err } = await stage.run('plan', 'diff', ...server, '-f', path);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.trimEnd().split('\n')).toEqual([
    '- 10.0.0.1:8080 of DEFAULT_GROUP@@orders is gone, and is in the plan.',
    '~ What goes with 10.0.0.2:8080 of DEFAULT_GROUP@@orders: came: DEFAULT_GROUP@@consoles 10.0.0.2:9000; gone: DEFAULT_GROUP@@providers 10.0.0.2:20880.',
  ]);
});

test('of a plan that holds nothing of what there was only what it names is compared', async () => {
  const stage = setStage(listed);
  const path = join(newDirectory('diff'), 'plan.yaml');
  writeFileSync(
    path,
    'version: 1\nstages: [{ services: [{ service: orders, instances: ["10.0.0.9:8080"] }, { service: gone }] }]\n',
  );
  const { code, out } = await stage.run('plan', 'diff', ...server, '-f', path);
  expect(code).toBe(0);
  expect(out.trimEnd().split('\n')).toEqual([
    '? The plan does not hold what DEFAULT_GROUP@@orders had: nacos-rollout plan -f FILE prints it with that.',
    '- 10.0.0.9:8080 of DEFAULT_GROUP@@orders is gone, and is in the plan.',
    '- DEFAULT_GROUP@@gone is gone: there is no such service in this namespace.',
  ]);
});

test.for([
  [[], '--file is missing'],
  [['-f', 'x.yaml', '--service', 'orders'], '--file and --service cannot be given together'],
] as const)('plan diff %j compares nothing', async ([flags, sentence]) => {
  const { code, err } = await setStage(listed).run('plan', 'diff', ...server, ...flags);
  expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining(sentence) });
});

test('help names only the flags that mean something', async () => {
  const { out } = await setStage().run('plan', 'diff', '--help');
  expect(out).toContain('--file <plan.yaml>');
  expect(out).toContain('--namespace <id>');
  expect(out).not.toContain('--service <service>');
  expect((await setStage().run('plan', 'check', '--help')).out).toContain('--service <service>');
});
