import * as z from 'zod';
import { callsSeenSchema } from '../../core/drain/calls-seen.ts';
import { eventSchema } from '../../core/event/event.ts';
import { decisionSchema } from '../../core/event/event-parts.ts';
import type { Unreadable } from '../../core/registry/listed.ts';
import { registryErrorSchema } from '../../core/registry/registry-error.ts';
import { launchProblemSchema } from '../store/launch-problem.ts';
import type { Instance } from '../../core/registry/service.ts';

/** What a face may ask of the runner. Imperative; what comes of it is an event. */
const orderSchema = z.discriminatedUnion('type', [
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
  /** It goes on beyond this gate, whatever came of it; or it is tried once more. */
  z.object({ type: z.literal('pass-gate'), gate: z.string() }),
  z.object({ type: z.literal('retry-gate'), gate: z.string() }),
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
  z.object({
    kind: z.literal('hello'),
    by: z.string(),
    mayDecide: z.boolean(),
    /** It gives one order and goes: nobody has come who could be asked, and nobody is missed. */
    isBrief: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('order'), ref: z.number().int(), order: orderSchema }),
]);
export type FaceLine = z.infer<typeof faceLineSchema>;

/** Why an order was not taken. */
const orderRefusalSchema = z.enum([
  'already-paused',
  'not-paused',
  'not-draining',
  'not-stuck',
  'already-decided',
  'not-possible-here',
  'ended',
  'only-watching',
]);
export type OrderRefusal = z.infer<typeof orderRefusalSchema>;

const endpoint = { ip: z.string(), port: z.number() };
const serviceId = { namespace: z.string(), group: z.string(), service: z.string() };

const instanceSchema: z.ZodType<Instance> = z.object({
  ...serviceId,
  ...endpoint,
  cluster: z.string(),
  enabled: z.boolean(),
  healthy: z.boolean(),
  weight: z.number(),
  ephemeral: z.boolean(),
  metadata: z.record(z.string(), z.string()),
});

const maybe = z.string().exactOptional();
const unreadableSchema: z.ZodType<Unreadable> = z.object({
  field: z.string(),
  found: z.string().optional(),
  namespace: maybe,
  group: maybe,
  service: maybe,
  cluster: maybe,
  ip: maybe,
  port: z.number().exactOptional(),
  metadata: z.record(z.string(), z.string()).exactOptional(),
});

const observedNodeSchema = z.object({
  node: z.string(),
  instances: z.array(instanceSchema).readonly(),
  /** What this node gives to consumers. */
  consumers: z.array(z.object(endpoint)).readonly(),
  /** What of its list cannot be read. */
  unreadable: z.array(unreadableSchema).readonly(),
  /** Set when this reading failed; the lists are then those of the last good one. */
  problem: z.string().optional(),
  /** When that last good one was read, by the runner's wall clock; missing where there was none. */
  answeredAt: z.string().optional(),
  /** Set where this node does not tell us what it tells consumers; only its lists are polled then. */
  unheard: registryErrorSchema.optional(),
});
export type ObservedNode = z.infer<typeof observedNodeSchema>;

const observedServiceSchema = z.object({
  service: z.object(serviceId),
  /** One entry a server node: what it lists, or why it does not answer. */
  nodes: z.array(observedNodeSchema).readonly(),
});
export type ObservedService = z.infer<typeof observedServiceSchema>;

/** What the server nodes say of the touched services now. */
const snapshotSchema = z.object({
  /** ISO 8601, by the runner's wall clock. */
  observedAt: z.string(),
  services: z.array(observedServiceSchema).readonly(),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** What the sources of evidence tell of one target now. */
const liveCallsSchema = callsSeenSchema.extend({
  target: z.string(),
  /** While it drains: what is waited for, and until when at the latest, from the beginning of the drain. */
  waitsFor: z.enum(['floor', 'active', 'calls', 'silence', 'preset']).optional(),
  untilMs: z.number().optional(),
});
export type LiveCalls = z.infer<typeof liveCallsSchema>;

/** One line from the runner: first every event so far, then each as it happens. */
export const runnerLineSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), event: eventSchema }),
  /** All events of the journal up to here were sent. */
  z.object({ kind: z.literal('caught-up') }),
  z.object({ kind: z.literal('observed'), snapshot: snapshotSchema }),
  z.object({ kind: z.literal('calls'), calls: z.array(liveCallsSchema).readonly() }),
  /** The runner can do nothing more, and ends: its journal cannot be written, for one. */
  z.object({ kind: z.literal('broken'), problem: launchProblemSchema }),
  z.object({ kind: z.literal('answer'), ref: z.number().int(), refused: orderRefusalSchema.optional() }),
]);
export type RunnerLine = z.infer<typeof runnerLineSchema>;

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
