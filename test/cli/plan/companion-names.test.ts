import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type FakeRegistry, instance } from '../support/fake-registry.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

const dubbo = 'providers:com.acme.Orders:1.0.0';
const plan = ['plan', ...server, '--service', 'orders', '--deploy', './redeploy.sh', '--companion'] as const;

function stageWith(...names: readonly (readonly [string, number])[]): Stage {
  return setStage([
    instance('orders', '10.0.0.1', 8080),
    ...names.map(([name, port]) => instance(name, '10.0.0.1', port)),
  ]);
}

async function companionsOf(stage: Stage, text: string): Promise<unknown> {
  const { code, out, err } = await stage.run(...plan, text);
  expect({ code, err }).toMatchObject({ code: 0 });
  return parse(out).stages[0].services[0].companions;
}

test.each([
  [`${dubbo}:2`, 20_880],
  ['pay:8080', 9090],
  ['pay:+100', 9090],
  ['pay:0', 9090],
  ['pay:70000', 9090],
  ['fe80::1', 9090],
  ['pay::8081', 8081],
  ['a:1:2:3', 9090],
])('the whole of %s is a registered name: no port is taken off it', async (name, port) => {
  const stage = stageWith([name, port]);
  expect(await companionsOf(stage, name)).toEqual([{ service: name }]);
  expect(await companionsOf(stage, `DEFAULT_GROUP@@${name}`)).toEqual([
    { service: name, group: 'DEFAULT_GROUP' },
  ]);
});

test.each([
  [`${dubbo}:2:20880`, [[`${dubbo}:2`, 20_880]], { service: `${dubbo}:2`, port: 20_880 }],
  [`${dubbo}::20880`, [[`${dubbo}:`, 20_880]], { service: `${dubbo}:`, port: 20_880 }],
  ['pay:9090', [['pay', 9090]], { service: 'pay', port: 9090 }],
  ['pay:+1010', [['pay', 9090]], { service: 'pay', port: '+1010' }],
  ['pay:-80', [['pay', 8000]], { service: 'pay', port: '-80' }],
  ['pay:+0', [['pay', 8080]], { service: 'pay', port: '+0' }],
] as const)('%s is no registered name: its end is a port', async (text, names, expected) => {
  expect(await companionsOf(stageWith(...names), text)).toEqual([expected]);
});

test('a name before a name and a port, and the review says which, where both are there', async () => {
  const stage = stageWith(['pay:2', 9090], ['pay', 2]);
  const { out, err } = await stage.run(...plan, 'pay:2');
  expect(parse(out).stages[0].services[0].companions).toEqual([{ service: 'pay:2' }]);
  expect(err).toContain(
    'pay:2 is taken for the service DEFAULT_GROUP@@pay:2; DEFAULT_GROUP@@pay has port 2 too: for that write companions: [{ service: "pay", port: 2 }] in a plan file.',
  );
  const rehearsal = await stage.run('run', ...server, ...plan.slice(3), 'pay:2', '--dry-run');
  expect(rehearsal.err).toContain('pay:2 is taken for the service DEFAULT_GROUP@@pay:2');
  expect((await stageWith(['pay:2', 9090], ['pay', 9091]).run(...plan, 'pay:2')).err).not.toContain(
    'taken for',
  );
});

test('a plan file says it without doubt: nothing is taken off its names', async () => {
  const stage = stageWith(['pay', 2]);
  stage.ports = {
    ...stage.ports,
    readText: async () => ({
      ok: true,
      text: 'version: 1\nstages: [{ services: [{ service: orders, deploy: { run: x }, companions: [{ service: "pay:2" }] }] }]',
    }),
  };
  const { code, err } = await stage.run('plan', ...server, '-f', 'plan.yaml');
  expect(code).toBe(2);
  expect(err).toContain('The companion DEFAULT_GROUP@@pay:2 (');
});

test('what answers to neither reading is named as it was typed, with names like it', async () => {
  const stage = stageWith(['pay', 9090]);
  const { code, err } = await stage.run(...plan, 'pai:9090');
  expect(code).toBe(2);
  expect(err).toContain('The companion DEFAULT_GROUP@@pai:9090 (--companion, or');
  expect((await stage.run(...plan, 'pay:70000')).err).toContain('did you mean DEFAULT_GROUP@@pay');
  expect((await stage.run(...plan, 'A@@')).err).toContain('--companion A@@ is not right');
});

test('disable and enable take the same names along', async () => {
  const stage = stageWith([`${dubbo}:2`, 20_880], ['pay', 9090]);
  const flags = ['orders', '--ip', '10.0.0.1', ...server] as const;
  const companions = ['--companion', `${dubbo}:2`, '--companion', 'pay:9090'];
  const overrides = ['orders', `${dubbo}:2`, 'pay'].flatMap((name) => ['--override', name]);
  const { code, err } = await stage.run('disable', ...flags, ...companions, ...overrides);
  expect({ code, err }).toMatchObject({ code: 0 });
  expect(namesOf(stage.registry)).toEqual(['orders', `${dubbo}:2`, 'pay']);
  expect((await stage.run('enable', ...flags, ...companions)).code).toBe(0);
  expect(stage.registry.list.every(({ enabled }) => enabled)).toBe(true);
});

test('a list that cannot be read is said as such', async () => {
  const stage = stageWith(['pay', 2]);
  const { registry } = stage;
  stage.ports = {
    ...stage.ports,
    connect: async (spec) => ({
      ok: true,
      value: {
        spec,
        reached: { ...spec, product: 'nacos', version: '2.2.4' },
        registry: {
          ...registry,
          instances: async (id, options) =>
            id.service === 'pay:2'
              ? { ok: false, error: { kind: 'forbidden', resource: 'pay', action: 'read' } }
              : registry.instances(id, options),
        },
      },
    }),
  };
  expect((await stage.run(...plan, 'pay:2')).code).toBe(4);
});

function namesOf({ writes }: FakeRegistry): readonly string[] {
  return writes.map(({ instance: { service } }) => service);
}

test('a companion that is missing is said to be one, and nothing unrelated is suggested', async () => {
  const stage = setStage([
    instance('orders', '10.0.0.1', 8080),
    instance('shipping', '10.0.0.1', 8081),
    instance('unapproved', '10.0.0.1', 8082),
    instance('providers:com.acme.Orders', '10.0.0.1', 20_880),
  ]);
  const plan = ['plan', '--service', 'orders', '--deploy', 'x', ...server, '--companion'];
  const missing = async (name: string): Promise<string> => (await stage.run(...plan, name)).err;
  expect(await missing('shop')).toMatch(/^The companion DEFAULT_GROUP@@shop \(--companion, or [^;]*\.$/m);
  expect(await missing('product')).not.toContain('did you mean');
  expect(await missing('providers:com.acme.Order:')).toContain(
    'did you mean DEFAULT_GROUP@@providers:com.acme.Orders',
  );
});
