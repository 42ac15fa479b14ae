import { reachedAt } from '../../support/reached.ts';
import { apply } from '../../../src/core/apply/apply.ts';
import type { Event, Fact } from '../../../src/core/event/event.ts';
import { makePlan } from '../../../src/core/planning/make-plan.ts';
import type { Instance } from '../../../src/core/registry/service.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import type { Launcher, OpenRollout } from '../../../src/runner/ports/face-ports.ts';
import { instance } from './fake-registry.ts';

export const listed = [instance('orders', '10.0.0.1', 8080), instance('orders', '10.0.0.2', 8080)];

/** A rollout of two instances of `orders`, or of others. */
export function plannedFact(instances: readonly Instance[] = listed, group?: string): Fact {
  const made = makePlan(
    { version: 1, stages: [{ services: [{ service: 'orders', group, deploy: { run: 'x' } }] }] },
    { namespace: 'public', group: 'DEFAULT_GROUP', lists: () => instances },
  );
  if (!made.ok) throw new Error('the plan of this test is none');
  return {
    type: 'rollout-planned',
    plan: made.plan,
    by: 'ann@bastion',
    reached: reachedAt('http://a:8848'),
    world: 'real',
    isAttended: false,
    nodes: ['http://a:8848'],
    workingDirectory: '/srv',
  };
}

/** All rollouts of a machine on which every journal can be read. */
export function allOf(...rollouts: readonly OpenRollout[]): Launcher['all'] {
  return async () => ({ rollouts, unreadable: [] });
}

/** A rollout as its journal has it; nobody is at it. */
export function openOf(
  id: string,
  at: string,
  facts: readonly Fact[],
): { open: OpenRollout; events: Event[] } {
  let rollout: Rollout | undefined;
  const events = facts.map((fact, seq): Event => ({ v: 1, seq, at, rollout: id, ...fact }));
  for (const event of events) rollout = apply(rollout, event);
  if (rollout === undefined) throw new Error('no event');
  return { open: { id, directory: `/s/${id}`, rollout, isRunning: false }, events };
}
