import { expect, test } from 'vitest';
import { until } from '../../support/time/until.ts';
import { disableFailed, done, runOrders, stageOrders, target, writeBegan } from '../support/orders-stage.ts';
import type { ScriptedLauncher } from '../support/scripted-launcher.ts';
import { setStage } from '../support/stage.ts';

test('Ctrl-C pauses, and stops once no step is under way', async () => {
  const { stage, launcher } = stageOrders();
  const running = stage.run(...runOrders, '--yes');
  await launcher.followed;
  launcher.tell({ type: 'disable-began', target, attempt: 1 });
  stage.interrupt();
  expect(launcher.orders).toEqual([{ type: 'pause' }]);
  launcher.tell({ type: 'paused', by: 'ann', why: 'asked' });
  expect(launcher.orders).toHaveLength(1);
  launcher.tell({ type: 'disabled', target, attempt: 1, ms: 5 });
  expect(launcher.orders).toEqual([{ type: 'pause' }, { type: 'stop' }]);
  launcher.tell({ type: 'runner-rested', why: 'interrupted', exitCode: 130 });
  expect((await running).code).toBe(130);
});

test('Ctrl-C in a drain says what goes on, until when at the latest, and what can be done', async () => {
  const { stage, launcher } = stageOrders();
  const running = stage.run(...runOrders, '--yes', '--drain', '40s', '--evidence', 'json:http://{ip}/#calls');
  await launcher.followed;
  launcher.tell(
    { type: 'disable-began', target, attempt: 1 },
    { type: 'disabled', target, attempt: 1, ms: 5 },
    { type: 'drain-began', target, attempt: 1, totalMs: 40_000, evidence: ['json'] },
  );
  stage.interrupt();
  launcher.tell({ type: 'paused', by: 'ann', why: 'asked' });
  launcher.tell({ type: 'runner-rested', why: 'interrupted', exitCode: 130 });
  const { err } = await running;
  expect(err).toContain(
    `  ${target} drains for at most 40 s, or 3 min while calls go on, from 20:00:00Z on: until 20:03:00Z at the latest.`,
  );
  expect(err).toContain('nacos-rollout attach 7f3a');
  expect(err).toContain('nacos-rollout resume 7f3a --yes');
});

test('where somebody sits, Ctrl-C names how to abort: no letter does while nothing is asked', async () => {
  const { stage, launcher } = stageOrders();
  Object.assign(stage, { isTerminal: true, typed: 'yes\nA\n' });
  const running = stage.run(...runOrders);
  await launcher.followed;
  launcher.tell({ type: 'disable-began', target, attempt: 1 });
  stage.interrupt();
  launcher.tell({ type: 'paused', by: 'ann', why: 'asked' });
  launcher.tell({ type: 'runner-rested', why: 'interrupted', exitCode: 130 });
  expect((await running).err).toContain('in another terminal: nacos-rollout order abort-put-back 7f3a');
  expect(launcher.orders).toEqual([{ type: 'pause' }]);
});

test('an input that ends is said, for no letter is heard after it', async () => {
  const { stage, launcher } = stageOrders();
  Object.assign(stage, { isTerminal: true, piped: 'yes\n' });
  const running = stage.run(...runOrders);
  await launcher.followed;
  launcher.tell({ type: 'runner-rested', why: 'interrupted', exitCode: 130 });
  expect((await running).err).toContain('in another terminal: nacos-rollout attach 7f3a');
});

test.each([
  ['3h', 'until 23:00:00Z at the latest.'],
  ['5h', 'until 2026-11-22 01:00:00Z at the latest.'],
  ['30h', 'until 2026-11-23 02:00:00Z at the latest.'],
])('a drain of %s is over %s', async (drain, until) => {
  const { stage, launcher } = stageOrders();
  const running = stage.run(...runOrders, '--yes', '--drain', drain);
  await launcher.followed;
  const totalMs = Number.parseInt(drain, 10) * 3_600_000;
  launcher.tell(
    { type: 'disable-began', target, attempt: 1 },
    { type: 'disabled', target, attempt: 1, ms: 5 },
    { type: 'drain-began', target, attempt: 1, totalMs },
  );
  stage.interrupt();
  launcher.tell({ type: 'runner-rested', why: 'interrupted', exitCode: 130 });
  expect((await running).err).toContain(until);
});

test('a drain that goes on says how somebody may decide', async () => {
  const { stage, launcher } = stageOrders();
  const running = stage.run(...runOrders, '--yes');
  await launcher.followed;
  const callers = [{ caller: '10.9.0.1', source: 'connections' }];
  const more = { attempt: 1, ceilingMs: 180_000, active: 0, perSecond: 12.4, callers } as const;
  launcher.tell({ type: 'drain-prolonged', target, ms: 40_100, ...more });
  const all = [{ caller: 'all', source: 'actuator http://x' }];
  launcher.tell({ type: 'drain-prolonged', target, ms: 120_000, ...more, callers: all }, done);
  const { out, err } = await running;
  expect(out).toContain(
    `${target}  still called after 40 s by 10.9.0.1 (connections), 12 calls/s: drains on until that ends, 3 min at the most`,
  );
  expect(out).toContain('still called after 2 min (actuator http://x), 12 calls/s');
  expect(err.match(/nacos-rollout attach 7f3a/g)).toHaveLength(1);
});

test('one press that comes twice is one; a second one stops in the middle of a step', async () => {
  const { stage, launcher } = stageOrders();
  const running = stage.run(...runOrders, '--yes');
  await launcher.followed;
  launcher.tell({ type: 'disable-began', target, attempt: 1 });
  stage.interrupt();
  stage.interrupt();
  expect(launcher.orders).toEqual([{ type: 'pause' }]);
  await stage.clock.advance(1000);
  stage.interrupt();
  expect(launcher.orders).toEqual([{ type: 'pause' }, { type: 'stop' }]);
  launcher.tell({ type: 'runner-rested', why: 'interrupted', exitCode: 130 });
  expect((await running).code).toBe(130);
});

