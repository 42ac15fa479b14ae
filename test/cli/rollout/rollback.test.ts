import { expect, test } from 'vitest';
import type { Fact } from '../../../src/core/event/event.ts';
import { allOf, listed, openOf, plannedFact } from '../support/journaled.ts';
import { done, target, writeBegan } from '../support/orders-stage.ts';
import { type ScriptedLauncher, scriptedLauncher } from '../support/scripted-launcher.ts';
import { type Stage, setStage } from '../support/stage.ts';

const started: Fact = { type: 'runner-started', pid: 1, host: 'bastion', isAttended: false, lease: 'held' };
const deployed: readonly Fact[] = [
  started,
  writeBegan,
  { type: 'read-back', target, registration: 0, enabled: false, nodes: [] },
  { type: 'deploy-began', target, attempt: 1, command: 'x', directory: 'commands/1' },
  { type: 'deploy-ended', target, attempt: 1, ms: 5, result: { kind: 'exited', code: 1 } },
];
const rested: Fact = { type: 'runner-rested', why: 'stuck', exitCode: 3 };
const ended: Fact = { type: 'rollout-ended', outcome: 'done-with-some-off', exitCode: 3 };

type House = { stage: Stage; launcher: ScriptedLauncher; abandoned: string[] };

/** A machine with a rollout `aaaa`, and a runner for the next one. */
function machine(facts: readonly Fact[], { isRunning = false, hasCommand = true } = {}): House {
  const stage = setStage(listed.map((one) => (one.ip === '10.0.0.1' ? { ...one, enabled: false } : one)));
  const planned = plannedFact();
  if (planned.type !== 'rollout-planned') throw new Error('no plan');
  const rollback = { run: './rollback.sh', timeoutMs: 60_000 };
  const targets = planned.plan.targets.map((one) => (hasCommand ? { ...one, rollback } : one));
  const { open, events } = openOf('aaaa', '2026-11-21T20:00:00.000Z', [
    { ...planned, plan: { ...planned.plan, targets } },
    ...facts,
  ]);
  const read = async () => ({ ok: true, open: { ...open, isRunning }, events }) as const;
  const launcher = scriptedLauncher();
  const abandoned: string[] = [];
  const abandon = async (id: string) => void abandoned.push(id);
  stage.ports = { ...stage.ports, launcher: { ...launcher, read, all: allOf(open), abandon } };
  return { stage, launcher, abandoned };
}

test('it begins a rollout of its own that names the former one, which ends with that', async () => {
  const { stage, launcher, abandoned } = machine([...deployed, rested]);
  const running = stage.run('rollback', 'aaaa', '--yes');
  await launcher.followed;
  launcher.tell(done);
  const { code, out, err } = await running;
  expect(code).toBe(0);
  expect(launcher.requests).toMatchObject([
    {
      world: 'real',
      isAttended: false,
      plan: {
        rollsBack: 'aaaa',
        targets: [{ name: target, deploy: { run: './rollback.sh' }, registrations: [{ left: 'off' }] }],
      },
    },
  ]);
  expect(err).toContain('This takes back rollout aaaa, the last target first.\n');
  expect(err).toContain('deploy   ./rollback.sh');
  expect(err).toContain('Rollout aaaa has ended with that');
  expect(out).toContain('planned by ann@bastion, to take back rollout aaaa');
  expect(abandoned).toEqual(['aaaa']);
});

test.each([
  ['off', false, 3],
  ['on again', true, 0],
])('what it took off and deployed nothing on, and is %s now', async (_, enabled, exitCode) => {
  const drained = '10.0.0.2:8080';
  const off: readonly Fact[] = [
    {
      type: 'write-began',
      target: drained,
      registration: 0,
      enabled: false,
      weight: 5,
      purpose: 'disable',
      request: { method: 'PATCH', url: 'http://127.0.0.1:8848/x', hasToken: false },
    },
    { type: 'read-back', target: drained, registration: 0, enabled: false, nodes: [] },
  ];
  const { stage, launcher, abandoned } = machine([...deployed, ...off, rested]);
  stage.registry.list = stage.registry.list.map((one) => (one.ip === '10.0.0.2' ? { ...one, enabled } : one));
  const running = stage.run('rollback', 'aaaa', '--yes');
  await launcher.followed;
  launcher.tell(done);
  const { code, err } = await running;
  expect(code).toBe(exitCode);
  const sentences = err.split(`deployed nothing on it: ${drained}. `);
  expect(sentences).toHaveLength(exitCode === 3 ? 3 : 1);
  expect(launcher.requests[0]?.plan.targets.map(({ name }) => name)).toEqual([target]);
  expect(abandoned).toEqual(['aaaa']);
});

