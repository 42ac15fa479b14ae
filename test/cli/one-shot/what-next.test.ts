import { expect, test } from 'vitest';
import { whileRunning } from '../../support/processes/while-running.ts';
import { machine } from '../support/journal-machine.ts';
import { server } from '../support/stage.ts';
import { companion, one } from '../support/switched-orders.ts';

const here = '--server 127.0.0.1';
const enable = (instance: string): string =>
  `On again with: nacos-rollout enable ${instance} --server http://127.0.0.1:8848\n`;

test('an enable that fails says that it is off still, and the command to type when it is well', async () => {
  const { stage } = machine();
  await stage.run('disable', ...one, ...server);
  stage.probed = () => ({ kind: 'http-status', status: 503 });
  const running = stage.run('enable', ...one, '--check', 'http://{ip}/up', '--within', '3s', ...server);
  const { code, err } = await whileRunning(running, () => stage.clock.advance(500));
  expect(code).toBe(3);
  expect(err).toContain('503');
  expect(err).toContain(
    `10.0.0.5:8080 is off still. Once it is well, again: nacos-rollout enable orders --instance 10.0.0.5:8080 --check http://{ip}/up --within 3s ${here}\n`,
  );
});

test('so does one that was not accepted', async () => {
  const { stage } = machine();
  await stage.run('disable', ...one, ...server);
  stage.registry.writeOutcome = () => ({ kind: 'refused', error: { kind: 'no-leader', detail: 'x' } });
  const { err } = await stage.run('enable', ...one, ...server);
  expect(err).toContain('10.0.0.5:8080 is off still.');
});

test('one of what was on all the time says nothing of off', async () => {
  const { stage } = machine();
  stage.probed = () => ({ kind: 'http-status', status: 503 });
  const running = stage.run('enable', ...one, '--check', 'http://{ip}/up', '--within', '3s', ...server);
  const { code, err } = await whileRunning(running, () => stage.clock.advance(500));
  expect(code).toBe(3);
  expect(err).not.toContain('off still');
});

test('a wait that is cut short says what is off, and how to wait again or to put it on', async () => {
  const { stage } = machine();
  const running = stage.run('disable', ...one, ...companion, '--wait', '40s', ...server);
  while (stage.clock.nextDueMs !== 40_000) await new Promise((resolve) => setImmediate(resolve));
  stage.interrupt();
  const { code, err } = await running;
  expect(code).toBe(3);
  const typed = `nacos-rollout disable ${one.join(' ')} ${companion.join(' ')} --wait 40s ${here}`;
  expect(err).toContain(`10.0.0.5:8080 is off because of us. To wait again from the beginning: ${typed}\n`);
  expect(err).toContain(
    `${enable(`${companion[1]} --instance 10.0.0.5:20880`)}${enable('DEFAULT_GROUP@@orders --instance 10.0.0.5:8080')}`,
  );
});

test.each([
  [['disable', '10.0.0.5', 'orders'], 'disable orders', '10.0.0.5', '--ip'],
  [['enable', 'orders', '10.0.0.5:8080'], 'enable orders', '10.0.0.5:8080', '--instance'],
  [['disable', '::1', 'orders'], 'disable orders', '::1', '--ip'],
])('%j in the order of a script: the address is a flag here', async (argv, rest, address, flag) => {
  const { stage } = machine();
  const { code, err } = await stage.run(...argv, ...server);
  expect(code).toBe(2);
  expect(err).toBe(
    `${address} is an address: give it with ${flag}, as in: nacos-rollout ${rest} ${here} ${flag} ${address}\n`,
  );
});

test('other words too many are just that', async () => {
  const { stage } = machine();
  expect((await stage.run('disable', 'orders', 'pay')).err).toContain('more words than this command takes');
});

test.each([
  [2, 5, true],
  [5, 5, false],
])(
  'enable names a weight that is not the one it was taken off with: %i, then %i',
  async (was, now, isNamed) => {
    const { stage } = machine();
    const change = (given: object): void => {
      stage.registry.list = stage.registry.list.map((each) =>
        each.ip === '10.0.0.5' && each.port === 8080 ? { ...each, ...given } : each,
      );
    };
    change({ weight: was });
    expect((await stage.run('disable', ...one, ...server)).code).toBe(0);
    change({ enabled: false, weight: now });
    const { code, err } = await stage.run('enable', ...one, ...server);
    expect(code).toBe(0);
    expect(/has weight 5 now, as it is registered; it was 2 when it was taken off/.test(err)).toBe(isNamed);
  },
);
