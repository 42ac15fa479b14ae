import { expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import type { Event, Fact } from '../../../src/core/event/event.ts';
import { holdBy, holds } from '../../../src/core/rollout/holds.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import { wanted } from '../../../src/core/rollout/wanted.ts';
import { createJournalDisk } from '../../simulation/world/journal-disk.ts';
import { plainScenario } from '../../simulation/run-plain.ts';
import { plannedLine } from '../../simulation/world/simulated-world.ts';

const first = '10.0.0.1:8080';
const second = '10.0.0.2:8080';
const by = 'someone@here';
const why = { kind: 'refused', refusals: [{ kind: 'last-one', service: 'orders' }] } as const;
const started = { type: 'runner-started', pid: 1, host: 'here', isAttended: true, lease: 'none' } as const;
const error = { kind: 'timeout', address: 'a', afterMs: 5000, wasSent: true } as const;
const stuck: readonly Fact[] = [
  { type: 'disable-began', target: first, attempt: 1 },
  { type: 'step-failed', target: first, step: 'disable', attempt: 1, ms: 1, why },
];

function rolloutAfter(facts: readonly Fact[]): Rollout {
  const { plan, nodes } = plainScenario(2);
  const planned = createJournalDisk(plannedLine(plan, nodes, true)).read();
  return facts.reduce((state, fact) => {
    const event = { v: 1, seq: state.seq + 1, at: '2026-11-21T20:00:00.000Z', rollout: state.id, ...fact };
    return apply(state, event satisfies Event);
  }, planned);
}

test('where nothing holds, the first target begins', () => {
  const rollout = rolloutAfter([started]);
  expect(holds(rollout)).toEqual([]);
  expect(wanted(rollout)).toMatchObject([{ kind: 'disable', target: first }]);
});

test.each<[string, readonly Fact[], readonly object[]]>([
  ['nobody runs it', [], [{ kind: 'no-runner' }]],
  ['it is paused', [started, { type: 'paused', by, why: 'asked' }], [{ kind: 'paused', by, why: 'asked' }]],
  [
    'it is aborted',
    [started, { type: 'abort-asked', how: 'leave', by }],
    [{ kind: 'aborting', how: 'leave' }],
  ],
  ['it is stopping', [started, { type: 'stop-asked', by }], [{ kind: 'stopping' }]],
  [
    'a node is lost',
    [started, { type: 'node-lost', node: 'a', error }],
    [{ kind: 'nodes-lost', nodes: ['a'] }],
  ],
  ['a target is stuck', [started, ...stuck], [{ kind: 'stuck', targets: [{ name: first }] }]],
  ['nobody is there', [started, { type: 'face-lost', by }], [{ kind: 'unattended' }]],
  [
    'much is so at once',
    [started, ...stuck, { type: 'face-lost', by }, { type: 'paused', by, why: 'asked' }],
    [{ kind: 'paused' }, { kind: 'stuck' }, { kind: 'unattended' }],
  ],
  [
    'its runner rests',
    [started, ...stuck, { type: 'runner-rested', why: 'stuck', exitCode: 1 }],
    [{ kind: 'over' }],
  ],
])('where %s, it says so and begins no target', (_what, facts, expected) => {
  const rollout = rolloutAfter(facts);
  expect(holds(rollout)).toMatchObject(expected);
  expect(holds(rollout)).toHaveLength(expected.length);
  expect(wanted(rollout).filter((effect) => 'target' in effect && effect.target === second)).toEqual([]);
  expect(wanted(rollout).map(({ kind }) => kind)).not.toContain('disable');
});

test.each<[string, Fact]>([
  ['a node is lost', { type: 'node-lost', node: 'a', error }],
  ['it is paused', { type: 'paused', by, why: 'asked' }],
])('while %s, a target that is between two steps does not begin the next', (_what, fact) => {
  const between: readonly Fact[] = [
    started,
    { type: 'disable-began', target: first, attempt: 1 },
    { type: 'disabled', target: first, attempt: 1, ms: 1 },
  ];
  const kindsAfter = (...facts: readonly Fact[]): readonly string[] =>
    wanted(rolloutAfter([...between, ...facts])).map(({ kind }) => kind);
  expect(kindsAfter()).toContain('drain');
  expect(kindsAfter(fact)).not.toContain('drain');
});

test('one reason can be asked for', () => {
  const rollout = rolloutAfter([started, ...stuck]);
  expect(holdBy(rollout, 'stuck')?.targets.map(({ name }) => name)).toEqual([first]);
  expect(holdBy(rollout, 'paused')).toBeUndefined();
});
