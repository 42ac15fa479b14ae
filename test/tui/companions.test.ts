import { expect, test } from 'vitest';
import type { Instance } from '../../src/core/registry/service.ts';
import { until } from '../support/time/until.ts';
import { atInstances } from './support/at-instances.ts';
import { dubbo, instanceOf, orders, shop } from './support/fake-registry.ts';

const onOneAddress: readonly Instance[] = [
  ...[18_081, 18_082, 18_083].map((port) => instanceOf(orders, '127.0.0.1', port)),
  ...[18_111, 18_112, 18_113].map((port) => instanceOf(dubbo, '127.0.0.1', port)),
  instanceOf(orders, '10.0.0.1', 8080),
  instanceOf(shop, '10.0.0.9', 9090),
];

test('a name that is no service is refused at once, with names like it', async () => {
  const opened = await atInstances();
  await opened.press('c');
  await opened.type('nope');
  await opened.press('enter');
  await opened.sees('No service of this namespace is called nope');
  expect(opened.store.model().draft?.companions).toEqual({});
  await opened.press('backspace', 'backspace', 'backspace', 'backspace', 'P', 'enter');
  await opened.sees('No service is called P; like it:');
});

test('takes the only service that fits, and takes it away when it is named again', async () => {
  const opened = await atInstances();
  await opened.press('c');
  await opened.type('prov');
  await opened.press('enter');
  await opened.sees('10.0.0.11:20880 providers:com.acme.Orders:1.0.0:  ● on  goes with it');
  await opened.press('c');
  await opened.type('prov');
  await opened.press('enter');
  await opened.sees('That companion is taken away again');
  expect(opened.screen()).not.toContain('goes with it');
});

test('the review says where nothing else was found, once for all of them', async () => {
  const alone = ['10.0.0.1', '10.0.0.2'].map((ip) => instanceOf(orders, ip, 8080));
  const opened = await atInstances({
    prepare: (ports) => (ports.instances.list = [...alone, instanceOf(shop, '10.0.0.9', 9090)]),
  });
  await opened.press('P', 'P', 'a', 'enter', 'v');
  await opened.sees('✓ The server has a Raft leader');
  expect(opened.screen().replaceAll(/\s*\n\s*/g, ' ')).toContain(
    'Nothing else is registered at the ip of 10.0.0.1:8080, 10.0.0.2:8080: each goes alone.',
  );
});

test('shows which registration goes with which where processes share an address', async () => {
  const opened = await atInstances({
    prepare: (ports) => (ports.instances.list = onOneAddress),
  });
  await opened.press('c');
  await opened.type('dubbo');
  await opened.press('enter');
  await opened.sees('127.0.0.1:18113 providers');
  expect(opened.screen()).toMatch(/127\.0\.0\.1:18081 .*\n.*└ 127\.0\.0\.1:18111 providers/);
  expect(opened.screen().replaceAll(/\s+/g, ' ')).toContain('is not registered beside 10.0.0.1:8080');
});

test('a name that ends like a port is a name first, where one is called so', async () => {
  const numbered = { ...dubbo, service: 'pay:9090' };
  const opened = await atInstances({
    prepare: (ports) => {
      ports.instances.list = [...ports.instances.list, instanceOf(numbered, '10.0.0.11', 20_890)];
    },
  });
  const key = 'public/DEFAULT_GROUP@@orders';
  const companions = () => opened.store.model().draft?.companions[key];
  for (const [text, expected] of [
    ['pay:9090', { service: 'pay:9090', group: 'DUBBO_GROUP' }],
    ['shop:9090', { service: 'shop', group: 'DEFAULT_GROUP', port: 9090 }],
    ['DEFAULT_GROUP@@shop:+1010', { service: 'shop', group: 'DEFAULT_GROUP', port: '+1010' }],
  ] as const) {
    await opened.press('c');
    await opened.type(text);
    await opened.press('enter');
    await until(() => companions()?.length === 1);
    expect(companions()).toEqual([expected]);
    await opened.press('c');
    await opened.type(text);
    await opened.press('enter');
    await until(() => companions()?.length === 0);
  }
});

test('offers what shares the ip first', async () => {
  const opened = await atInstances();
  await opened.press('c');
  await opened.sees('same ip');
  const offered = opened
    .screen()
    .split('\n')
    .filter((line) => line.includes('GROUP@@') && !line.includes('NAME'));
  expect(offered[0]).toContain('DUBBO_GROUP@@providers:com.acme.Orders:1.0.0:  same ip');
  expect(offered[1]).toMatch(/DEFAULT_GROUP@@shop *$/);
});

test('keeps the marks and the order of who goes back and returns', async () => {
  const opened = await atInstances();
  await opened.press('a', 'esc', 'space');
  await opened.sees('1 marked');
  await opened.press('esc');
  await opened.sees('Profiles');
  await opened.press('enter');
  await opened.sees('1 marked');
  await opened.press('k', 'k', 'enter');
  await opened.sees('3 chosen');
});

test('a check that nobody can ask is refused with the forms that are right', async () => {
  const opened = await atInstances();
  await opened.press('space', 'enter', 'j', 'j', 'j', 'j', 'enter');
  await opened.type('ftp://x');
  await opened.press('enter');
  await opened.sees('A check is an http:// or https:// URL, actuator:URL, grpc:HOST:PORT,');
});

test('the plan that is saved holds what a rule found, by name, as that of the command line', async () => {
  const opened = await atInstances();
  await opened.press('c');
  await opened.type('DUBBO_GROUP@@providers:*');
  await opened.press('enter');
  await opened.press('space', 'enter', 'v');
  await opened.sees('✓ The server has a Raft leader');
  await opened.press('S');
  await opened.sees('Saved as plan-orders.yaml');
  expect(opened.ports.asked.at(-1)).toMatchObject({
    saved: {
      stages: [
        {
          services: [
            {
              companions: [{ service: 'providers:*', group: 'DUBBO_GROUP' }],
              found: {
                '10.0.0.11:8080': ['DUBBO_GROUP@@providers:com.acme.Orders:1.0.0: 10.0.0.11:20880'],
              },
            },
          ],
        },
      ],
    },
  });
});
