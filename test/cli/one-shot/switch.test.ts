import { expect, test } from 'vitest';
import { instance } from '../support/fake-registry.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

const dubbo = 'providers:com.acme.Orders:1.0.0:';

function stageOfTwo(): Stage {
  return setStage([
    instance('orders', '10.0.0.1', 8080),
    instance('orders', '10.0.0.2', 8080),
    instance(dubbo, '10.0.0.1', 20_880, { group: 'DUBBO_GROUP', weight: 1 }),
    instance(dubbo, '10.0.0.2', 20_880, { group: 'DUBBO_GROUP', weight: 1 }),
  ]);
}

const onOff = ({ registry }: Stage): readonly boolean[] => registry.list.map(({ enabled }) => enabled);

test('disable takes one instance off, keeps its weight, and reads it back', async () => {
  const stage = stageOfTwo();
  const { code, out, err } = await stage.run('disable', 'orders', '--instance', '10.0.0.1:8080', ...server);
  expect({ code, out }).toEqual({ code: 0, out: '' });
  expect(err).toContain('10.0.0.1:8080 is off, read back');
  expect(stage.registry.writes).toMatchObject([{ enabled: false, weight: 5, mode: 'registered' }]);
  expect(onOff(stage)).toEqual([false, true, true, true]);
});

test('companions go off after it and come back before it', async () => {
  const stage = stageOfTwo();
  const flags = ['orders', '--ip', '10.0.0.1', '--companion', `DUBBO_GROUP@@${dubbo}`, ...server];
  const off = await stage.run('disable', ...flags);
  const on = await stage.run('enable', ...flags);
  for (const { code, err } of [off, on]) {
    expect(code).toBe(0);
    expect(err).toContain(`With it: DUBBO_GROUP@@${dubbo} 10.0.0.1:20880\n`);
  }
  expect(stage.registry.writes.map(({ enabled, instance: { port } }) => [enabled, port])).toEqual([
    [false, 8080],
    [false, 20_880],
    [true, 20_880],
    [true, 8080],
  ]);
});

test('when a companion cannot be taken off, what went off is put back', async () => {
  const stage = stageOfTwo();
  stage.registry.writeOutcome = (write) =>
    write.instance.port === 20_880
      ? { kind: 'refused', error: { kind: 'no-leader', detail: 'x' } }
      : undefined;
  const flags = ['--ip', '10.0.0.1', '--companion', `DUBBO_GROUP@@${dubbo}`];
  const { code } = await stage.run('disable', 'orders', ...flags, ...server);
  expect(code).toBe(1);
  expect(onOff(stage)).toEqual([true, true, true, true]);
});

test('the last one that is on and well stays on: exit 4, nothing written', async () => {
  const stage = setStage([
    instance('orders', '10.0.0.1', 8080),
    instance('orders', '10.0.0.2', 8080, { healthy: false }),
  ]);
  const { code, err } = await stage.run('disable', 'orders', '--instance', '10.0.0.1:8080', ...server);
  expect(code).toBe(4);
  expect(err).toContain('last instance of orders');
  expect(err).toContain('add --override orders\n');
  expect(stage.registry.writes).toEqual([]);
});

test('what is so already is not written again', async () => {
  const stage = stageOfTwo();
  const { code, err } = await stage.run('enable', 'orders', '--instance', '10.0.0.1:8080', ...server);
  expect(code).toBe(0);
  expect(err).toContain('is on already');
  expect(stage.registry.writes).toEqual([]);
});

test('an enable that does not show is exit 3', async () => {
  const stage = setStage([instance('orders', '10.0.0.1', 8080, { enabled: false })]);
  stage.registry.writeOutcome = () => ({ kind: 'accepted' });
  const running = stage.run('enable', 'orders', '--ip', '10.0.0.1', ...server);
  const passed = (async () => {
    while (stage.clock.pendingCount === 0) await new Promise((resolve) => setImmediate(resolve));
    await stage.clock.advance(16_000);
  })();
  const { code, err } = await running;
  await passed;
  expect(code).toBe(3);
  expect(err).toContain('still shows the instance off after 15 s');
});

