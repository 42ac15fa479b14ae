import * as z from 'zod';
import { readingSchema } from './failure.ts';

/** What a disable will leave of one service, on the server node that shows fewest. Weight is in percent of what serves now. */
export const forecastSchema = z.object({
  service: z.string(),
  now: z.number().int(),
  after: z.number().int(),
  minimum: z.number().int(),
  weightPercent: z.number(),
  protectThreshold: z.number(),
  /** Ill instances would then count as healthy. */
  isThresholdReached: z.boolean().optional(),
  /** The cluster of the service that would have nobody left. */
  emptiedCluster: z.string().optional(),
});
export type Forecast = z.infer<typeof forecastSchema>;

export const requestSchema = z.object({
  method: z.string(),
  url: z.string(),
  body: z.string().optional(),
  hasToken: z.boolean(),
  /** Sent with a signature. `service` is signed, '' for none. */
  signed: z.object({ service: z.string(), isTemporary: z.boolean(), isOfRegion: z.boolean() }).optional(),
});

export const serviceDetailSchema = z.object({
  namespace: z.string(),
  group: z.string(),
  service: z.string(),
  protectThreshold: z.number(),
  selector: z.string(),
  metadata: z.record(z.string(), z.string()).optional(),
  clusters: z.array(z.string()).readonly(),
});

/** What was asked of one server node: how often, how often in vain, and how long the answers were. */
export const nodeRequestsSchema = z.object({
  node: z.string(),
  kind: z.enum(['lists', 'consumers', 'settings', 'subscribers', 'writes', 'lease', 'server']),
  count: z.number().int(),
  failed: z.number().int(),
  bytes: z.number().int(),
});
export type NodeRequests = Readonly<z.infer<typeof nodeRequestsSchema>>;

/** Who subscribed to one service. */
export const consumersNotedSchema = z.object({
  namespace: z.string(),
  group: z.string(),
  service: z.string(),
  /** Address, application and client. */
  consumers: z.array(z.string()).readonly(),
});

/**
 * Where a value that differs came from, as far as that can be known. The new version registered it; a console edit that
 * hid it before was dropped by our write to the absent instance; one of the two; or nobody can say.
 */
export const changeCauseSchema = z.enum([
  'new-version',
  'override-dropped',
  'new-version-or-override-dropped',
  'unknown',
]);
export type ChangeCause = z.infer<typeof changeCauseSchema>;

/**
 * Why something is put on without a warm-up: the server nodes that count did not come to list it with the same weight; it
 * is in another cluster than it was; its weight cannot be less; or it, or its weight, changed just when it was put on.
 */
export const whyNotWarmedSchema = z.enum(['not-agreed', 'moved', 'no-weight', 'changed']);
export type WhyNotWarmed = z.infer<typeof whyNotWarmedSchema>;

/**
 * Why a receiver was not told: what it is written in, `env:NAME` or the like, holds nothing; that is no URL; nobody
 * answered, or with a bad status; the service took the request and not the message; or the runner had to end.
 */
export const noticeFailureSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('no-secret'), reference: z.string() }),
  z.object({ kind: z.literal('no-url'), reference: z.string() }),
  z.object({ kind: z.literal('unanswered'), reading: readingSchema }),
  z.object({ kind: z.literal('not-accepted'), code: z.number().int(), message: z.string() }),
  z.object({ kind: z.literal('no-time') }),
]);
export type NoticeFailure = z.infer<typeof noticeFailureSchema>;

export const purposeSchema = z.enum(['disable', 'enable', 'restore', 'keep-out', 'hold-absent', 'warm-up']);
export type Purpose = z.infer<typeof purposeSchema>;

export const decisionSchema = z.enum([
  'retry',
  'retry-target',
  'leave-off',
  'put-on',
  'take-as-done',
  'roll-back',
  'take-new',
]);
export type Decision = z.infer<typeof decisionSchema>;
