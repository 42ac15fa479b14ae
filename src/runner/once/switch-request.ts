import type { Fact, WriteFact } from '../../core/event/event.ts';
import type { Failure } from '../../core/event/failure.ts';
import type { Plan, Registration, Target } from '../../core/plan/plan.ts';
import type { Clock } from '../../world/clock.ts';
import type { Registry } from '../../world/registry.ts';
import type { AskApplication } from './ask-once.ts';

export type SwitchRequest = {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly plan: Plan;
  /** An instance and its companions: they begin to go off in this order, some at a time, and to come back in reverse. */
  readonly target: Target;
  readonly enabled: boolean;
  readonly signal?: AbortSignal;
  /** What is taken off is written down, and each write before it is sent. Nothing is where nothing is to be taken off. */
  readonly notes?: Notes | undefined;
  /** Hears of each write and of its outcome, on or off: whose journal it settles is known afterwards. */
  readonly onWrite?: (fact: WriteFact) => void;
  /** Asks the application to leave as its target says: after `enabled=false`, or instead of it. */
  readonly ask?: AskApplication | undefined;
};

type Notes = { readonly by: string; record(fact: Fact): void };

export type SwitchOutcome =
  | { readonly ok: true; readonly ms: number; readonly wasAlready: boolean }
  /** `mayBeOff`: registrations that may be off because of us. `hasWritten`: anything was sent at all. */
  | {
      readonly ok: false;
      readonly failure: Failure;
      readonly hasWritten: boolean;
      readonly mayBeOff: readonly string[];
    };

export type Failed = Extract<SwitchOutcome, { ok: false }>;

/** A registration of the target, in one of the spellings in which it is listed. */
export type Spelled = { readonly registration: Registration; readonly index: number };
/** From then on, by the monotonic clock, nothing that was sent to it is applied any more. */
export type Touched = Spelled & { readonly settledAtMs: number };

export function record({ notes, enabled }: SwitchRequest, fact: Fact): void {
  if (!enabled) notes?.record(fact);
}
