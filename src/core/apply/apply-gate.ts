import type { FactOf } from '../event/event.ts';
import { type GateState, gateNamed, hasRunningCommand, isClosed } from '../rollout/gate-state.ts';
import type { Rollout } from '../rollout/rollout.ts';
import type { FactHandlers } from './fact-handlers.ts';

/** Facts about what stands between batches. */
export const gateHandlers = {
  'gate-reached': (rollout, fact, { at }) =>
    onGate(rollout, fact.gate, (gate) => gateReached(gate, fact, at)),
  'gate-passed': (rollout, fact) => onGate(rollout, fact.gate, (gate) => gatePassed(gate, fact)),
  'gate-failed': (rollout, fact, { abort }) =>
    onGate(rollout, fact.gate, (gate) => gateFailed(gate, fact, abort !== undefined)),
  'gate-retried': (rollout, fact) => onGate(rollout, fact.gate, gateRetried),
} satisfies FactHandlers<Rollout>;

function onGate(rollout: Rollout, name: string, change: (gate: GateState) => GateState): Rollout {
  const before = gateNamed(rollout, name);
  return { ...rollout, gates: rollout.gates.map((gate) => (gate === before ? change(gate) : gate)) };
}

function gateReached(
  state: GateState,
  { attempt, directory }: FactOf<'gate-reached'>,
  at: string,
): GateState {
  const { failure: _gone, againInMs: _over, command: _before, ...rest } = state;
  return {
    ...rest,
    phase: state.gate.kind === 'person' ? 'asking' : 'running',
    attempt,
    reachedAt: at,
    ...(directory !== undefined && { command: { directory, isRunning: true } }),
  };
}

function gatePassed(state: GateState, { by }: FactOf<'gate-passed'>): GateState {
  return { ...ended(state), phase: 'passed', passedBy: by };
}

function gateFailed(
  state: GateState,
  { why, instance: target, againInMs }: FactOf<'gate-failed'>,
  isAborted: boolean,
): GateState {
  const failed = { ...ended(state), failure: { why, target } };
  if (isAborted) return { ...failed, phase: 'called-off' };
  if (againInMs === undefined) return { ...failed, phase: 'stuck' };
  const { attempt, retried } = state;
  return { ...failed, phase: 'ready', attempt: attempt + 1, retried: retried + 1, againInMs };
}

function gateRetried(state: GateState): GateState {
  const { againInMs: _over, ...rest } = state;
  return { ...rest, phase: 'ready', attempt: state.attempt + 1, retried: 0 };
}

/** A command that runs comes to its end first. */
export function gateAborted(state: GateState): GateState {
  return isClosed(state) && !hasRunningCommand(state) ? { ...state, phase: 'called-off' } : state;
}

/** What was waited or watched under another runner begins anew; a command may still run. */
export function gateTakenOver(state: GateState): GateState {
  if (state.phase !== 'running' || hasRunningCommand(state)) return state;
  return { ...state, phase: 'ready', attempt: state.attempt + 1 };
}

function ended(state: GateState): GateState {
  const { command } = state;
  return { ...state, ...(command && { command: { ...command, isRunning: false } }) };
}
