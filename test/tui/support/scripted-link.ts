import type { Fact, FactOf } from '../../../src/core/event/event.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import type { Reached } from '../../../src/core/registry/connection-spec.ts';
import type {
  Order,
  OrderRefusal,
  RolloutLink,
  RunnerLine,
  Snapshot,
} from '../../../src/runner/ports/protocol.ts';
import { stamp } from '../../../src/core/text/stamp.ts';
import type { Clock } from '../../../src/world/clock.ts';

export type ScriptedLink = RolloutLink & {
  readonly orders: Order[];
  refuse: OrderRefusal | undefined;
  isClosed: boolean;
  say(fact: Fact): void;
  observe(services: Snapshot['services']): void;
  /** All events so far were sent. */
  caughtUp(): void;
  send(line: RunnerLine): void;
  /** The runner is gone. */
  die(): void;
};

/** A rollout that does what the test says, when it says it. */
export function scriptedLink(clock: Clock, id = '7f3a'): ScriptedLink {
  const lines: RunnerLine[] = [];
  const listeners = new Set<(line: RunnerLine) => void>();
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  let seq = 0;
  const send = (line: RunnerLine): void => {
    lines.push(line);
    for (const listener of listeners) listener(line);
  };
  const link: ScriptedLink = {
    id,
    directory: `/state/${id}`,
    closed,
    orders: [],
    refuse: undefined,
    isClosed: false,
    follow: (listener) => {
      for (const line of lines) listener(line);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    submit: (order) => {
      link.orders.push(order);
      return Promise.resolve(link.refuse);
    },
    close: () => {
      link.isClosed = true;
    },
    say: (fact) =>
      send({
        kind: 'event',
        event: { v: 1, seq: seq++, at: stamp(clock.wallClock()), rollout: id, ...fact },
      }),
    observe: (services) =>
      send({ kind: 'observed', snapshot: { observedAt: stamp(clock.wallClock()), services } }),
    caughtUp: () => send({ kind: 'caught-up' }),
    send,
    die: resolve,
  };
  return link;
}

export function planned(plan: Plan, reached: Reached, world: 'real' | 'rehearsal' = 'real'): Fact {
  return {
    type: 'rollout-planned',
    plan,
    by: 'deployer@bastion-1',
    reached,
    world,
    isAttended: true,
    nodes: reached.servers,
    workingDirectory: '/work',
  };
}

export const runnerStarted: FactOf<'runner-started'> = {
  type: 'runner-started',
  pid: 4711,
  host: 'bastion-1',
  isAttended: true,
  lease: 'held',
};
