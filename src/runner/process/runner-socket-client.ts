import { connect } from 'node:net';
import { overLines } from './line-socket.ts';
import type { Event } from '../../core/event/event.ts';
import {
  type FaceLine,
  type Order,
  type OrderRefusal,
  type RolloutLink,
  type RunnerLine,
  runnerLineSchema,
} from '../ports/protocol.ts';

export type LinkOptions = {
  readonly id: string;
  readonly directory: string;
  readonly path: string;
  readonly by: string;
  readonly mayDecide: boolean;
  readonly isBrief?: boolean | undefined;
  /** What its journal tells where the runner came to its end; undefined where it did not. Read when the runner is gone. */
  readonly readEnd?: () => readonly Event[] | undefined;
};

/** Connects to a runner; undefined when none listens, and where `readEnd` tells no end either. */
export async function connectToRunner(options: LinkOptions): Promise<RolloutLink | undefined> {
  const socket = connect(options.path);
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  if (!isOpen) {
    const events = options.readEnd?.();
    return events && linkToEnd(options, events);
  }
  const closed = Promise.withResolvers<void>();
  const waiting = new Map<number, (refused: OrderRefusal | undefined) => void>();
  const heard: RunnerLine[] = [];
  const listeners = new Set<(line: RunnerLine) => void>();
  let refCount = 0;
  const hear = (line: RunnerLine): void => {
    if (line.kind === 'answer') {
      waiting.get(line.ref)?.(line.refused);
      waiting.delete(line.ref);
      return;
    }
    if (line.kind !== 'observed' && line.kind !== 'calls') heard.push(line);
    for (const listener of listeners) listener(line);
  };
  const lines = overLines(socket, runnerLineSchema, {
    line: hear,
    unreadable: (detail) =>
      hear({ kind: 'broken', problem: { kind: 'unreadable-runner', id: options.id, detail } }),
    closed: () => {
      for (const answer of waiting.values()) answer('ended');
      waiting.clear();
      // One that ends within milliseconds may be gone before it heard of us.
      const isUntold = !heard.some(({ kind }) => kind === 'caught-up' || kind === 'broken');
      const end = isUntold ? options.readEnd?.() : undefined;
      if (end !== undefined) {
        const told = heard.filter(({ kind }) => kind === 'event').length;
        for (const line of linesOf(end.slice(told))) hear(line);
      }
      closed.resolve();
    },
  });
  const say = (line: FaceLine): void => lines.send(line);
  const { by, mayDecide, isBrief } = options;
  say({ kind: 'hello', by, mayDecide, ...(isBrief === true && { isBrief }) });
  return {
    id: options.id,
    directory: options.directory,
    closed: closed.promise,
    close: () => socket.destroy(),
    follow: (listener) => {
      for (const line of heard) listener(line);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    submit: (order: Order) =>
      new Promise((resolve) => {
        if (socket.destroyed) return resolve('ended');
        refCount += 1;
        waiting.set(refCount, resolve);
        say({ kind: 'order', ref: refCount, order });
      }),
  };
}

function linesOf(events: readonly Event[]): readonly RunnerLine[] {
  return [...events.map((event): RunnerLine => ({ kind: 'event', event })), { kind: 'caught-up' }];
}

/** To a runner that was gone before we came, and had come to its end: nothing more will be told. */
function linkToEnd({ id, directory }: LinkOptions, events: readonly Event[]): RolloutLink {
  return {
    id,
    directory,
    closed: Promise.resolve(),
    close: () => undefined,
    follow: (listener) => {
      for (const line of linesOf(events)) listener(line);
      return () => undefined;
    },
    submit: async () => 'ended',
  };
}