test('after somebody said go on, the next press is a first one again', async () => {
  const { stage, launcher } = stageOrders();
  stage.isTerminal = true;
  stage.typed = 'yes\n';
  const running = stage.run(...runOrders);
  await launcher.followed;
  launcher.tell({ type: 'disable-began', target, attempt: 1 });
  stage.interrupt();
  launcher.tell({ type: 'paused', by: 'ann', why: 'asked' }, { type: 'continued', by: 'bob' });
  await stage.clock.advance(1000);
  stage.interrupt();
  expect(launcher.orders).toEqual([{ type: 'pause' }, { type: 'pause' }]);
  launcher.tell(done);
  await running;
});

test('a Ctrl-C while the runner starts is taken once it runs', async () => {
  const { stage, launcher } = stageOrders();
  stage.ports = {
    ...stage.ports,
    launcher: {
      ...launcher,
      start: async (request) => {
        stage.interrupt();
        return launcher.start(request);
      },
    },
  };
  const running = stage.run(...runOrders, '--yes');
  await launcher.followed;
  await Promise.resolve();
  expect(launcher.orders).toEqual([{ type: 'pause' }]);
  launcher.tell({ type: 'paused', by: 'ann', why: 'asked' });
  expect(launcher.orders).toEqual([{ type: 'pause' }, { type: 'stop' }]);
  launcher.tell({ type: 'runner-rested', why: 'interrupted', exitCode: 130 });
  expect((await running).code).toBe(130);
});

test.each([
  [false, 'carry on with: nacos-rollout resume 7f3a --yes\n'],
  [true, 'carry on with: nacos-rollout resume 7f3a\n'],
])(
  'a runner that dies without a word is told, and the exit code names what it left',
  async (isTerminal, how) => {
    const { stage, launcher } = stageOrders();
    stage.isTerminal = isTerminal;
    const running = stage.run(...runOrders, '--yes');
    await launcher.followed;
    launcher.tell({ type: 'disable-began', target, attempt: 1 }, writeBegan);
    launcher.end();
    const { code, err } = await running;
    expect(code).toBe(3);
    expect(err).toContain(`is gone without a word: ${how}`);
  },
);

test('a runner that is left because it cannot be understood is not said to be gone', async () => {
  const { stage, launcher } = stageOrders();
  const running = stage.run(...runOrders, '--yes');
  await launcher.followed;
  launcher.tell({ type: 'disable-began', target, attempt: 1 }, writeBegan);
  launcher.say({ kind: 'broken', problem: { kind: 'unreadable-runner', id: '7f3a', detail: 'event: bad' } });
  launcher.end();
  const { code, err } = await running;
  expect(code).toBe(3);
  expect(err).toContain('The runner of 7f3a says what this program cannot read (event: bad)');
  expect(err).not.toContain('is gone without a word');
});

test('attach follows to the end', async () => {
  const { stage, launcher } = stageOrders();
  const starting = stage.run(...runOrders, '--yes');
  await launcher.followed;
  const attached = stage.run('attach', '7f3a');
  await launcher.followedTwice;
  launcher.tell(done);
  expect((await starting).code).toBe(0);
  const { code, out } = await attached;
  expect(code).toBe(0);
  expect(out).toContain('The rollout is done.');
});

/** Attaches from a second terminal, answers `o`, and ends the rollout once that is ordered. */
async function attachAndPutOn(launcher: ScriptedLauncher): Promise<{ err: string }> {
  const second = setStage();
  second.isTerminal = true;
  second.typed = 'o\n';
  second.ports = { ...second.ports, launcher };
  const attached = second.run('attach', '7f3a');
  await launcher.followedTwice;
  await until(() => launcher.orders.length > 0);
  launcher.tell(done);
  return attached;
}

test('attach at a terminal asks at once what a rollout waits for', async () => {
  const { stage, launcher } = stageOrders();
  stage.isTerminal = true;
  stage.typed = 'yes\n';
  void stage.run(...runOrders);
  await launcher.followed;
  launcher.tell(...disableFailed);
  const attached = await attachAndPutOn(launcher);
  expect(attached.err).toContain(`${target} waits for you`);
  expect(launcher.orders).toMatchObject([{ type: 'decide', target, decision: 'put-on', attempt: 1 }]);
});

test('decided while it is paused, it says that this waits for c', async () => {
  const { stage, launcher } = stageOrders();
  stage.isTerminal = true;
  stage.typed = 'yes\n';
  void stage.run(...runOrders);
  await launcher.followed;
  launcher.tell({ type: 'paused', by: 'ann', why: 'asked' }, ...disableFailed);
  const attached = await attachAndPutOn(launcher);
  expect(attached.err).toContain(
    `It is paused: what you decided about ${target} begins when you continue, with c and Enter.`,
  );
});

test('Ctrl-C leaves what attach follows alone', async () => {
  const { stage, launcher } = stageOrders();
  void stage.run(...runOrders, '--yes');
  await launcher.followed;
  const watcher = setStage();
  watcher.ports = { ...watcher.ports, launcher };
  const attached = watcher.run('attach', '7f3a');
  await launcher.followedTwice;
  watcher.interrupt();
  const { code, err } = await attached;
  expect(code).toBe(0);
  expect(launcher.orders).toEqual([{ type: 'detach' }]);
  expect(err).toContain('nacos-rollout attach 7f3a');
});
