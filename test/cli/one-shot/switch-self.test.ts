import { expect, test } from 'vitest';
import { whileRunning } from '../../support/processes/while-running.ts';
import { instance } from '../support/fake-registry.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

function ended(stage: Stage, running: ReturnType<Stage['run']>): ReturnType<Stage['run']> {
  return whileRunning(running, () => stage.clock.advance(500));
}

const disableSelf = ['disable', 'orders', '--self', ...server] as const;
const enableSelf = ['enable', 'orders', '--self', ...server] as const;
/** The stage's machine is 10.0.0.1. */
const own = instance('orders', '10.0.0.1', 8080);
const other = instance('orders', '10.0.0.2', 8080);

test('--self takes off what is registered with an address of this machine', async () => {
  const stage = setStage([own, other]);
  expect((await stage.run(...disableSelf)).code).toBe(0);
  expect(stage.registry.list.map(({ enabled }) => enabled)).toEqual([false, true]);
});

test('--port tells several of this machine apart', async () => {
  const stage = setStage([own, instance('orders', '10.0.0.1', 8081), other]);
  const { code, err } = await stage.run(...disableSelf);
  expect(code).toBe(2);
  expect(err).toContain('10.0.0.1:8080, 10.0.0.1:8081');
  expect((await stage.run(...disableSelf, '--port', '8081')).code).toBe(0);
  expect(stage.registry.writes.map(({ instance: { port } }) => port)).toEqual([8081]);
});

test('enable --self waits for the registration, for Nacos to call it healthy, and for an answer', async () => {
  const stage = setStage([other]);
  const off = { ...own, enabled: false };
  const asked: string[] = [];
  stage.probed = (check) => {
    asked.push(check.kind);
    return asked.length < 3 ? { kind: 'refused', detail: 'ECONNREFUSED' } : { kind: 'good', ms: 1 };
  };
  stage.clock.after(5000, () => (stage.registry.list = [{ ...off, healthy: false }, other]));
  stage.clock.after(9000, () => (stage.registry.list = [off, other]));
  const { code } = await ended(stage, stage.run(...enableSelf));
  expect(code).toBe(0);
  expect(asked).toEqual(['tcp', 'tcp', 'tcp']);
  expect(stage.registry.list.map(({ enabled }) => enabled)).toEqual([true, true]);
});

test('what does not register or answer in time is left off, and said', async () => {
  const stage = setStage([other]);
  const absent = await ended(stage, stage.run(...enableSelf, '--within', '10s'));
  expect(absent.code).toBe(2);
  expect(absent.err).toContain('10.0.0.1');
  stage.registry.list = [{ ...own, enabled: false }, other];
  stage.probed = () => ({ kind: 'refused', detail: 'ECONNREFUSED' });
  const silent = await ended(stage, stage.run(...enableSelf, '--within', '10s'));
  expect(silent.code).toBe(3);
  expect(silent.err).toContain('ECONNREFUSED');
  expect(stage.registry.writes).toEqual([]);
});

test('a minimum is kept, unless the service is named', async () => {
  const stage = setStage([own, other]);
  const refused = await stage.run(...disableSelf, '--minimum', '2');
  expect(refused.code).toBe(4);
  expect(stage.registry.writes).toEqual([]);
  expect((await stage.run(...disableSelf, '--minimum', '2', '--override', 'ordres')).code).toBe(2);
  expect((await stage.run(...disableSelf, '--minimum', '2', '--override', 'orders')).code).toBe(0);
});

test('a wait that is cut short does not look like one that was kept', async () => {
  const stage = setStage([own, other]);
  const running = stage.run(...disableSelf, '--wait', '40s');
  while (stage.clock.nextDueMs !== 40_000) await new Promise((resolve) => setImmediate(resolve));
  stage.interrupt();
  const { code, err } = await running;
  expect(code).toBe(3);
  expect(err).toContain('cut short');
});

test.each([
  [['--self', '--ip', '10.0.0.1'], '--ip and --self cannot be given together.'],
  [['--self', '--port', 'http'], 'write a number from 1 to 65535'],
  [['--instance', '10.0.0.1:8080', '--port', '1'], 'cannot be given together'],
])('disable orders %j is wrong usage', async (flags, sentence) => {
  const stage = setStage([own, other]);
  const { code, err } = await stage.run('disable', 'orders', ...flags, ...server);
  expect(code).toBe(2);
  expect(err).toContain(sentence);
});
