import { expect, test } from 'vitest';
import type { Instance } from '../../../src/core/registry/service.ts';
import { whileRunning } from '../../support/processes/while-running.ts';
import { machine } from '../support/journal-machine.ts';
import { type Stage, server } from '../support/stage.ts';
import { one } from '../support/switched-orders.ts';

const byIp = ['orders', '--ip', '10.0.0.5'] as const;
const unknown = 'orders has no instance 10.0.0.5';

type Away = { readonly stage: Stage; readonly own: Instance; readonly comeBack: (afterMs: number) => void };

/** Taken off by a command of this machine, or not, and gone from the list since. */
async function away(isOurs = true): Promise<Away> {
  const { stage } = machine();
  if (isOurs) expect((await stage.run('disable', ...one, ...server)).code).toBe(0);
  const [own, ...others] = stage.registry.list;
  if (own === undefined) throw new Error('nobody');
  stage.registry.list = others;
  const comeBack = (afterMs: number): void =>
    stage.clock.after(afterMs, () => (stage.registry.list = [own, ...others]));
  return { stage, own, comeBack };
}

const enable = (stage: Stage, ...flags: readonly string[]): ReturnType<Stage['run']> =>
  whileRunning(stage.run('enable', ...flags, ...server), () => stage.clock.advance(500));

const isOn = ({ registry }: Stage): boolean | undefined =>
  registry.list.find(({ ip, port }) => ip === '10.0.0.5' && port === 8080)?.enabled;

test.each([
  [one, ['--restarted']],
  [one, ['--restarted', '--check', 'tcp', '--within', '5m']],
  [one, ['--check', 'tcp', '--within', '5m']],
  [byIp, ['--restarted']],
  [byIp, ['--check', 'tcp', '--within', '5m']],
] as const)('%j %j waits for what we took off until it registers, and says so once', async (which, flags) => {
  const { stage, comeBack } = await away();
  comeBack(20_000);
  const began = stage.clock.monotonic();
  const { code, err } = await enable(stage, ...which, ...flags);
  expect({ code, isOn: isOn(stage) }).toEqual({ code: 0, isOn: true });
  expect(stage.clock.monotonic() - began).toBeGreaterThanOrEqual(20_000);
  expect(err.match(/10\.0\.0\.5:8080 is not registered: it was taken off by us \(.+\)/g)).toHaveLength(1);
});

test.each([one, byIp])(
  '%s %s %s: what does not come back in time is said to be off: exit 3',
  async (...which) => {
    const { stage } = await away();
    const typed = [...which, '--restarted', '--within', '10s'];
    const { code, err } = await enable(stage, ...typed);
    expect({ code, err }).toEqual({
      code: 3,
      err: expect.stringContaining('is off still and has not come back'),
    });
    expect(err).toContain('is not registered after 10 s');
    expect(err).toContain(`again: nacos-rollout enable ${typed.join(' ')} --server 127.0.0.1\n`);
  },
);

test('the wait ends with an interrupt', async () => {
  const { stage } = await away();
  stage.clock.after(3000, () => stage.interrupt());
  const { code, err } = await enable(stage, ...one, '--restarted', '--within', '5m');
  expect(code).toBe(3);
  expect(err).toContain('has not come back');
  expect(stage.clock.monotonic()).toBeLessThan(60_000);
});

test('a wait outlives a Nacos that is silent for a moment', async () => {
  const { stage, comeBack } = await away();
  const silent = { kind: 'unreachable', addresses: ['http://127.0.0.1:8848'], detail: 'x' } as const;
  stage.clock.after(3000, () => (stage.registry.readError = silent));
  stage.clock.after(8000, () => (stage.registry.readError = undefined));
  comeBack(12_000);
  expect((await enable(stage, ...one, '--restarted')).code).toBe(0);
});

test('told to wait for nothing, it says that it is away, and what waits', async () => {
  const { stage } = await away();
  const began = stage.clock.monotonic();
  const { code, err } = await stage.run('enable', ...one, ...server);
  expect({ code, passed: stage.clock.monotonic() - began }).toEqual({ code: 3, passed: 0 });
  expect(err).toContain('10.0.0.5:8080 is away: it was taken off by us');
  expect(err).toContain(
    'To wait until it is: nacos-rollout enable orders --instance 10.0.0.5:8080 --server 127.0.0.1 --restarted\n',
  );
});

test.each([
  ['what nothing of ours took off', false, one],
  ['another port than we took off', true, ['orders', '--instance', '10.0.0.5:8081']],
  ['another service than we took off', true, ['order', '--instance', '10.0.0.5:8080']],
] as const)('%s is a slip of the pen, and not waited for', async (_what, isOurs, which) => {
  const { stage } = await away(isOurs);
  const began = stage.clock.monotonic();
  const flags = ['--restarted', '--check', 'tcp', '--within', '5m', ...server];
  const { code, err } = await stage.run('enable', ...which, ...flags);
  expect({ code, passed: stage.clock.monotonic() - began }).toEqual({ code: 2, passed: 0 });
  expect(err).not.toContain('taken off by us');
});

test('what was put on since, and left, is not waited for either', async () => {
  const { stage, own } = await away();
  const others = stage.registry.list;
  stage.registry.list = [own, ...others];
  expect((await stage.run('enable', ...one, ...server)).code).toBe(0);
  stage.registry.list = others;
  const { code, err } = await stage.run('enable', ...one, '--restarted', ...server);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(unknown) });
});
