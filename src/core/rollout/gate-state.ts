import type { Gate } from '../gate/gate.ts';
import type { Plan } from '../plan/plan.ts';
import type { Failure } from '../event/failure.ts';

/**
 * `waiting`: not reached. `asking`: a person has to say that it goes on. `ready`: to be tried once more. `stuck`: it failed,
 * and somebody has to decide. `called-off`: the rollout was aborted before.
 */
export type GatePhase = 'waiting' | 'running' | 'asking' | 'ready' | 'stuck' | 'passed' | 'called-off';

export type GateState = {
  readonly gate: Gate;
  readonly phase: GatePhase;
  /** The number of the current attempt, or of the next one; from 1. */
  readonly attempt: number;
  readonly reachedAt?: string;
  /** Its command, with the directory below the journal's that holds output and outcome. */
  readonly command?: { readonly directory: string; readonly isRunning: boolean };
  /** How many of its last attempts in a row nobody asked for. */
  readonly retried: number;
  /** It is tried again by itself after so long. */
  readonly againInMs?: number | undefined;
  /** Why its last attempt failed, and at which target where one did not stay good. */
  readonly failure?: { readonly why: Failure; readonly target?: string | undefined };
  /** Who said that it goes on; undefined where it was good. */
  readonly passedBy?: string | undefined;
};

/** What of a rollout says where its gates stand. */
export type Gated = { readonly gates: readonly GateState[] };

export function waitingGates({ gates = [] }: Pick<Plan, 'gates'>): readonly GateState[] {
  return gates.map((gate) => ({ gate, phase: 'waiting', attempt: 1, retried: 0 }));
}

export function isClosed({ phase }: GateState): boolean {
  return phase !== 'passed' && phase !== 'called-off';
}

/** The first gate that has to be passed before a target of this batch may begin. */
export function gateBefore({ gates }: Gated, batch: number): GateState | undefined {
  return gates.find((state) => isClosed(state) && state.gate.batch <= batch);
}

/** The gate that was reached and is not passed. */
export function reachedGate({ gates }: Gated): GateState | undefined {
  return gates.find((state) => isClosed(state) && state.phase !== 'waiting');
}

export function gateNamed({ gates }: Gated, name: string): GateState {
  const found = gates.find(({ gate }) => gate.name === name);
  if (found === undefined) throw new Error(`the plan has no gate ${name}`);
  return found;
}

/** A command that began must come to its end: nobody takes half of it back. */
export function hasRunningCommand({ command }: GateState): boolean {
  return command?.isRunning === true;
}

/** Whether a person may say that it goes on: where nothing runs, or only time. */
export function mayBePassed(state: GateState): boolean {
  return isClosed(state) && state.phase !== 'waiting' && !hasRunningCommand(state);
}
