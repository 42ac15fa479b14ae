import { reachedAt } from './reached.ts';
import type { Event, Fact } from '../../src/core/event/event.ts';
import { makePlan } from '../../src/core/planning/make-plan.ts';
import { instance } from '../cli/support/fake-registry.ts';

/** The one that is off. */
export const target = '10.0.0.1:8080';
/** What the plan saw. */
export const planned = [instance('orders', '10.0.0.1', 8080), instance('orders', '10.0.0.2', 8080)];
const common = { target, registration: 0, enabled: false, purpose: 'disable' } as const;
const request = { method: 'PATCH', url: 'http://127.0.0.1:8848/x', hasToken: false };

/** The first target is off, its deploy failed, and it was left off. */
const leftOff: readonly Fact[] = [
  { type: 'runner-started', pid: 99_999_999, host: 'bastion', isAttended: false, lease: 'held' },
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
  const reached = reachedAt(...nodes);
  const by = 'ann@bastion';
  const rest = { world: 'real', isAttended: false, workingDirectory: '/srv' } as const;
  return { type: 'rollout-planned', plan: made.plan, by, reached, nodes, ...rest };
}

/** The whole journal of it. */
export function leftOffEvents(id: string): readonly Event[] {
  const at = '2026-11-21T20:00:00.000Z';
  return [begun(), ...leftOff].map((fact, seq): Event => ({ v: 1, seq, at, rollout: id, ...fact }));
}
