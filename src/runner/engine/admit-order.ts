import { isHookStep } from '../../core/hooks/hook-step.ts';
import { isKnown } from '../../core/rollout/known.ts';
import type { Fact } from '../../core/event/event.ts';
import { isClosed, mayBePassed } from '../../core/rollout/gate-state.ts';
import { isWatchedOn } from '../../core/event/failure.ts';
import {
  type Rollout,
  isOver,
  mayPause,
  mayRollBack,
  nodesOf,
  targetState,
} from '../../core/rollout/rollout.ts';
import type { Order, OrderRefusal } from '../ports/protocol.ts';

type Admitted = { readonly facts: readonly Fact[] } | { readonly refused: OrderRefusal };

/** What an order comes to, or why it is not taken now. Two faces may ask for the same thing: the second is told so. */
export function admitOrder(rollout: Rollout, order: Order, by: string): Admitted {
  if (isOver(rollout)) return { refused: 'ended' };
  switch (order.type) {
    case 'pause':
      return mayPause(rollout)
        ? { facts: [{ type: 'paused', by, why: 'asked' }] }
        : { refused: 'already-paused' };
    case 'continue':
      // Only the lease itself can say that we may write again.
      if (rollout.paused?.why === 'lease-lost') return { refused: 'not-possible-here' };
      return rollout.paused || rollout.isPastDeadline
        ? admitContinue(rollout, by)
        : { refused: 'not-paused' };
    case 'skip-drain':
      return isDraining(rollout, order.target)
        ? { facts: [{ type: 'drain-skipped', target: order.target, by }] }
        : { refused: 'not-draining' };
    case 'extend-drain':
      return isDraining(rollout, order.target)
        ? { facts: [{ type: 'drain-extended', target: order.target, byMs: order.byMs, by }] }
        : { refused: 'not-draining' };
    case 'decide':
      return admitDecision(rollout, order, by);
    case 'pass-gate':
    case 'retry-gate':
      return admitAtGate(rollout, order, by);
    case 'abort':
      return rollout.abort === undefined
        ? { facts: [{ type: 'abort-asked', how: order.how, by }] }
        : { refused: 'already-decided' };
    case 'stop':
      return rollout.isStopping ? { refused: 'already-decided' } : { facts: [{ type: 'stop-asked', by }] };
    case 'detach':
      return { facts: [] };
  }
}

/** Who goes on while a node is lost goes on without it; without any node nobody goes on. */
function admitContinue(rollout: Rollout, by: string): Admitted {
  const { lostNodes } = rollout;
  if (lostNodes.length > 0 && lostNodes.length === nodesOf(rollout).length)
    return { refused: 'not-possible-here' };
  const dropped = lostNodes.map((node) => ({ type: 'node-dropped', node, by }) as const);
  // Also what was asked while that held it.
  const continued = { type: 'continued', by } as const;
  return { facts: [...dropped, continued, ...(rollout.paused?.before === undefined ? [] : [continued])] };
}

function isDraining(rollout: Rollout, name: string): boolean {
  const target = rollout.targets.find((each) => each.name === name);
  return target?.step === 'drain' && target.phase === 'running';
}

/** What stands open already was decided by another face, or by itself. */
function admitAtGate(
  { gates }: Rollout,
  order: Order & { type: 'pass-gate' | 'retry-gate' },
  by: string,
): Admitted {
  const state = gates.find(({ gate }) => gate.name === order.gate);
  if (state === undefined) return { refused: 'not-possible-here' };
  if (!isClosed(state)) return { refused: 'already-decided' };
  const { gate, attempt, phase } = state;
  const told = { gate: gate.name, place: gate.place, by };
  if (order.type === 'retry-gate')
    return phase === 'stuck' ? { facts: [{ type: 'gate-retried', ...told }] } : { refused: 'not-stuck' };
  return mayBePassed(state)
    ? { facts: [{ type: 'gate-passed', ...told, attempt }] }
    : { refused: 'not-possible-here' };
}

export function admitDecision(rollout: Rollout, order: Order & { type: 'decide' }, by: string): Admitted {
  const known = rollout.targets.some((each) => each.name === order.target);
  if (!known) return { refused: 'not-possible-here' };
  const target = targetState(rollout, order.target);
  if (target.phase !== 'stuck')
    return {
      refused: target.decided !== undefined || target.phase === 'ended' ? 'already-decided' : 'not-stuck',
    };
  // Meanwhile somebody decided, and it failed once more: that is another question.
  if (order.attempt !== undefined && order.attempt !== target.steps[target.step].attempt)
    return { refused: 'already-decided' };
  const why = target.failure?.why;
  const mayBeDone =
    why?.kind === 'deploy-unknown' ||
    why?.kind === 'still-called' ||
    isWatchedOn(target.step) ||
    isHookStep(target.step);
  if (order.decision === 'take-as-done' && !mayBeDone) return { refused: 'not-possible-here' };
  if (order.decision === 'roll-back' && !mayRollBack(rollout, target))
    return { refused: 'not-possible-here' };
  const decided = { type: 'decided', target: order.target, decision: order.decision, by } as const;
  if (order.decision !== 'take-new') return { facts: [decided] };
  const found = why?.kind === 'somebody-else' ? why.found : undefined;
  // Meanwhile it may have been taken for another target.
  if (found === undefined || found.some((one) => isKnown(rollout, one)))
    return { refused: 'not-possible-here' };
  return { facts: [{ type: 'identified', target: target.name, registrations: [...found], by }, decided] };
}
