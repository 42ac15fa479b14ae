import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { newDirectory } from '../../support/new-directory.ts';
import { instance } from '../support/fake-registry.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

/** A profile that knows `orders` of the group ORDERS, and says other things of any service. */
async function staged(): Promise<Stage> {
  const stage = setStage([
    instance('orders', '10.0.0.1', 8080, { group: 'ORDERS' }),
    instance('orders', '10.0.0.2', 8080, { group: 'ORDERS' }),
    instance('shop', '10.0.0.1', 80),
  ]);
  const any = ['--drain', '40s', '--minimum', '1', '--deploy', './any.sh', '--batch', '2'];
  expect((await stage.run('profile', 'add', 'prod', ...server, ...any)).code).toBe(0);
  const own = ['--drain', 'dubbo', '--minimum', '50%', '--deploy', './orders.sh', '--port', '8080'];
  const calls = ['--leave', 'instead:GET http://{ip}:{port}/leave', '--back', './back.sh'];
  const known = ['--service', 'ORDERS@@orders', ...own, ...calls, '--check', 'http://{ip}:{port}/up'];
  expect((await stage.run('profile', 'edit', 'prod', ...known)).code).toBe(0);
  return stage;
}

function written(text: string): string {
  const path = join(newDirectory('known'), 'plan.yaml');
  writeFileSync(path, `version: 1\n${text}`);
  return path;
}

async function planned(stage: Stage, ...flags: readonly string[]) {
  const { code, out, err } = await stage.run('plan', ...flags);
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
  const { defaults, stages } = parse(out);
  return { defaults, service: stages[0].services[0] };
}

test('profile show prints what is known of a service', async () => {
  const stage = await staged();
  expect(parse((await stage.run('profile', 'show', 'prod')).out).prod.services).toEqual({
    'ORDERS@@orders': {
      ports: [8080],
      drain: { consumers: 'dubbo' },
      minimum: '50%',
      deploy: { run: './orders.sh' },
      leave: { http: 'GET http://{ip}:{port}/leave', instead: true },
      back: { run: './back.sh' },
      check: { http: 'http://{ip}:{port}/up' },
    },
  });
});

test('a name without a group is enough, and its settings lie over those of any service', async () => {
  const { service, defaults } = await planned(await staged(), '--service', 'orders');
  expect(service).toMatchObject({
    group: 'ORDERS',
    drain: { consumers: 'dubbo' },
    minimum: '50%',
    deploy: { run: './orders.sh' },
    back: { run: './back.sh' },
  });
  expect(service.ports).toBeUndefined();
  expect(defaults.batch).toBe(2);
  const other = await planned(await staged(), '--service', 'shop');
  expect(other.service.deploy).toBeUndefined();
  expect(other.defaults).toMatchObject({ deploy: { run: './any.sh' }, drain: { time: '40s' } });
});

test('a flag lies over the profile, those of a drain one by one', async () => {
  const stage = await staged();
  const flags = ['--service', 'orders', '--deploy', './now.sh', '--minimum', '1'];
  const { service, defaults } = await planned(stage, ...flags);
  expect(defaults).toMatchObject({ deploy: { run: './now.sh' }, minimum: 1 });
  expect({ deploy: service.deploy, minimum: service.minimum }).toEqual({});
  const evidence = ['--evidence', 'connections:ss', '--floor', '3s'];
  const drained = await planned(stage, '--service', 'orders', ...evidence);
  expect(drained.service.drain).toMatchObject({ consumers: 'dubbo', floor: '3s' });
});

test('a plan file lies over the profile: its service, then its defaults', async () => {
  const stage = await staged();
  const own = 'stages: [{ services: [{ service: orders, minimum: 1 }] }]\n';
  const { service, defaults } = await planned(
    stage,
    '-f',
    written(`defaults: { drain: { floor: 7s } }\n${own}`),
  );
  expect(service).toMatchObject({ group: 'ORDERS', minimum: 1, deploy: { run: './orders.sh' } });
  expect(service.drain).toBeUndefined();
  expect(defaults.drain).toEqual({ floor: '7s' });
});

