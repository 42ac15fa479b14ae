import { expect, onTestFinished, test } from 'vitest';
import { openRegistry } from '../../src/nacos/open-registry.ts';
import { register } from '../../src/sandbox/registry/registry-writes.ts';
import { type SandboxServer, startSandboxServer } from '../../src/sandbox/server.ts';
import { realClock } from '../../src/world/clock.ts';
import { connectionTo } from '../contract/subjects/subject.ts';
import { type Stage, server as serverFlag, setStage } from './support/stage.ts';

const registered = { enabled: true, weight: 1, metadata: {}, ephemeral: true };

async function sandbox(hasConsole: boolean): Promise<SandboxServer> {
  const server = await startSandboxServer({ kind: '2.x', clock: realClock, hasConsole });
  onTestFinished(() => server.close());
  const { state } = server;
  for (const [id, name] of [
    ['9f3a-aa', 'prod'],
    ['77b1-cc', 'staging'],
    ['dev', 'dev'],
    ['qa-1', 'qa'],
    ['qa-2', 'qa'],
  ] as const)
    if (hasConsole) state.namespaces.set(id, name);
  for (const [namespace, group, service] of [
    ['public', 'DEFAULT_GROUP', 'orders'],
    ['public', 'DUBBO_GROUP', 'orders'],
    ['public', 'DEFAULT_GROUP', 'payments'],
    ['public', 'DEFAULT_GROUP', 'providers:com.acme.Pay'],
    ['9f3a-aa', 'DEFAULT_GROUP', 'pricing'],
  ] as const) {
    const instance = { namespace, group, service, cluster: 'DEFAULT', ip: '10.0.0.1', port: 8080 };
    register(state, instance, registered, realClock.monotonic(), `${namespace}${group}${service}`);
  }
  return server;
}

async function stageAt(hasConsole = true): Promise<{ stage: Stage; sandbox: SandboxServer }> {
  const stage = setStage();
  const server = await sandbox(hasConsole);
  stage.ports = {
    ...stage.ports,
    connect: async (spec) => {
      const connection = { ...connectionTo(server.url, undefined), namespace: spec.namespace };
      const registry = openRegistry(connection, { clock: realClock });
      return {
        ok: true,
        value: { spec, registry, reached: { ...spec, product: 'nacos', version: '2.2.4' } },
      };
    },
  };
  return { stage, sandbox: server };
}

const deploy = ['--deploy', 'true', '--drain', '0s'];
/** Every command that names a namespace, for a service that would be there. */
const commands: Readonly<Record<string, readonly string[]>> = {
  services: ['services'],
  'services PATTERN': ['services', 'pric*'],
  instances: ['instances', 'pricing'],
  plan: ['plan', '--service', 'pricing', ...deploy],
  run: ['run', '--service', 'pricing', '--yes', ...deploy],
  disable: ['disable', 'pricing', '--instance', '10.0.0.1:8080'],
  'enable --self': ['enable', 'pricing', '--self', '--within', '60s'],
  'enable --ip': ['enable', 'pricing', '--ip', '10.0.0.1'],
  'profile test': ['profile', 'test'],
};

test.for(Object.entries(commands))(
  '%s in a namespace by its name says the id, and what works',
  async ([, argv]) => {
    const { stage } = await stageAt();
    const { code, err } = await stage.run(...argv, ...serverFlag, '--namespace', 'prod');
    expect(err).toContain('prod is the name of a namespace, not its id: give --namespace 9f3a-aa.\n');
    const works = ['nacos-rollout', ...argv, ...serverFlag, '--namespace', '9f3a-aa'].join(' ');
    expect(err.replaceAll("'", '')).toContain(`This works: ${works}\n`);
    expect(code).toBe(2);
  },
);

test('what is said to work does', async () => {
  const { stage } = await stageAt();
  const { code, out } = await stage.run('instances', 'pricing', ...serverFlag, '--namespace', '9f3a-aa');
  expect({ code, lines: out.trimEnd().split('\n').length }).toEqual({ code: 0, lines: 2 });
});

test('doctor says it too, and that it is a matter of configuration', async () => {
  const { stage } = await stageAt();
  const { code, out } = await stage.run('doctor', ...serverFlag, '--namespace', 'prod');
  expect(out).toContain('✗ prod is the name of a namespace, not its id: give --namespace 9f3a-aa.\n');
  expect(code).toBe(2);
});

test('a namespace that was not typed, but came from a profile or a variable, is given by the flag', async () => {
  const { stage } = await stageAt();
  stage.env = { NACOS_ROLLOUT_NAMESPACE: 'prod' };
  const { err } = await stage.run('instances', 'pricing', ...serverFlag);
  expect(err).toContain(
    'This works: nacos-rollout instances pricing --server 127.0.0.1 --namespace 9f3a-aa\n',
  );
});

test.for([
  ['PROD', 'PROD is the name of a namespace, not its id: give --namespace 9f3a-aa.'],
  ['qa', 'qa is the name of 2 namespaces, not an id: give the id of one of them, qa-1 or qa-2.'],
  ['pord', 'There is no namespace pord: the nearest ids are 9f3a-aa (named prod), '],
  ['dve', 'There is no namespace dve: the nearest ids are dev, '],
  ['9f3aaa', 'There is no namespace 9f3aaa: the nearest ids are 9f3a-aa (named prod), '],
] as const)('namespace %s: %s', async ([typed, said]) => {
  const { stage } = await stageAt();
  const { code, err } = await stage.run('services', ...serverFlag, '--namespace', typed);
  expect(err).toContain(said);
  expect(code).toBe(2);
  expect(err.match(/This works/g)?.length ?? 0).toBe(typed === 'PROD' ? 1 : 0);
});

