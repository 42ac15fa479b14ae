import { expect, test } from 'vitest';
import { parseEvent } from '../../../src/core/event/event.ts';
import type { Finding } from '../../../src/runner/review/review.ts';
import { disableFailed, done, runOrders, stageOrders, target, writeBegan } from '../support/orders-stage.ts';
import { server } from '../support/stage.ts';

test('with --yes --json every event is one line on standard output, and the exit code is the runner’s', async () => {
  const { stage, launcher } = stageOrders();
  const running = stage.run(...runOrders, '--yes', '--json');
  await launcher.followed;
  launcher.tell(
    { type: 'disable-began', target, attempt: 1 },
    { type: 'rollout-ended', outcome: 'aborted', exitCode: 1 },
  );
  const { code, out, err } = await running;
  expect(code).toBe(1);
  const events = out
    .trimEnd()
    .split('\n')
    .map((line) => parseEvent(JSON.parse(line)));
  expect(events.map((read) => read.ok && read.event.type)).toEqual([
    'rollout-planned',
    'runner-started',
    'disable-began',
    'rollout-ended',
  ]);
  expect(err).toContain('rollout 7f3a');
  expect(launcher.requests[0]).toMatchObject({ world: 'real', isAttended: false });
  expect(launcher.requests[0]?.plan.targets.map((one) => one.name)).toEqual([target, '10.0.0.2:8080']);
});

test('without --json there is one line for people an event', async () => {
  const { stage, launcher } = stageOrders();
  const running = stage.run(...runOrders, '--yes', '--lang', 'zh-CN');
  await launcher.followed;
  launcher.tell({ type: 'drain-began', target, attempt: 1, totalMs: 2000 }, done);
  const { out } = await running;
  expect(out).toContain(`20:00:00Z  ${target}  开始排空，2 秒\n`);
  expect(out).toContain('发布完成。');
});

test('without a service or a plan that is what is missing', async () => {
  const { code, err } = await stageOrders().stage.run('run', ...server);
  expect(code).toBe(2);
  expect(err).toContain('--service');
});

test('where nobody can be asked, --yes is wanted before anything is read', async () => {
  const { stage, launcher } = stageOrders();
  const { code, err } = await stage.run(...runOrders);
  expect(code).toBe(2);
  expect(err).toContain('--yes');
  expect(stage.specs).toEqual([]);
  expect(launcher.requests).toEqual([]);
});

test('where no journal can be kept, that is said before Nacos is asked for anything', async () => {
  for (const world of ['real', 'rehearsal'] as const) {
    const { stage, launcher } = stageOrders();
    const obstacle: typeof launcher.obstacle = async (which) =>
      which === world ? { kind: 'cannot-write', path: '/state', detail: 'EACCES' } : undefined;
    stage.ports = { ...stage.ports, launcher: { ...launcher, obstacle } };
    const { code, err } = await stage.run(...runOrders, world === 'real' ? '--yes' : '--dry-run');
    expect(code).toBe(2);
    expect(err).toMatch(/^\/state cannot be written \(EACCES\): [^\n]*\n$/);
    expect([stage.specs, launcher.requests]).toEqual([[], []]);
  }
});

test('at a terminal it asks, and only yes starts', async () => {
  const { stage, launcher } = stageOrders();
  stage.isTerminal = true;
  stage.typed = 'y\n';
  const { code, err } = await stage.run(...runOrders);
  expect(code).toBe(130);
  expect(err).toContain('Type yes');
  expect(launcher.requests).toEqual([]);
});

test('a person at the terminal decides when a target is stuck', async () => {
  const { stage, launcher } = stageOrders();
  stage.isTerminal = true;
  stage.typed = 'yes\n';
  const running = stage.run(...runOrders);
  await launcher.followed;
  expect(launcher.requests[0]?.isAttended).toBe(true);
  launcher.tell(...disableFailed, done);
  const { err } = await running;
  expect(err).toContain(`${target} waits for you`);
  expect(err).toContain('r  run the step again');
});

test('--dry-run needs no yes, is a rehearsal, and lists requests as curl', async () => {
  const { stage, launcher } = stageOrders();
  const running = stage.run(...runOrders, '--dry-run');
  await launcher.followed;
  launcher.tell(
    {
      type: 'request-listed',
      wasSent: false,
      request: { method: 'PATCH', url: 'http://a/b?c=1', hasToken: true },
    },
    done,
  );
  const { code, out } = await running;
  expect(code).toBe(0);
  expect(launcher.requests[0]?.world).toBe('rehearsal');
  expect(out).toContain("curl -X PATCH 'http://a/b?c=1'\n");
});

