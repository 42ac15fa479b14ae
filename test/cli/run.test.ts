import { expect, test } from 'vitest';
import { parseEvent } from '../../src/core/event.ts';
import type { Finding } from '../../src/runner/review.ts';
import { instance } from './fake-registry.ts';
import { type ScriptedLauncher, scriptedLauncher } from './scripted-launcher.ts';
import { type Stage, server, setStage } from './stage.ts';

const name = '10.0.0.1:8080';
const flags = [
  'run',
  ...server,
  '--service',
  'orders',
  '--drain',
  '2s',
  '--deploy',
  './redeploy.sh',
] as const;
const done = { type: 'rollout-ended', outcome: 'done', exitCode: 0 } as const;
const writeBegan = {
  type: 'write-began',
  target: name,
  registration: 0,
  enabled: false,
  weight: 5,
  purpose: 'disable',
  request: { method: 'PATCH', url: 'http://127.0.0.1:8848/x', hasToken: false },
} as const;

function staged(): { stage: Stage; launcher: ScriptedLauncher } {
  const stage = setStage([instance('orders', '10.0.0.1', 8080), instance('orders', '10.0.0.2', 8080)]);
  const launcher = scriptedLauncher();
  stage.ports = { ...stage.ports, launcher };
  return { stage, launcher };
}

test('with --yes --json every event is one line on standard output, and the exit code is the runner’s', async () => {
  const { stage, launcher } = staged();
  const running = stage.run(...flags, '--yes', '--json');
  await launcher.followed;
  launcher.tell({ type: 'disable-began', target: name, attempt: 1 }, { ...done, exitCode: 1 });
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
  expect(launcher.requests[0]?.plan.targets.map((target) => target.name)).toEqual([name, '10.0.0.2:8080']);
});

test('without --json there is one line for people an event', async () => {
  const { stage, launcher } = staged();
  const running = stage.run(...flags, '--yes', '--lang', 'zh-CN');
  await launcher.followed;
  launcher.tell({ type: 'drain-began', target: name, attempt: 1, totalMs: 2000 }, done);
  const { out } = await running;
  expect(out).toContain(`20:00:00Z  ${name}  流量排空 2 秒\n`);
  expect(out).toContain('发布完成。');
});

test('where nobody can be asked, --yes is wanted before anything is read', async () => {
  const { stage, launcher } = staged();
  const { code, err } = await stage.run(...flags);
  expect(code).toBe(2);
  expect(err).toContain('--yes');
  expect(stage.specs).toEqual([]);
  expect(launcher.requests).toEqual([]);
});

test('at a terminal it asks, and only yes starts', async () => {
  const { stage, launcher } = staged();
  stage.isTerminal = true;
  stage.typed = 'y\n';
  const { code, err } = await stage.run(...flags);
  expect(code).toBe(130);
  expect(err).toContain('Type yes');
  expect(launcher.requests).toEqual([]);
});

test('a person at the terminal decides when a target is stuck', async () => {
  const { stage, launcher } = staged();
  stage.isTerminal = true;
  stage.typed = 'yes\n';
  const running = stage.run(...flags);
  await launcher.followed;
  expect(launcher.requests[0]?.isAttended).toBe(true);
  launcher.tell(
    { type: 'disable-began', target: name, attempt: 1 },
    {
      type: 'step-failed',
      target: name,
      step: 'disable',
      attempt: 1,
      ms: 5,
      why: { kind: 'registry', error: { kind: 'no-leader', detail: 'x' } },
    },
    done,
  );
  const { err } = await running;
  expect(err).toContain(`${name} waits for you`);
  expect(err).toContain('r  run the step again');
});

test('--dry-run needs no yes, is a rehearsal, and lists requests as curl', async () => {
  const { stage, launcher } = staged();
  const running = stage.run(...flags, '--dry-run');
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
  const { stage, launcher } = staged();
  stage.findings = [finding];
  const { code, err } = await stage.run(...flags, '--yes');
  expect(code).toBe(expected);
  expect(err).toContain('✗');
  expect(launcher.requests).toEqual([]);
});

test('somebody else’s lock is exit 5', async () => {
  const { stage, launcher } = staged();
  const problem = { kind: 'locked', by: 'bob@b', since: '20:00', service: 'orders', id: '1' } as const;
  stage.ports = {
    ...stage.ports,
    launcher: { ...launcher, start: async () => ({ ok: false, problem }) },
  };
  const { code, err } = await stage.run(...flags, '--yes');
  expect(code).toBe(5);
  expect(err).toContain('bob@b');
});