test('plan show --origin says that a service of the profile says it', async () => {
  const stage = await staged();
  const { out } = await stage.run('plan', 'show', '--service', 'orders', '--minimum', '1', '--origin');
  expect(out).toMatch(/^orders +group +ORDERS +service of profile prod$/m);
  expect(out).toMatch(/^orders +deploy.run +\.\/orders.sh +service of profile prod$/m);
  expect(out).toMatch(/^orders +minimum +1 +flag$/m);
  expect(out).toMatch(/^orders +batch +2 +profile prod$/m);
  const { out: chinese } = await stage.run(
    'plan',
    'show',
    '--service',
    'orders',
    '--origin',
    '--lang',
    'zh-CN',
  );
  expect(chinese).toMatch(/^orders +minimum +50% +配置档案 prod 的服务设置$/m);
});

test('a group that is given holds: the profile knows nothing of that service', async () => {
  const stage = await staged();
  const { out } = await stage.run('plan', 'show', '--service', 'orders', '--group', 'OTHER', '--origin');
  expect(out).toMatch(/^orders +group +OTHER +flag$/m);
  expect(out).toMatch(/^orders +minimum +1 +profile prod$/m);
});

test('--unset services beside --service forgets that one, and no other', async () => {
  const stage = await staged();
  const edit = ['profile', 'edit', 'prod'] as const;
  expect((await stage.run(...edit, '--service', 'pay', '--minimum', '1')).code).toBe(0);
  const { code } = await stage.run(...edit, '--service', 'pay', '--unset', 'services');
  const { services } = parse((await stage.run('profile', 'show', 'prod')).out).prod;
  expect([code, Object.keys(services)]).toEqual([0, ['ORDERS@@orders']]);
});

const settingsOf = async (stage: Stage) => parse((await stage.run('profile', 'show', 'prod')).out).prod;

test('one setting of one service is forgotten, and what is said of any service stays', async () => {
  const stage = await staged();
  const edit = ['profile', 'edit', 'prod', '--service', 'ORDERS@@orders'] as const;
  expect((await stage.run(...edit, '--unset', 'leave', '--unset', 'ports', '--unset', 'deploy')).code).toBe(
    0,
  );
  const { defaults, services } = await settingsOf(stage);
  expect(Object.keys(services)).toEqual(['ORDERS@@orders']);
  expect(Object.keys(services['ORDERS@@orders']).toSorted()).toEqual(['back', 'check', 'drain', 'minimum']);
  expect(defaults).toMatchObject({ deploy: { run: './any.sh' }, batch: 2 });
});

test('one setting of any service is forgotten, and a service keeps its own; none of it left, nothing is', async () => {
  const stage = await staged();
  const edit = ['profile', 'edit', 'prod'] as const;
  expect((await stage.run(...edit, '--unset', 'deploy')).code).toBe(0);
  const { defaults, services } = await settingsOf(stage);
  expect(Object.keys(defaults).toSorted()).toEqual(['batch', 'drain', 'minimum']);
  expect(services['ORDERS@@orders'].deploy).toEqual({ run: './orders.sh' });
  const rest = ['batch', 'drain', 'minimum'].flatMap((name) => ['--unset', name]);
  expect((await stage.run(...edit, ...rest)).code).toBe(0);
  expect((await settingsOf(stage)).defaults).toBeUndefined();
  const own = ['back', 'check', 'drain', 'minimum', 'leave', 'ports', 'deploy'];
  const all = own.flatMap((name) => ['--unset', name]);
  expect((await stage.run(...edit, '--service', 'ORDERS@@orders', ...all)).code).toBe(0);
  expect((await settingsOf(stage)).services).toBeUndefined();
});

test.each(['leave', 'back', 'deploy'])('--%s none forgets it, and stores no command none', async (name) => {
  const stage = await staged();
  const edit = ['profile', 'edit', 'prod', '--service', 'ORDERS@@orders'] as const;
  expect((await stage.run(...edit, `--${name}`, 'none', '--minimum', '1')).code).toBe(0);
  const { services } = await settingsOf(stage);
  expect(services['ORDERS@@orders']).toMatchObject({ minimum: 1, check: {} });
  expect(services['ORDERS@@orders'][name]).toBeUndefined();
});

