import { expect, test } from 'vitest';
import { apply } from '../../src/core/apply.ts';
import type { Event, Fact } from '../../src/core/event.ts';
import { makePlan } from '../../src/core/make-plan.ts';
import { type Rollout, offByUs } from '../../src/core/rollout.ts';
import { type Mended, type MendWish, mend } from '../../src/runner/mend.ts';
import { type FakeRegistry, fakeRegistry, instance } from '../cli/fake-registry.ts';
import { virtualClock } from '../support/virtual-clock.ts';
import { whileRunning } from '../support/while-running.ts';

const target = '10.0.0.1:8080';
const planned = [instance('orders', '10.0.0.1', 8080), instance('orders', '10.0.0.2', 8080)];
const common = { target, registration: 0, enabled: false, purpose: 'disable' } as const;
const request = { method: 'PATCH', url: 'http://127.0.0.1:8848/x', hasToken: false };

/** The first target is off, its deploy failed, and it was left off. */
const leftOff: readonly Fact[] = [
  { type: 'runner-started', pid: 1, host: 'bastion', isAttended: false, lease: 'held' },
  { type: 'disable-began', target, attempt: 1 },
  { type: 'write-began', ...common, weight: 5, request },
  { type: 'write-ended', ...common, outcome: 'accepted', ms: 4 },
  { type: 'read-back', target, registration: 0, enabled: false, nodes: [] },
  { type: 'disabled', target, attempt: 1, ms: 600 },
  { type: 'drain-began', target, attempt: 1, totalMs: 1000 },
  { type: 'drain-ended', target, attempt: 1, ms: 1000 },
  { type: 'deploy-began', target, attempt: 1, command: 'x', directory: 'd' },
  { type: 'deploy-ended', target, attempt: 1, ms: 5, result: { kind: 'exited', code: 1 } },
  { type: 'decided', target, decision: 'leave-off', by: 'ann@bastion' },
  { type: 'rollout-ended', outcome: 'done-with-some-off', exitCode: 3 },
];

function begun(): Fact {
  const made = makePlan(
    { version: 1, stages: [{ services: [{ service: 'orders', deploy: { run: 'x' } }] }] },
    { namespace: 'public', group: 'DEFAULT_GROUP', lists: () => planned },
  );
  if (!made.ok) throw new Error(made.problem.kind);
  const nodes = ['http://127.0.0.1:8848'];
  const spec = { servers: nodes, acceptedNodes: [], contextPath: '/nacos', namespace: 'public', tls: {} };
  const reached = { ...spec, isProduction: false, isReadOnly: false, product: 'nacos', version: '2.2.4' };
  const by = 'ann@bastion';
  const rest = { world: 'real', isAttended: false, workingDirectory: '/srv' } as const;
  return { type: 'rollout-planned', plan: made.plan, by, reached, nodes, ...rest };
}

type Done = {
  readonly mended: readonly Mended[];
  readonly registry: FakeRegistry;
  readonly rollout: Rollout;
};

async function mendWith(registry: FakeRegistry, wish: MendWish): Promise<Done> {
  const clock = virtualClock();
  let rollout: Rollout | undefined;
  const happened = (event: Event): void => {
    rollout = apply(rollout, event);
  };
  const at = '2026-11-21T20:00:00.000Z';
  for (const [seq, fact] of [begun(), ...leftOff].entries())
    happened({ v: 1, seq, at, rollout: '7f3a', ...fact });
  if (rollout === undefined) throw new Error('no event');
  const never = async () => ({ kind: 'never-began' }) as const;
  const good = async () => ({ kind: 'good', ms: 1 }) as const;
  const world = { clock, registry, commands: { run: never, recover: never }, probe: good, call: good };
  const journal = { append: happened };
  const mending = mend({ world, journal, rollout, directory: '/s', by: 'bob@bastion', ...wish });
  const mended = await whileRunning(mending, () => clock.advance(1000));
  return { mended, registry, rollout };
}

const gone = { isPuttingOn: false, gone: [target] };

test('what is gone for good is settled: no mark waits for who comes next, nothing is ours any more', async () => {
  const { mended, registry, rollout } = await mendWith(fakeRegistry(planned.slice(1)), gone);
  expect(mended).toEqual([{ target, kind: 'forgotten' }]);
  expect(registry.writes).toMatchObject([{ enabled: true, weight: 5, mode: 'absent' }]);
  expect(offByUs(rollout)).toEqual([]);
});

test('what is said to be gone and is listed stays as it is', async () => {
  const [first, ...others] = planned;
  if (first === undefined) throw new Error('nobody');
  const registry = fakeRegistry([{ ...first, enabled: false }, ...others]);
  const { mended, rollout } = await mendWith(registry, gone);
  expect(mended).toEqual([{ target, kind: 'still-there' }]);
  expect(registry.writes).toEqual([]);
  expect(offByUs(rollout)).toHaveLength(1);
});

test('what is away is forgotten only where a person said so', async () => {
  const { mended, registry } = await mendWith(fakeRegistry(planned.slice(1)), {
    isPuttingOn: true,
    gone: [],
  });
  expect(mended).toMatchObject([{ target, kind: 'half-deployed' }]);
  expect(registry.writes).toEqual([]);
});
