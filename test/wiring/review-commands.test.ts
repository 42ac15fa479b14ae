import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makePlan } from '../../src/core/planning/make-plan.ts';
import type { PlanFile } from '../../src/core/plan/plan-file.ts';
import { type Instance, serviceKey } from '../../src/core/registry/service.ts';
import { reviewCommands } from '../../src/runner/review/review-commands.ts';
import type { Finding } from '../../src/runner/review/review.ts';
import { tryCommands } from '../../src/wiring/try-commands.ts';
import { readStartLimits } from '../../src/world/start-limits.ts';
import { instance } from '../cli/support/fake-registry.ts';
import { newDirectory } from '../support/new-directory.ts';
import { spoken } from '../support/spoken.ts';

const { PATH = '' } = process.env;
type Settings = NonNullable<PlanFile['defaults']>;

/** What a review finds of the commands for these instances of one service, and of their companions. */
function findingsOf(
  list: readonly Instance[],
  settings: Partial<Settings> = {},
  place: { readonly env?: Record<string, string>; readonly cwd?: string } = {},
): readonly Finding[] {
  const [main] = list;
  const companions = list
    .filter(({ service }) => service !== main?.service)
    .map(({ service }) => ({ service }));
  const made = makePlan(
    {
      version: 1,
      defaults: { deploy: { run: 'true' }, check: 'none', ...settings },
      stages: [{ services: [{ service: main?.service ?? '', companions }] }],
    },
    {
      namespace: 'public',
      group: 'DEFAULT_GROUP',
      lists: (id) => list.filter((one) => serviceKey(one) === serviceKey(id)),
    },
  );
  if (!made.ok) throw new Error(made.problem.kind);
  const state = { root: '/state/nacos-rollout', temporary: '/tmp', userId: 0 };
  return reviewCommands(tryCommands(state, place.cwd ?? '/', { PATH, ...place.env }), made.plan);
}

const at = (host: number, rest: Partial<Instance> = {}): Instance =>
  instance('orders', `10.0.0.${host}`, 80, rest);
const x = (count: number): string => 'x'.repeat(count);

test('nothing is said of commands that can be started', () => {
  expect(findingsOf([at(1), at(2, { metadata: { hostile: 'a\0b\ud800' } })])).toEqual([]);
});

test('who has metadata that no environment takes is named, and goes', () => {
  const findings = findingsOf([at(1), at(2, { metadata: { big: x(140_000) } }), at(3)], {
    rollback: { run: 'true' },
  });
  expect(findings).toEqual([
    { level: 'warning', kind: 'in-file', variable: 'NACOS_ROLLOUT_METADATA', targets: ['10.0.0.2:80'] },
  ]);
});

test('so are companions', () => {
  const named = Array.from({ length: 300 }, (_, index) => instance(`${x(500)}${index}`, '10.0.0.1', 80));
  expect(findingsOf([at(1), ...named])).toMatchObject([
    { kind: 'in-file', variable: 'NACOS_ROLLOUT_COMPANIONS', targets: ['10.0.0.1:80'] },
  ]);
});

test.each<[string, Partial<Instance>, Partial<Settings>, object]>([
  ['a null byte', { cluster: 'a\0b' }, {}, { kind: 'null-byte', variable: 'NACOS_ROLLOUT_CLUSTER' }],
  ['half a character', { cluster: '\udc00' }, {}, { kind: 'not-unicode', variable: 'NACOS_ROLLOUT_CLUSTER' }],
  ['too long a name', { cluster: x(140_000) }, {}, { kind: 'too-long', variable: 'NACOS_ROLLOUT_CLUSTER' }],
  ['a long line', {}, { deploy: { run: `true ${x(140_000)}` } }, { kind: 'too-long', bytes: 140_006 }],
  ['a null byte in a line', {}, { deploy: { run: 'true\0' } }, { kind: 'null-byte' }],
  ['a null byte in a word', {}, { deploy: { argv: ['true', 'a\0b'] } }, { kind: 'null-byte' }],
])('%s: refused before anything is written', (_name, listed, settings, obstacle) => {
  expect(findingsOf([at(1, listed), at(2, listed), at(3, listed)], settings)).toMatchObject([
    {
      level: 'refused',
      kind: 'cannot-start',
      obstacle,
      targets: ['10.0.0.1:80', '10.0.0.2:80', '10.0.0.3:80'],
    },
  ]);
});

