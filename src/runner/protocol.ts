import { z } from 'zod';
import { decisionSchema, type Event } from '../core/event.ts';
import type { Unreadable } from '../core/listed.ts';
import type { LaunchProblem } from './launch-problem.ts';
import type { Endpoint, Instance, ServiceId } from '../core/service.ts';

/** What a face may ask of the runner. Imperative; what comes of it is an event. */
export const orderSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('pause') }),
  z.object({ type: z.literal('continue') }),
  z.object({ type: z.literal('skip-drain'), target: z.string() }),
  z.object({ type: z.literal('extend-drain'), target: z.string(), byMs: z.number().int().positive() }),
  z.object({
    type: z.literal('decide'),
    target: z.string(),
    decision: decisionSchema,
    /** Which failure it is about: the attempt of the step that is stuck. Absent: whichever is there now. */
    attempt: z.number().int().optional(),
  }),
  z.object({ type: z.literal('abort'), how: z.enum(['put-back', 'leave']) }),
  /** End now: kill the command that runs, leave the journal saying what is off. */
  z.object({ type: z.literal('stop') }),
  /** The face goes and the rollout shall go on without it. */
  z.object({ type: z.literal('detach') }),
]);
export type Order = z.infer<typeof orderSchema>;

/** One line from a face. `by` is `user@host`. */
export const faceLineSchema = z.discriminatedUnion('kind', [
  /** First line. A face that only watches is not missed when it goes. */
  z.object({ kind: z.literal('hello'), by: z.string(), mayDecide: z.boolean() }),
  z.object({ kind: z.literal('order'), ref: z.number().int(), order: orderSchema }),
]);
export type FaceLine = z.infer<typeof faceLineSchema>;

/** Why an order was not taken. */
export type OrderRefusal =
  | 'already-paused'
  | 'not-paused'
  | 'not-draining'
  | 'not-stuck'
  | 'already-decided'
  | 'not-possible-here'
  | 'ended'
  | 'only-watching';

/** What the server nodes say of the touched services now. */
export type Snapshot = {
  /** ISO 8601, by the runner's wall clock. */
  readonly observedAt: string;
  readonly services: readonly ObservedService[];
};

export type ObservedService = {
  readonly service: ServiceId;
  /** One entry a server node: what it lists, or why it does not answer. */
  readonly nodes: readonly ObservedNode[];
};

export type ObservedNode = {
  readonly node: string;
  readonly instances: readonly Instance[];
  /** What this node gives to consumers. */
  readonly consumers: readonly Endpoint[];
  /** What of its list cannot be read. */
  readonly unreadable: readonly Unreadable[];
  /** Set when this reading failed; the lists are then those of the last good one. */
  readonly problem?: string;
};

/** One line from the runner: first every event so far, then each as it happens. */
export type RunnerLine =
  | { readonly kind: 'event'; readonly event: Event }
  /** All events of the journal up to here were sent. */
  | { readonly kind: 'caught-up' }
  | { readonly kind: 'observed'; readonly snapshot: Snapshot }
  /** The runner can do nothing more, and ends: its journal cannot be written, for one. */
  | { readonly kind: 'broken'; readonly problem: LaunchProblem }
  | { readonly kind: 'answer'; readonly ref: number; readonly refused?: OrderRefusal };

/** A rollout as a face sees it, in this process or through a socket. */
export interface RolloutLink {
  readonly id: string;
  /** Where the journal and the commands' outputs lie. */
  readonly directory: string;
  /** Calls back for every line, starting with all events so far. Returns a way to stop. */
  follow(listener: (line: RunnerLine) => void): () => void;
  /** `undefined` when it was taken. */
  submit(order: Order): Promise<OrderRefusal | undefined>;
  /** Resolves when the runner is gone. */
  readonly closed: Promise<void>;
  /** Leaves without a word; the runner takes it for a lost terminal unless `detach` was submitted. */
  close(): void;
}
