import type { Event, Fact } from '../../../src/core/event/event.ts';
import type { Launcher, StartRequest } from '../../../src/runner/ports/face-ports.ts';
import type { Order, RolloutLink, RunnerLine } from '../../../src/runner/ports/protocol.ts';
import { noLauncher } from './stage.ts';

export type ScriptedLauncher = Launcher & {
  readonly requests: StartRequest[];
  readonly orders: Order[];
  /** The runner records something. */
  tell(...facts: Fact[]): void;
  /** It says any line. */
  say(line: RunnerLine): void;
  /** The runner's process ends. */
  end(): void;
  /** Resolves when a face follows. */
  readonly followed: Promise<void>;
  readonly followedTwice: Promise<void>;
};

/** A runner that records what the test tells it to. */
export function scriptedLauncher(): ScriptedLauncher {
  const requests: StartRequest[] = [];
  const orders: Order[] = [];
  const lines: RunnerLine[] = [];
  const listeners = new Set<(line: RunnerLine) => void>();
  const closed = Promise.withResolvers<void>();
  const followed = Promise.withResolvers<void>();
  const followedTwice = Promise.withResolvers<void>();
  let seq = -1;
  const say = (line: RunnerLine): void => {
    lines.push(line);
    for (const listener of listeners) listener(line);
  };
  const tell = (...facts: Fact[]): void => {
    for (const fact of facts) {
      seq += 1;
      const event = { v: 1, seq, at: '2026-11-21T20:00:00.000Z', rollout: '7f3a', ...fact } as Event;
      say({ kind: 'event', event });
    }
  };
  const link: RolloutLink = {
    id: '7f3a',
    directory: '/state/7f3a',
    follow: (listener) => {
      listeners.add(listener);
      for (const line of lines) listener(line);
      listener({ kind: 'caught-up' });
      (listeners.size === 1 ? followed : followedTwice).resolve();
      return () => listeners.delete(listener);
    },
    submit: async (order) => {
      orders.push(order);
      return undefined;
    },
    closed: closed.promise,
    close: () => closed.resolve(),
  };
  return {
    ...noLauncher(),
    requests,
    orders,
    tell,
    say,
    end: () => closed.resolve(),
    followed: followed.promise,
    followedTwice: followedTwice.promise,
    start: async (request) => {
      requests.push(request);
      const { plan, connected, world, isAttended, nodes } = request;
      tell(
        {
          type: 'rollout-planned',
          plan,
          by: 'ann@bastion',
          reached: connected.reached,
          world,
          isAttended,
          nodes: [...nodes],
          workingDirectory: '/srv',
        },
        { type: 'runner-started', pid: 1, host: 'bastion', isAttended, lease: 'held' },
      );
      return { ok: true, link };
    },
    attach: async () => ({ ok: true, link }),
  };
}