test('what is still off is named on standard error, with the way to carry on', async () => {
  const { stage, launcher } = staged();
  const running = stage.run(...flags, '--yes', '--json');
  await launcher.followed;
  launcher.tell({ type: 'disable-began', target: name, attempt: 1 }, writeBegan, {
    type: 'runner-rested',
    why: 'stuck',
    exitCode: 3,
  });
  const { code, err } = await running;
  expect(code).toBe(3);
  expect(err).toContain(`Still off because of us: ${name}`);
  expect(err).toContain('nacos-rollout resume 7f3a');
});

test('Ctrl-C pauses, and stops once no step is under way', async () => {
  const { stage, launcher } = staged();
  const running = stage.run(...flags, '--yes');
  await launcher.followed;
  launcher.tell({ type: 'disable-began', target: name, attempt: 1 });
  stage.interrupt();
  expect(launcher.orders).toEqual([{ type: 'pause' }]);
  launcher.tell({ type: 'paused', by: 'ann', why: 'asked' });
  expect(launcher.orders).toHaveLength(1);
  launcher.tell({ type: 'disabled', target: name, attempt: 1, ms: 5 });
  expect(launcher.orders).toEqual([{ type: 'pause' }, { type: 'stop' }]);
  launcher.tell({ type: 'runner-rested', why: 'interrupted', exitCode: 130 });
  expect((await running).code).toBe(130);
});

test('one press that comes twice is one; a second one stops in the middle of a step', async () => {
  const { stage, launcher } = staged();
  const running = stage.run(...flags, '--yes');
  await launcher.followed;
  launcher.tell({ type: 'disable-began', target: name, attempt: 1 });
  stage.interrupt();
  stage.interrupt();
  expect(launcher.orders).toEqual([{ type: 'pause' }]);
  await stage.clock.advance(1000);
  stage.interrupt();
  expect(launcher.orders).toEqual([{ type: 'pause' }, { type: 'stop' }]);
  launcher.tell({ type: 'runner-rested', why: 'interrupted', exitCode: 130 });
  expect((await running).code).toBe(130);
});

test('a Ctrl-C while the runner starts is taken once it runs', async () => {
  const { stage, launcher } = staged();
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
  const running = stage.run(...flags, '--yes');
  await launcher.followed;
  await Promise.resolve();
  expect(launcher.orders).toEqual([{ type: 'pause' }]);
  launcher.tell({ type: 'paused', by: 'ann', why: 'asked' });
  expect(launcher.orders).toEqual([{ type: 'pause' }, { type: 'stop' }]);
  launcher.tell({ type: 'runner-rested', why: 'interrupted', exitCode: 130 });
  expect((await running).code).toBe(130);
});

test('a runner that dies without a word is told, and the exit code names what it left', async () => {
  const { stage, launcher } = staged();
  const running = stage.run(...flags, '--yes');
  await launcher.followed;
  launcher.tell({ type: 'disable-began', target: name, attempt: 1 }, writeBegan);
  launcher.end();
  const { code, err } = await running;
  expect(code).toBe(3);
  expect(err).toContain('is gone without a word');
});

test('attach follows to the end', async () => {
  const { stage, launcher } = staged();
  const starting = stage.run(...flags, '--yes');
  await launcher.followed;
  const attached = stage.run('attach', '7f3a');
  await launcher.followedTwice;
  launcher.tell(done);
  expect((await starting).code).toBe(0);
  const { code, out } = await attached;
  expect(code).toBe(0);
  expect(out).toContain('The rollout is done.');
});

test('Ctrl-C leaves what attach follows alone', async () => {
  const { stage, launcher } = staged();
  void stage.run(...flags, '--yes');
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

test('a read-only profile rehearses and never rolls', async () => {
  const { stage, launcher } = staged();
  await stage.run('profile', 'add', 'safe', ...server, '--read-only');
  const argv = flags.filter((word) => word !== '--server' && word !== '127.0.0.1');
  const { code, err } = await stage.run(...argv, '--yes');
  expect(code).toBe(2);
  expect(err).toContain('read-only');
  expect(launcher.requests).toEqual([]);
});