test.each<[Finding, number]>([
  [{ level: 'refused', kind: 'leader', isThere: false, isKnown: true }, 4],
  [{ level: 'refused', kind: 'minimum-impossible', service: 'orders', minimum: 2, wouldWork: 1 }, 4],
  [{ level: 'refused', kind: 'command-missing', command: './redeploy.sh' }, 2],
  [{ level: 'refused', kind: 'registry', error: { kind: 'unreachable', addresses: ['a'], detail: 'x' } }, 6],
])('a review that refuses (%j) starts nothing and exits %i', async (finding, expected) => {
  const { stage, launcher } = stageOrders();
  stage.findings = [finding];
  const { code, err } = await stage.run(...runOrders, '--yes');
  expect(code).toBe(expected);
  expect(err).toContain('✗');
  expect(launcher.requests).toEqual([]);
});

test('what is still off is named on standard error, with the way to carry on', async () => {
  const { stage, launcher } = stageOrders();
  const running = stage.run(...runOrders, '--yes', '--json');
  await launcher.followed;
  launcher.tell({ type: 'disable-began', target, attempt: 1 }, writeBegan, {
    type: 'runner-rested',
    why: 'stuck',
    exitCode: 3,
  });
  const { code, err } = await running;
  expect(code).toBe(3);
  expect(err).toContain(`Still off because of us: ${target}`);
  expect(err).toContain('nacos-rollout resume 7f3a');
});

test('what a rollout that is over has left off is named with the command that puts each on', async () => {
  const { stage, launcher } = stageOrders();
  const running = stage.run(...runOrders, '--yes', '--on-failure', 'continue');
  await launcher.followed;
  launcher.tell(
    ...disableFailed.slice(0, 1),
    writeBegan,
    ...disableFailed.slice(1),
    { type: 'decided', target, decision: 'leave-off', by: 'nobody' },
    { type: 'rollout-ended', outcome: 'done-with-some-off', exitCode: 3 },
  );
  const { code, err } = await running;
  expect(code).toBe(3);
  expect(err).toContain(`Still off because of us: ${target}\n`);
  expect(err).toContain(
    `On again with: nacos-rollout enable DEFAULT_GROUP@@orders --instance ${target} --server http://127.0.0.1:8848\n`,
  );
});

test('whoever rolls it now is in the way of no rehearsal, which writes nothing: it is a warning', async () => {
  const { stage, launcher } = stageOrders();
  stage.findings = [
    { level: 'refused', kind: 'locked', service: 'orders', id: '7f3a0001', by: 'bob@b', since: '20:00' },
  ];
  const running = stage.run(...runOrders, '--dry-run');
  await launcher.followed;
  launcher.tell(done);
  const { code, err } = await running;
  expect(code).toBe(0);
  expect(err).toContain('bob@b');
  expect((await stage.run(...runOrders, '--yes')).code).toBe(5);
});

test('a read-only profile rehearses and never rolls', async () => {
  const { stage, launcher } = stageOrders();
  await stage.run('profile', 'add', 'safe', ...server, '--read-only');
  const argv = runOrders.filter((word) => word !== '--server' && word !== '127.0.0.1');
  const { code, err } = await stage.run(...argv, '--yes');
  expect(code).toBe(2);
  expect(err).toContain('read-only');
  expect(launcher.requests).toEqual([]);
});

test('--override names a service that may fall below its minimum; another name is a slip', async () => {
  const { stage, launcher } = stageOrders();
  const refused = await stage.run(...runOrders, '--yes', '--override', 'ordres');
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('--override ordres names a service that this plan does not touch');
  expect(launcher.requests).toEqual([]);
  const running = stage.run(...runOrders, '--yes', '--override', 'orders');
  await launcher.followed;
  launcher.tell(done);
  expect((await running).err).toContain('orders may fall below its minimum');
  expect(launcher.requests[0]?.plan.overrides).toEqual(['orders']);
});

test('a plan file that is not there is named before --yes is asked for', async () => {
  const { stage } = stageOrders();
  const { code, err } = await stage.run('run', '-f', '/nowhere/plan.yaml', ...server);
  expect([code, err]).toEqual([2, '/nowhere/plan.yaml cannot be read (there is no such file).\n']);
});

const deployFailed = [
  { type: 'deploy-began', target, attempt: 1, command: './redeploy.sh', directory: 'deploy-1' },
  { type: 'deploy-ended', target, attempt: 1, ms: 5, result: { kind: 'exited', code: 7 } },
  { type: 'runner-rested', why: 'stuck', exitCode: 1 },
] as const;

test.each([
  ['one\ntwo\nthree\nfour\nfive\nno space left\n', 'The end of its output (all in PATH):\n  two\n  three\n'],
  ['', 'It printed nothing (PATH).'],
])('of a deploy that failed the output is shown, and where all of it is: %j', async (printed, said) => {
  const { stage, launcher } = stageOrders();
  const path = '/state/7f3a/deploy-1/output.log';
  stage.ports = { ...stage.ports, readTail: async (asked) => (asked === path ? printed : undefined) };
  const running = stage.run(...runOrders, '--yes');
  await launcher.followed;
  launcher.tell(...deployFailed);
  const { out, err } = await running;
  expect(out).toContain('exit code 7');
  expect(err).toContain(said.replace('PATH', path));
  expect(err).not.toContain('  one');
});