test('one that has ended is left as it is, and a rehearsal ends none', async () => {
  for (const [facts, flags] of [
    [[...deployed, ended], ['--yes']],
    [[...deployed, rested], ['--dry-run']],
  ] as const) {
    const { stage, launcher, abandoned } = machine(facts);
    const running = stage.run('rollback', 'aaaa', ...flags);
    await launcher.followed;
    launcher.tell(done);
    expect((await running).code).toBe(0);
    expect(launcher.requests[0]?.world).toBe(flags[0] === '--yes' ? 'real' : 'rehearsal');
    expect(abandoned).toEqual([]);
  }
});

test('one that was taken back before is said to be', async () => {
  const { stage } = machine([...deployed, ended]);
  const planned = plannedFact();
  if (planned.type !== 'rollout-planned' || stage.ports.launcher === undefined) throw new Error('no plan');
  const second = { ...planned, plan: { ...planned.plan, rollsBack: 'aaaa' } };
  const { open } = openOf('bbbb', '2026-11-21T21:00:00.000Z', [second]);
  const launcher = { ...stage.ports.launcher, all: allOf(open) };
  stage.ports = { ...stage.ports, launcher };
  stage.isTerminal = true;
  stage.typed = 'no\n';
  const { err } = await stage.run('rollback', 'aaaa');
  expect(err).toContain('Rollout aaaa was taken back before, by bbbb: this does it once more.\n');
});

test('a person is asked, as run asks', async () => {
  const { stage, launcher, abandoned } = machine([...deployed, rested]);
  stage.isTerminal = true;
  stage.typed = 'no\n';
  const { code, err } = await stage.run('rollback', 'aaaa');
  expect(code).toBe(130);
  expect(err).toContain('Roll orders now? Type yes: ');
  expect([launcher.requests, abandoned]).toEqual([[], []]);
});

test.each([
  ['nothing was deployed', machine([started, rested]), 'There is nothing of rollout aaaa to take back'],
  [
    'its plan has no command',
    machine([...deployed, rested], { hasCommand: false }),
    'Rollout aaaa cannot be taken back: its plan has no rollback command for 10.0.0.1:8080.',
  ],
  [
    'it runs',
    machine(deployed, { isRunning: true }),
    'Rollout aaaa is running: stop it first, with: nacos-rollout order stop aaaa',
  ],
  [
    'its deploy command may still run',
    machine(deployed.slice(0, -1)),
    'The deploy command of 10.0.0.1:8080 may still run: find out first, with: nacos-rollout resume aaaa',
  ],
] as const)(
  'where %s it is refused with a sentence, exit 2',
  async (_, { stage, launcher, abandoned }, sentence) => {
    const { code, err } = await stage.run('rollback', 'aaaa', '--yes');
    expect(code).toBe(2);
    expect(err).toContain(sentence);
    expect([launcher.requests, abandoned]).toEqual([[], []]);
  },
);

test('a review that refuses begins nothing, and ends nothing', async () => {
  const { stage, launcher, abandoned } = machine([...deployed, rested]);
  stage.findings = [
    { level: 'refused', kind: 'guard', refusal: { kind: 'last-one', service: 'orders' }, target },
  ];
  expect((await stage.run('rollback', 'aaaa', '--yes')).code).toBe(4);
  expect([launcher.requests, abandoned]).toEqual([[], []]);
});

test('a rollout that there is not is named before --yes is asked for', async () => {
  const { code, err } = await setStage().run('rollback', 'nope');
  expect(code).toBe(2);
  expect(err).toContain('There is no rollout x on this machine');
  expect(err).not.toContain('--yes');
});

test('without a terminal it needs --yes', async () => {
  const { stage } = machine([...deployed, rested]);
  const { code, err } = await stage.run('rollback', 'aaaa');
  expect([code, err]).toEqual([
    2,
    'Nobody can be asked here: give --yes to start, or --dry-run to rehearse.\n',
  ]);
});
