import { expect, test } from 'vitest';
import type { Fact } from '../../../src/core/event/event.ts';
import { type ScriptedLauncher, scriptedLauncher } from '../support/scripted-launcher.ts';
import { disableFailed, done, target } from '../support/orders-stage.ts';
import { listed, openOf, allOf, plannedFact } from '../support/journaled.ts';
import { type Stage, setStage } from '../support/stage.ts';

const started: Fact = { type: 'runner-started', pid: 1, host: 'bastion', isAttended: false, lease: 'held' };
const draining: readonly Fact[] = [
  started,
  { type: 'disabled', target, attempt: 1, ms: 5 },
  { type: 'drain-began', target, attempt: 1, totalMs: 40_000 },
];
const stuck: readonly Fact[] = [started, ...disableFailed];

function running(...facts: readonly Fact[]): { stage: Stage; launcher: ScriptedLauncher } {
  const stage = setStage(listed);
  const launcher = scriptedLauncher();
  const { open } = openOf('7f3a', '2026-11-21T20:00:00.000Z', [plannedFact(), ...facts]);
  launcher.tell(plannedFact(), ...facts);
  stage.ports = { ...stage.ports, launcher: { ...launcher, all: allOf({ ...open, isRunning: true }) } };
  return { stage, launcher };
}

const detached = { type: 'detach' };

test('resume --abort of one that runs names the order', async () => {
  const { stage } = running(...draining);
  const [open] = (await stage.ports.launcher.all()).rollouts;
  if (open === undefined) throw new Error('no rollout');
  const { launcher } = stage.ports;
  stage.ports = {
    ...stage.ports,
    launcher: { ...launcher, read: async () => ({ ok: true, open, events: [] }) },
  };
  const { code, err } = await stage.run('resume', '7f3a', '--abort', 'put-back');
  expect(code).toBe(2);
  expect(err).toContain('end it with: nacos-rollout order abort-put-back 7f3a\n');
});

test.each([
  ['pause', draining, { type: 'pause' }],
  ['continue', draining, { type: 'continue' }],
  ['stop', draining, { type: 'stop' }],
  ['abort-put-back', draining, { type: 'abort', how: 'put-back' }],
  ['abort-leave', draining, { type: 'abort', how: 'leave' }],
  ['skip-drain', draining, { type: 'skip-drain', target }],
  ['extend-drain --by 30s', draining, { type: 'extend-drain', target, byMs: 30_000 }],
  ['retry', stuck, { type: 'decide', target, decision: 'retry', attempt: 1 }],
  ['put-on', stuck, { type: 'decide', target, decision: 'put-on', attempt: 1 }],
] as const)('order %s gives it to the runner, and goes', async (typed, facts, order) => {
  const { stage, launcher } = running(...facts);
  const { code, err } = await stage.run('order', ...typed.split(' '));
  expect(launcher.orders).toEqual([order, detached]);
  expect(code).toBe(0);
  expect(err).toBe('Rollout 7f3a was told so; see what comes of it: nacos-rollout attach 7f3a\n');
});

test.each([
  [['fly'], /^order fly is not right: write one of pause, continue, /],
  [['pause', '--target', target], 'pause and --target cannot be given together.'],
  [['extend-drain'], '--by is missing.'],
  [['extend-drain', '--by', 'soon'], '--by soon is not right: write 500ms, 40s, 2m or 1h.'],
  [['extend-drain', '--by', '0s'], '--by 0s is not right: write 500ms, 40s, 2m or 1h.'],
  [['skip-drain', '--by', '3s'], 'skip-drain and --by cannot be given together.'],
  [['retry'], 'No target waits for that now.'],
  [
    ['skip-drain', '--target', '10.9.9.9:1'],
    'The rollout has no target 10.9.9.9:1; it has 10.0.0.1:8080, 10.0.0.2:8080.',
  ],
] as const)('order %j is refused, and nothing is ordered', async (typed, sentence) => {
  const { stage, launcher } = running(...draining);
  const { code, err } = await stage.run('order', ...typed);
  expect(code).toBe(2);
  expect(err.trim()).toMatch(sentence);
  expect(launcher.orders.filter(({ type }) => type !== 'detach')).toEqual([]);
});

test('what the runner does not take is exit 4, with its reason', async () => {
  const { stage, launcher } = running(...draining);
  const refusing = async () => {
    const attached = await launcher.attach('7f3a');
    if (attached.ok) attached.link.submit = async () => 'already-paused';
    return attached;
  };
  stage.ports = { ...stage.ports, launcher: { ...stage.ports.launcher, attach: refusing } };
  const { code, err } = await stage.run('order', 'pause');
  expect(code).toBe(4);
  expect(err).toBe('Rollout 7f3a did not take it: It is paused already.\n');
});

test.each([
  ['order', ['pause'], false, ' --yes'],
  ['attach', [], false, ' --yes'],
  ['attach', [], true, ''],
])(
  '%s of a rollout without a runner names the command that goes on as it works there',
  async (command, words, isTerminal, yes) => {
    const { stage } = running(...draining);
    const attach = async () => ({ ok: false, problem: { kind: 'no-runner', id: '7f3a' } }) as const;
    stage.ports = { ...stage.ports, launcher: { ...stage.ports.launcher, attach } };
    stage.isTerminal = isTerminal;
    const { code, err } = await stage.run(command, ...words, '7f3a');
    expect(code).toBe(2);
    expect(err).toContain(`carry it on with: nacos-rollout resume 7f3a${yes}\n`);
  },
);

test.each([true, false])(
  'attach may decide where there is a terminal to decide at: %s',
  async (isTerminal) => {
    const { stage, launcher } = running(...draining);
    const asked: unknown[] = [];
    const attach: typeof launcher.attach = async (id, options) => {
      asked.push({ id, ...options });
      return launcher.attach(id, options);
    };
    stage.ports = { ...stage.ports, launcher: { ...stage.ports.launcher, attach } };
    stage.isTerminal = isTerminal;
    const attached = stage.run('attach', '7f3a');
    await launcher.followed;
    launcher.tell(done);
    expect((await attached).code).toBe(0);
    expect(asked).toEqual([{ id: '7f3a', mayDecide: isTerminal }]);
  },
);
