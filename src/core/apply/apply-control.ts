import { aborted } from './abort.ts';
import { drainAgain, nextAttempt, staled, toDrain } from './transitions.ts';
import type { FactOf } from '../event/event.ts';
import { gateAborted, gateTakenOver } from './apply-gate.ts';
import type { FactHandlers } from './fact-handlers.ts';
import { type Paused, type Rollout, endsByItself, nodesOf } from '../rollout/rollout.ts';
import { type RegistrationState, type TargetState, isActive } from '../rollout/target-state.ts';

/** Facts about the rollout as a whole. */
export const controlHandlers = {
  'runner-started': afterStart,
  'runner-rested': (rollout, rested) => ({ ...rollout, rested }),
  'rollout-ended': (rollout, ended) => ({ ...rollout, ended }),
  paused: afterPause,
  continued: afterContinue,
  'abort-asked': (rollout, { how }) => ({
    ...rollout,
    abort: how,
    targets: rollout.targets.map((target) => aborted(target, how)),
    gates: rollout.gates.map(gateAborted),
  }),
  'stop-asked': (rollout) => ({ ...rollout, isStopping: true }),
  'deadline-passed': (rollout) => ({ ...rollout, isPastDeadline: true }),
  'deadline-set': (rollout, { deadline }) => ({
    ...rollout,
    deadlineAt: deadline,
    isPastDeadline: false,
  }),
  'face-lost': (rollout) => ({ ...rollout, isUnattended: true }),
  'face-joined': (rollout) => ({ ...rollout, isUnattended: false }),
  'consumers-noted': (rollout, { services: consumers }) => ({ ...rollout, consumers }),
  'services-noted': (rollout, { services }) => ({ ...rollout, services }),
  'node-lost': (rollout, { node }) => ({
    ...rollout,
    lostNodes: [...without(rollout.lostNodes, node), node],
  }),
  'node-returned': afterReturn,
  'node-dropped': (rollout, { node }) => ({
    ...rollout,
    lostNodes: without(rollout.lostNodes, node),
    droppedNodes: [...rollout.droppedNodes, node],
  }),
} satisfies FactHandlers<Rollout>;

/** What ends by itself stays on top: what is asked meanwhile holds when that is over. */
function afterPause(rollout: Rollout, { by, why }: FactOf<'paused'>): Rollout {
  const { paused } = rollout;
  if (paused !== undefined && endsByItself(paused) && !endsByItself({ by, why }))
    return { ...rollout, paused: { ...paused, before: { by, why } } };
  return { ...rollout, paused: { by, why, ...pausedBefore(paused) } };
}

/** Which nodes are lost is known besides. */
function pausedBefore(paused: Paused | undefined): Pick<Paused, 'before'> {
  if (paused === undefined) return {};
  if (paused.before !== undefined) return { before: paused.before };
  return paused.why === 'lease-lost' ? {} : { before: { by: paused.by, why: paused.why } };
}

function afterContinue(rollout: Rollout): Rollout {
  const { paused, ...rest } = rollout;
  // Somebody goes on although it has passed: it holds no longer.
  if (paused === undefined) return withoutDeadline(rest);
  const { before } = paused;
  const next = { ...rest, ...(before && { paused: before }) };
  // Without the lease nothing was kept out.
  return paused.why === 'lease-lost' ? { ...next, targets: rest.targets.map(drainAgain) } : next;
}

function withoutDeadline({ deadlineAt: _over, ...rollout }: Rollout): Rollout {
  return { ...rollout, isPastDeadline: false };
}

/** While nobody asked it, or none answered, it may have been on and been taken off again. */
function afterReturn(rollout: Rollout, { node }: FactOf<'node-returned'>): Rollout {
  const { lostNodes, droppedNodes, targets } = rollout;
  const wasBlind = droppedNodes.includes(node) || nodesOf(rollout).every((each) => lostNodes.includes(each));
  return {
    ...rollout,
    lostNodes: without(lostNodes, node),
    droppedNodes: without(droppedNodes, node),
    ...(wasBlind && { targets: targets.map(drainAgain) }),
  };
}

function without(nodes: readonly string[], node: string): readonly string[] {
  return nodes.filter((other) => other !== node);
}

/** A new runner takes over: what was under way begins anew as the next attempt, but for a command, which may still run. */
function afterStart(rollout: Rollout, fact: FactOf<'runner-started'>): Rollout {
  const { rested: _over, paused, ...rest } = rollout.isPastDeadline ? withoutDeadline(rollout) : rollout;
  const isAwaited = fact.lease === 'awaited';
  return {
    ...rest,
    // Whoever takes over goes on, once it may write.
    ...(isAwaited ? { paused: { by: 'nobody', why: 'lease-lost' } as const } : paused && { paused }),
    isStopping: false,
    // Who answers now is for this runner to see.
    lostNodes: [],
    droppedNodes: [],
    isUnattended: false,
    isAttended: fact.isAttended,
    runner: { pid: fact.pid, host: fact.host, startTicks: fact.startTicks },
    targets: rollout.targets.map((target) => takenOver(unseen(unsettled(target)))),
    gates: rollout.gates.map(gateTakenOver),
  };
}

function unseen(target: TargetState): TargetState {
  const registrations = target.registrations.map((state) =>
    // What has joined and was not off yet has just begun, and what came back on was about to be taken off.
    state.mark === 'off' && state.readBackAt !== undefined ? { ...state, isUnseen: !state.isExposed } : state,
  );
  return { ...target, registrations };
}

/** Nobody kept it out meanwhile: what was not deployed yet drains again. */
function takenOver(target: TargetState): TargetState {
  if (!isActive(target)) return target;
  const unwatched = { ...target, needsDrain: true };
  if (target.phase === 'stuck' || target.deploy?.isRunning === true) return unwatched;
  if (target.hook?.isRunning === true) return staled(unwatched);
  if (target.step === 'drain' || target.step === 'deploy') return toDrain(unwatched);
  return target.phase === 'running' ? { ...nextAttempt(unwatched, target.step), phase: 'ready' } : unwatched;
}

/** A write without an outcome may have been sent, and may still be applied. */
function unsettled(target: TargetState): TargetState {
  const settle = (state: RegistrationState): RegistrationState =>
    state.isWriting ? { ...state, isWriting: false, isUnsettled: true, isCutOff: true } : state;
  const former = target.former.map((one) =>
    one.isWriting ? { ...one, isWriting: false, isUnsettled: true } : one,
  );
  return { ...target, former, registrations: target.registrations.map(settle) };
}
