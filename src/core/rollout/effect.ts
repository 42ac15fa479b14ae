import type { FactOf } from '../event/event.ts';
import { type GateEffect } from './wanted-at-gate.ts';
import { type StepName } from '../event/failure.ts';

export type RestReason = FactOf<'runner-rested'>['why'];

/** What should be in flight. Data, never a closure: two effects with the same key are the same effect. */
export type Effect = { readonly key: string } & (
  | { readonly kind: StepName; readonly target: string; readonly attempt: number }
  /** Watch what is off because of us, and take it off again when it shows up enabled. */
  | { readonly kind: 'keep-out'; readonly target: string }
  /** Read whether it is still called, from well before it goes off until its deploy has stopped it. */
  | { readonly kind: 'watch-calls'; readonly target: string }
  /** Take back the mark at an address that a target no longer has. */
  | { readonly kind: 'clear-mark'; readonly target: string }
  /** Give up when nobody decides in time. */
  | { readonly kind: 'await-decision'; readonly withinMs: number }
  /** Nobody can be asked and the plan says to go on: decide for them. */
  | { readonly kind: 'leave-off'; readonly target: string }
  | { readonly kind: 'retry-unknown'; readonly target: string }
  | GateEffect
  /** Off ahead of its turn, and its turn is not near: it goes back on, and waits. */
  | { readonly kind: 'call-back'; readonly target: string; readonly why: 'stuck' | 'unattended' }
  /** A server node was lost, or all were: look until those that count answer again. */
  | { readonly kind: 'await-registry' }
  /** A server node that counts no more may answer again. */
  | { readonly kind: 'await-dropped' }
  /** Until its time has come. */
  | { readonly kind: 'await-deadline'; readonly at: string }
  | {
      readonly kind: 'rest';
      readonly why: RestReason;
      readonly exitCode: number;
    }
  | {
      readonly kind: 'end';
      readonly outcome: 'done' | 'done-with-some-failed' | 'done-with-some-off' | 'aborted';
      readonly exitCode: number;
    }
);