test('a word that a placeholder fills is tried as it will be', () => {
  const argv = ['true', '{cluster}'];
  const findings = findingsOf([at(1, { cluster: x(131_050) })], { deploy: { argv } });
  expect(findings).toMatchObject([{ obstacle: { kind: 'too-long', variable: 'NACOS_ROLLOUT_CLUSTER' } }]);
});

test.each(['rollback', 'leave', 'back', 'check'] as const)(
  '%s is tried as well as the deploy command',
  (step) => {
    const long = { run: `true ${x(140_000)}` };
    expect(findingsOf([at(1)], { [step]: long })).toMatchObject([
      { level: 'refused', kind: 'cannot-start', step, obstacle: { kind: 'too-long' } },
    ]);
  },
);

test('a check of one that is off already is tried too, though it is not run', () => {
  const list = [at(1), at(2, { enabled: false, cluster: 'a\0b' })];
  const trials = tryCommands({ root: '/state', temporary: '/tmp', userId: 0 }, '/', { PATH });
  const made = makePlan(
    {
      version: 1,
      defaults: { deploy: { run: 'true' }, check: { run: 'true' } },
      stages: [{ services: [{ service: 'orders' }] }],
      alreadyOff: 'take-along',
    },
    { namespace: 'public', group: 'DEFAULT_GROUP', lists: () => list },
  );
  if (!made.ok) throw new Error(made.problem.kind);
  expect(reviewCommands(trials, made.plan)).toMatchObject([
    { kind: 'cannot-start', step: 'deploy', targets: ['10.0.0.2:80'] },
    { kind: 'cannot-start', step: 'check', targets: ['10.0.0.2:80'] },
  ]);
});

test('an environment that is full already: metadata gives way, then it is refused', () => {
  const { allBytes } = readStartLimits();
  const full = (bytes: number): Record<string, string> =>
    Object.fromEntries(
      Array.from({ length: Math.floor(bytes / 50_000) }, (_, index) => [`FULL_${index}`, x(49_970)]),
    );
  const large = [at(1, { metadata: { big: x(120_000) } })];
  expect(findingsOf(large, {}, { env: full(allBytes - 60_000) })).toMatchObject([{ kind: 'in-file' }]);
  expect(findingsOf(large, {}, { env: full(allBytes + 60_000) })).toMatchObject([
    { level: 'refused', kind: 'cannot-start', obstacle: { kind: 'too-much' } },
  ]);
});

test('a working directory that is gone is refused', () => {
  const cwd = newDirectory('cwd');
  rmSync(cwd, { recursive: true });
  expect(findingsOf([at(1)], {}, { cwd })).toMatchObject([
    { level: 'refused', kind: 'no-directory', path: cwd },
  ]);
  expect(findingsOf([at(1)], {}, { cwd: '/etc/hostname' })).toMatchObject([{ kind: 'no-directory' }]);
});

test('each is said in one sentence, in both languages', () => {
  const targets = ['a:1', 'b:2', 'c:3', 'd:4', 'e:5'];
  const obstacle = {
    kind: 'too-long',
    variable: 'NACOS_ROLLOUT_CLUSTER',
    bytes: 140_023,
    maxBytes: 131_072,
  } as const;
  const finding = { level: 'refused', kind: 'cannot-start', step: 'deploy', obstacle, targets } as const;
  expect(spoken.en.failures.finding(finding)).toBe(
    'The deploy command of a:1, b:2, c:3 and 2 more cannot be started: NACOS_ROLLOUT_CLUSTER would be 140023 bytes long, and the system takes at most 131072: exclude such an instance.',
  );
  expect(spoken['zh-CN'].failures.finding(finding)).toBe(
    'a:1、b:2、c:3 等 5 个目标的部署命令无法启动：NACOS_ROLLOUT_CLUSTER 会长达 140023 字节，系统最多允许 131072 字节：请排除这样的实例。',
  );
});
