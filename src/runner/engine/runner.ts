import type { Event, Fact } from '../../core/event/event.ts';
import type { Rollout } from '../../core/rollout/rollout.ts';
import { admitOrder } from './admit-order.ts';
import { Loop, type LoopOptions } from './loop.ts';
import type { LiveCalls, Order, OrderRefusal } from '../ports/protocol.ts';

/** One rollout being carried out. Faces watch it and give it orders; it never waits for them. */
export type Runner = {
  rollout(): Rollout;
  /** What sources of evidence tell now, for who looks on. */
  calls(): readonly LiveCalls[];
  /** Records a fact that no step records: that a runner started, a face came or went. */
  record(fact: Fact): void;
  /** `undefined` when the order was taken. */
  submit(order: Order, by: string): OrderRefusal | undefined;
  follow(listener: (event: Event) => void): () => void;
  /** The journal could not be written. */
  isBroken(): boolean;
  /** The exit code, once there is nothing more to do. Rejects when an assumption of ours was broken. */
  readonly finished: Promise<number>;
};

/** Nothing begins before `runner-started` is recorded. */
export function createRunner(options: LoopOptions): Runner {
  const loop = new Loop(options);
  return {
    rollout: () => loop.rollout,
    calls: () => loop.calls,
    record: (fact) => recordOrBreak(loop, fact),
    submit: (order, by) => {
      const admitted = admitOrder(loop.rollout, order, by);
      if ('refused' in admitted) return admitted.refused;
      for (const fact of admitted.facts) recordOrBreak(loop, fact);
      return undefined;
    },
    follow: (listener) => loop.follow(listener),
    isBroken: () => loop.isBroken,
    finished: loop.finished,
  };
}

/** A journal that cannot be written ends the loop; whoever wanted to add to it has nothing to do with that. */
function recordOrBreak(loop: Loop, fact: Fact): void {
  try {
    loop.record(fact);
  } catch (error) {
    if (!loop.isBroken) throw error;
  }
}
