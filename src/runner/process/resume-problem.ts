import { isLeftBeside } from '../../core/report/left-beside.ts';
import { mayBePassed, reachedGate } from '../../core/rollout/gate-state.ts';
import type { Rollout } from '../../core/rollout/rollout.ts';
import { admitDecision } from '../engine/admit-order.ts';
import type { Decided, LaunchProblem, ResumeOptions, RolloutRead } from '../ports/face-ports.ts';
import { type StateDirectory, foreignHands } from '../store/state-directory.ts';

/** Why nobody can carry it on. One that has ended is carried on where something is left to be done beside it. */
export function resumeProblem(
  { state, who }: { readonly state: StateDirectory; readonly who: string },
  { open: { id, rollout, isRunning, directory }, events }: RolloutRead & { readonly ok: true },
  options: ResumeOptions,
): LaunchProblem | undefined {
  const hasEnded = rollout.ended !== undefined;
  if (hasEnded && !isLeftBeside(events)) return { kind: 'already-ended', id };
  if (isRunning) return { kind: 'still-running', id };
  const foreign = foreignHands(state, directory);
  if (foreign !== undefined || hasEnded) return foreign;
  const gate = reachedGate(rollout);
  if (options.isPassingGate === true && (gate === undefined || !mayBePassed(gate)))
    return { kind: 'not-at-gate', id };
  const problem = decisionProblem(rollout, options.decisions ?? [], who);
  if (problem !== undefined) return problem;
  const { username, passwordFrom } = rollout.planned.reached;
  if (username !== undefined && passwordFrom === undefined && options.typedPassword === undefined)
    return { kind: 'password-needed', user: username };
  return undefined;
}

/** Whoever carries it on would not take this decision: nothing is begun then. */
function decisionProblem(
  rollout: Rollout,
  decisions: readonly Decided[],
  by: string,
): LaunchProblem | undefined {
  for (const { target, decision } of decisions) {
    const admitted = admitDecision(rollout, { type: 'decide', target, decision }, by);
    if (!('refused' in admitted)) continue;
    const stuck = rollout.targets.filter(({ phase }) => phase === 'stuck').map(({ name }) => name);
    const isThrough = rollout.targets.some(({ name, phase }) => name === target && phase === 'ended');
    return { kind: 'decision-refused', target, decision, stuck, ...(isThrough && { isThrough }) };
  }
  return undefined;
}