const unproven =
  'Nothing is registered in namespace prodd, and this Nacos does not show us which namespaces there are: check that prodd is the id of one.';

test.for([
  [['services'], 0],
  [['services', 'orders'], 0],
  [['services', '--json'], 0],
  [['instances', 'orders'], 2],
  [['plan', '--service', 'orders', ...deploy], 2],
  [['disable', 'orders', '--instance', '10.0.0.1:8080'], 2],
  [['enable', 'orders', '--ip', '10.0.0.1'], 2],
  [['profile', 'test'], 0],
] as const)('%j in a namespace that nobody can prove', async ([argv, expected]) => {
  const { stage } = await stageAt(false);
  const { code, err } = await stage.run(...argv, ...serverFlag, '--namespace', 'prodd');
  expect(err).toContain(unproven);
  expect(code).toBe(expected);
});

test('profile test names no namespaces that only we know of', async () => {
  const { stage } = await stageAt(false);
  const { out } = await stage.run('profile', 'test', ...serverFlag, '--namespace', 'prodd');
  expect(out).toContain('namespaces   this Nacos does not show which there are\n');
  expect(out).not.toContain('public');
});

test('doctor warns of a namespace that nobody can prove', async () => {
  const { stage } = await stageAt(false);
  const { code, out } = await stage.run('doctor', ...serverFlag, '--namespace', 'prodd');
  expect(out).toContain(`! ${unproven}`);
  expect(code).toBe(0);
});

test('a namespace that is there, and empty, is no riddle', async () => {
  const { stage } = await stageAt();
  const { code, err } = await stage.run('services', ...serverFlag, '--namespace', 'dev');
  expect({ code, err }).toEqual({ code: 0, err: 'Namespace dev has no services.\n' });
});

test.for([
  [
    'Orders',
    'There is no service DEFAULT_GROUP@@Orders here; did you mean DEFAULT_GROUP@@orders, DUBBO_GROUP@@orders?',
  ],
  ['order', 'did you mean DEFAULT_GROUP@@orders, DUBBO_GROUP@@orders?'],
  ['roders', 'did you mean DEFAULT_GROUP@@orders, DUBBO_GROUP@@orders?'],
  ['paymnets', 'did you mean DEFAULT_GROUP@@payments?'],
  ['DUBBO_GROUP@@Orders', 'did you mean DUBBO_GROUP@@orders, DEFAULT_GROUP@@orders?'],
  ['DUBBO_GROUP@@payments', 'did you mean DEFAULT_GROUP@@payments?'],
  ['DUBO_GROUP@@orders', 'did you mean DEFAULT_GROUP@@orders, DUBBO_GROUP@@orders?'],
  ['payments@@DEFAULT_GROUP', 'did you mean DEFAULT_GROUP@@payments?'],
  ['com.acme.Pay', 'did you mean DEFAULT_GROUP@@providers:com.acme.Pay?'],
  [
    'nothing-like-it',
    'There is no service DEFAULT_GROUP@@nothing-like-it here: check its name, group and namespace.',
  ],
] as const)('instances %s: %s', async ([typed, said]) => {
  const { stage } = await stageAt();
  for (const argv of [
    ['instances', typed],
    ['disable', typed, '--ip', '10.0.0.1'],
  ]) {
    const { code, err } = await stage.run(...argv, ...serverFlag);
    expect(err).toContain(said);
    expect(code).toBe(2);
  }
});

test('a plan has the same names', async () => {
  const { stage } = await stageAt();
  const { code, err } = await stage.run('plan', '--service', 'paymnets', ...deploy, ...serverFlag);
  expect(err).toContain(
    'There is no service DEFAULT_GROUP@@paymnets in this namespace; did you mean DEFAULT_GROUP@@payments?',
  );
  expect(code).toBe(2);
});

test('the only other namespace is looked into, and no other where there are several', async () => {
  const { stage, sandbox } = await stageAt();
  const typed = ['instances', 'pricing', ...serverFlag];
  expect((await stage.run(...typed)).err).not.toContain('9f3a-aa');
  for (const id of ['77b1-cc', 'dev', 'qa-1', 'qa-2']) sandbox.state.namespaces.delete(id);
  expect((await stage.run(...typed)).err).toBe(
    'There is no service DEFAULT_GROUP@@pricing here; there is one in namespace 9f3a-aa: give --namespace 9f3a-aa.\n',
  );
  expect((await stage.run('plan', '--service', 'pricing', ...deploy, ...serverFlag)).err).toContain(
    'in this namespace; there is one in namespace 9f3a-aa: give --namespace 9f3a-aa.',
  );
});

test('in Chinese too', async () => {
  const { stage } = await stageAt();
  const run = async (...argv: string[]): Promise<string> =>
    (await stage.run(...argv, ...serverFlag, '--lang', 'zh-CN')).err;
  expect(await run('services', '--namespace', 'prod')).toBe(
    'prod 是命名空间的名称，不是 ID：请使用 --namespace 9f3a-aa。\n' +
      '这样可行：nacos-rollout services --namespace 9f3a-aa --server 127.0.0.1 --lang zh-CN\n',
  );
  expect(await run('instances', 'paymnets')).toContain('；是否想写：DEFAULT_GROUP@@payments？');
});

test('a name that a server made up cannot leave its sentence or its command', async () => {
  const { stage, sandbox } = await stageAt();
  sandbox.state.namespaces.set("a'; rm -rf ~ #\u001b[2J", 'evil');
  const { err } = await stage.run('services', ...serverFlag, '--namespace', 'evil');
  expect(err).not.toContain('\u001b');
  expect(err).toContain(String.raw`--namespace 'a'\''; rm -rf ~ #`);
});