test('what cannot be forgotten is answered with what can', async () => {
  const stage = await staged();
  const ports = await stage.run('profile', 'edit', 'prod', '--unset', 'ports');
  expect(ports).toMatchObject({
    code: 2,
    err: expect.stringContaining('--unset ports is not right: write one of'),
  });
  const { err } = await stage.run(
    'profile',
    'edit',
    'prod',
    '--service',
    'ORDERS@@orders',
    '--unset',
    'lave',
  );
  const other = await stage.run('profile', 'edit', 'prod', '--service', 'orders', '--unset', 'leave');
  expect(other.err).toContain('--service orders is not right: it says something of ORDERS@@orders.');
  expect(err).toMatch(/defaults, services, .*leave, .*ports\.\n$/);
});

test.each([
  [
    'leave',
    'none',
    'none takes nothing away here; to forget what a profile has: nacos-rollout profile edit NAME --unset leave',
  ],
  ['deploy', 'none', '--unset deploy'],
  ['rollback', 'none', '--unset rollback'],
  ['back', 'none', '--unset back'],
  ['zones', 'none', '--unset zones, with --service where it is said of one'],
  ['zone-minimum', '50%', 'from 0 to 1000, and --zones beside it; a percent is for --minimum alone'],
  ['leave', 'instaed:GET http://{ip}/off', "did you mean 'instead:GET http://{ip}/off'?\n"],
  ['leave', 'insted: POST http://{ip}/off', "did you mean 'instead:POST http://{ip}/off'?\n"],
  ['leave', 'instead：GET http://{ip}/off', "did you mean 'instead:GET http://{ip}/off'?\n"],
  ['leave', 'instead GET http://{ip}/off', "did you mean 'instead:GET http://{ip}/off'?\n"],
])('plan --%s %s is refused with what was meant', async (flag, value, sentence) => {
  const stage = await staged();
  const { code, err } = await stage.run('plan', '--service', 'orders', `--${flag}`, value);
  expect(code).toBe(2);
  expect(err).toContain(sentence);
});

test.each(['http GET http://localhost/off', './leave.sh GET http://localhost/off'])(
  '%s is a command',
  async (line) => {
    const { defaults } = await planned(await staged(), '--service', 'orders', '--leave', line);
    expect(defaults.leave).toEqual({ run: line });
  },
);

test('a service is changed by the name that it has, and --unset services forgets all', async () => {
  const stage = await staged();
  const edit = ['profile', 'edit', 'prod'] as const;
  expect((await stage.run(...edit, '--service', 'ORDERS@@orders', '--minimum', '2')).code).toBe(0);
  const services = async () => parse((await stage.run('profile', 'show', 'prod')).out).prod.services;
  expect(await services()).toMatchObject({ 'ORDERS@@orders': { minimum: 2, drain: { consumers: 'dubbo' } } });
  expect((await stage.run(...edit, '--unset', 'services')).code).toBe(0);
  expect(await services()).toBeUndefined();
});

test.for([
  [['--port', '80'], '--service is missing.'],
  [['--service', 'orders', '--port', 'http'], '--port http is not right: write a number from 1 to 65535.'],
  [['--service', ' orders', '--minimum', '1'], 'names no service'],
  [
    ['--service', 'orders', '--leave', 'http://{ip}/'],
    '--leave http://{ip}/ is not right: write a method and a URL',
  ],
  [['--service', 'orders', '--floor', '3s', '--drain', '5s'], 'floor'],
] as const)('profile edit prod %j: %s', async ([flags, sentence]) => {
  const stage = await staged();
  const { code, err } = await stage.run('profile', 'edit', 'prod', ...flags);
  expect(code).toBe(2);
  expect(err).toContain(sentence);
});

test('a drain that flags say is written as the time that it is, and once', async () => {
  const stage = await staged();
  const { defaults, service } = await planned(stage, '--service', 'orders', '--drain', '4s');
  expect(defaults.drain).toEqual({ time: '4s' });
  expect(service.drain).toBeUndefined();
});
