import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { instance } from '../support/fake-registry.ts';
import { server, setStage } from '../support/stage.ts';

const listed = [
  instance('orders', '10.0.0.10', 8080),
  instance('orders', '10.0.0.9', 8080),
  instance('orders', '10.0.0.8', 8080, { enabled: false }),
];
const deploy = ['--deploy', './redeploy.sh'] as const;

function planFile(text: string): string {
  const path = join(newDirectory('plan'), 'plan.yaml');
  writeFileSync(path, text);
  return path;
}

test('a plan is printed as YAML that names its instances in their order, and reads back', async () => {
  const argv = ['plan', ...server, '--service', 'orders', '--drain', '2s', '--minimum', '50%', ...deploy];
  const { code, out, err } = await setStage(listed).run(...argv);
  expect(code).toBe(0);
  expect(planFileSchema.parse(parse(out))).toEqual({
    version: 1,
    defaults: { drain: { time: '2s' }, minimum: '50%', deploy: { run: './redeploy.sh' } },
    stages: [
      {
        services: [
          {
            service: 'orders',
            group: 'DEFAULT_GROUP',
            instances: ['10.0.0.9:8080', '10.0.0.10:8080'],
            seen: {
              '10.0.0.8:8080': { enabled: false, weight: 5, version: '1' },
              '10.0.0.9:8080': { weight: 5, version: '1' },
              '10.0.0.10:8080': { weight: 5, version: '1' },
            },
          },
        ],
      },
    ],
  });
  expect(err).toContain('10.0.0.8:8080 of DEFAULT_GROUP@@orders is off already: it is left out');
});

test('a profile’s defaults stand behind the flags', async () => {
  const stage = setStage(listed);
  await stage.run('profile', 'add', 'prod', ...server, '--drain', 'dubbo', '--check', 'none', ...deploy);
  const { out } = await stage.run('plan', '--service', 'orders', '--drain', '2s');
  expect(parse(out)).toMatchObject({
    profile: 'prod',
    defaults: { drain: { time: '2s' }, check: 'none', deploy: { run: './redeploy.sh' } },
  });
});

test.each([
  [['--service', 'orders'], 'There is no deploy command for DEFAULT_GROUP@@orders'],
  [['--service', 'order', ...deploy], 'did you mean DEFAULT_GROUP@@orders'],
  [['--service', 'orders', '--cluster', 'C9', ...deploy], 'it has DEFAULT'],
  [['--service', 'orders', '--exclude', '10.0.0.9:1', ...deploy], 'has no instance 10.0.0.9:1'],
  [['--service', 'orders', '--drain', 'soon', ...deploy], '--drain soon is not right'],
  [['--service', 'orders', '--batch', '0', ...deploy], '--batch 0 is not right'],
  [['--service', 'orders', '--minimum', '101%', ...deploy], '--minimum 101% is not right'],
  [['--service', 'orders', '--order', 'age', ...deploy], '--order age is not right'],
  [
    ['--service', 'orders', '--instance', 'nowhere', ...deploy],
    '--instance nowhere is not right: write ip:port, an IPv6 address in brackets: [2001:db8::1]:8080',
  ],
  [[...deploy], '--service is missing'],
  [['--file', 'x.yaml', '--service', 'orders'], '--file and --service cannot be given together'],
  [['--file', '/nowhere/plan.yaml'], '/nowhere/plan.yaml cannot be read (there is no such file)'],
])('plan %j is one sentence and exit 2', async (flags, sentence) => {
  const { code, out, err } = await setStage(listed).run('plan', ...server, ...flags);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(sentence);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
});

test.each([
  ['version: 1\nstages: [', 'is not right: '],
  ['version: 1', 'is not right: line 1, column 1, stages: it is missing'],
  ['version: 1\nstagez: []', 'is not right: '],
  ['version: 1\nstages:\n  - services: [{ service: orders, drain: { floor: soon } }]', 'stages[0]'],
])('a malformed plan file %j says where', async (text, sentence) => {
  const { code, err } = await setStage(listed).run('plan', ...server, '-f', planFile(text));
  expect(code).toBe(2);
  expect(err).toContain(sentence);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
});

test('the profile that a plan names is used, unless a server is given by itself', async () => {
  const stage = setStage(listed);
  await stage.run('profile', 'add', 'one', '--server', 'one.example');
  await stage.run('profile', 'add', 'two', '--server', 'two.example');
  const stages = 'stages:\n  - services: [{ service: orders, deploy: { run: x } }]';
  const path = planFile(`version: 1\nprofile: two\n${stages}`);
  await stage.run('plan', '-f', path);
  await stage.run('plan', '-f', path, ...server);
  expect(stage.specs.map(({ profile, servers }) => [profile, servers[0]])).toEqual([
    ['two', 'http://two.example:8848'],
    [undefined, 'http://127.0.0.1:8848'],
  ]);
});

test('what run would be refused for is said beside the plan, with the exit code of run', async () => {
  const stage = setStage(listed);
  const before = { ...stage.ports };
  const worlds: unknown[] = [];
  stage.ports = {
    ...stage.ports,
    review: async (plan, connected, world) => {
      worlds.push(world);
      return before.review(plan, connected, world);
    },
  };
  const refusal = { kind: 'minimum-impossible', service: 'orders', minimum: 2, wouldWork: 1 } as const;
  stage.findings = [{ level: 'refused', ...refusal }];
  const { code, out, err } = await stage.run('plan', ...server, '--service', 'orders', ...deploy);
  expect(code).toBe(4);
  expect(parse(out)).toMatchObject({ version: 1 });
  expect(err).toContain('orders cannot keep a minimum of 2');
  expect(err).toContain('run would write nothing');
  expect(worlds).toEqual(['rehearsal']);
  stage.findings = [{ level: 'refused', kind: 'command-missing', command: './nosuch.sh' }];
  const refused = await stage.run('plan', ...server, '--service', 'orders', ...deploy);
  expect(refused.code).toBe(2);
  // It may as well be that of a check.
  expect(refused.err).toContain('✗ The command ./nosuch.sh does not exist or may not be run.');
});
