import type { FactOf } from '../../core/event/event.ts';
import { reachedGate } from '../../core/rollout/gate-state.ts';
import type { HandOver } from '../ports/hand-over.ts';
import type { Runner } from './runner.ts';

type Start = Pick<HandOver & { kind: 'start' }, 'kind'>;
type Resume = Pick<
  HandOver & { kind: 'resume' },
  'kind' | 'by' | 'isAttended' | 'isPuttingBack' | 'decisions' | 'isPassingGate' | 'deadline'
>;

/** The first thing a runner does: it says that it is there, and one that resumes carries on what stood still. */
export function beginRollout(
  runner: Runner,
  started: FactOf<'runner-started'>,
  handOver: Start | Resume,
): void {
  runner.record(started);
  if (handOver.kind !== 'resume') return;
  const { by, deadline } = handOver;
  if (deadline !== undefined) runner.record({ type: 'deadline-set', deadline, by });
  // The lease is this runner's own: that an earlier one lost its is over too.
  const { paused } = runner.rollout();
  const isAwaited = started.lease === 'awaited';
  if (!isAwaited && paused !== undefined) runner.record({ type: 'continued', by });
  if (!isAwaited && paused?.before !== undefined) runner.record({ type: 'continued', by });
  for (const one of handOver.decisions ?? []) runner.submit({ type: 'decide', ...one }, by);
  if (handOver.isPuttingBack) {
    if (runner.rollout().abort === undefined) runner.submit({ type: 'abort', how: 'put-back' }, by);
    return;
  }
  const gate = reachedGate(runner.rollout());
  if (handOver.isPassingGate === true && gate !== undefined)
    runner.submit({ type: 'pass-gate', gate: gate.gate.name }, by);
  if (!handOver.isAttended) tryAgain(runner, by);
}

/** Without a person, carrying on means: once more. What only a person can know is left for one. */
function tryAgain(runner: Runner, by: string): void {
  for (const { name, phase, failure } of runner.rollout().targets)
    if (phase === 'stuck' && !['wanted-on', 'deploy-unknown'].includes(failure?.why.kind ?? ''))
      runner.submit({ type: 'decide', target: name, decision: 'retry' }, by);
  const gate = reachedGate(runner.rollout());
  const why = gate?.failure?.why;
  const isUnknown = why?.kind === 'command' && why.result.kind === 'lost';
  if (gate?.phase === 'stuck' && !isUnknown) runner.submit({ type: 'retry-gate', gate: gate.gate.name }, by);
}