test('--wait lets consumers notice after the read-back', async () => {
  const stage = stageOfTwo();
  const running = stage.run('disable', 'orders', '--ip', '10.0.0.1', '--wait', '40s', ...server);
  while (stage.clock.pendingCount === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(stage.clock.nextDueMs).toBe(40_000);
  await stage.clock.advance(40_000);
  const { code, err } = await running;
  expect(code).toBe(0);
  expect(err.trimEnd().split('\n').at(-1)).toBe('Done: 10.0.0.1:8080 is off, and has been for 40 s.');
});

test.each([
  [
    '3s',
    'Nacos-Java-Client:v2.4.2',
    'Consumers of orders may call it for 40 s after a disable (taken for spring-cloud): 3 s is short of that.',
  ],
  ['40s', 'Nacos-Java-Client:v2.4.2', undefined],
  ['40s', 'Nacos-Java-Client:v1.4.1', 'for 50 s after a disable (taken for legacy): 40 s is short of that.'],
])('--wait %s, while %s consumes, says so where that is short', async (wait, agent, warning) => {
  const stage = stageOfTwo();
  const consumers = [{ address: '10.0.0.9', agent, app: 'gateway' }];
  stage.registry.consumers = async () => ({ ok: true, value: consumers });
  const running = stage.run('disable', 'orders', '--ip', '10.0.0.1', '--wait', wait, ...server);
  while (stage.clock.pendingCount === 0) await new Promise((resolve) => setImmediate(resolve));
  await stage.clock.advance(40_000);
  const { code, err } = await running;
  expect(code).toBe(0);
  if (warning === undefined) expect(err).not.toContain('Consumers of');
  else expect(err).toContain(warning);
});

test.each([
  [['--ip', '10.0.0.9'], 2, 'orders has no instance 10.0.0.9; it has 10.0.0.1:8080, 10.0.0.2:8080.'],
  [['--ip', '10.0.0.1', '--port', '1'], 2, 'orders has no instance 10.0.0.1:1; it has 10.0.0.1:8080'],
  [['--instance', '10.0.0.9:1'], 2, 'it has 10.0.0.1:8080'],
  [[], 2, 'Which instance? Give --instance IP:PORT, --ip IP, --host IP or --self.'],
  [['--ip', '10.0.0.1:8080'], 2, '--ip 10.0.0.1:8080 is not right: write the ip alone with --port PORT'],
  [['--instance', '10.0.0.1:8080', '--instance', '10.0.0.2:8080'], 2, 'One instance at a time'],
  [['--instance', '10.0.0.1:8080', '--self'], 2, '--instance and --self cannot be given together.'],
  [['--ip', '10.0.0.1', '--wait', 'long'], 2, 'write 500ms'],
])('disable orders %j is exit %i', async (flags, expected, sentence) => {
  const stage = stageOfTwo();
  const { code, err } = await stage.run('disable', 'orders', ...flags, ...server);
  expect(code).toBe(expected);
  expect(err).toContain(sentence);
  expect(stage.registry.writes).toEqual([]);
});

test('of two at once, each of which leaves enough, not both stay off', async () => {
  const stage = setStage([instance('orders', '10.0.0.1', 8080), instance('orders', '10.0.0.2', 8080)]);
  const disable = (ip: string) => stage.run('disable', 'orders', '--instance', `${ip}:8080`, ...server);
  const both = await Promise.all([disable('10.0.0.1'), disable('10.0.0.2')]);
  expect(stage.registry.writes.length).toBeGreaterThan(2);
  expect(both.map(({ code }) => code)).toContain(1);
  expect(onOff(stage)).toContain(true);
});
