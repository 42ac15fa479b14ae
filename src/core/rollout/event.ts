import * as z from 'zod';
import { firstIssue } from '../text/first-issue.ts';
import {
  callPurposeSchema,
  commandResultSchema,
  failureSchema,
  readingSchema,
  stepNameSchema,
  twinsSchema,
} from './failure.ts';
import { planSchema, registrationSchema } from '../plan/plan.ts';
import { reachedSchema } from '../registry/connection-spec.ts';
import { callsSeenSchema } from '../drain/calls-seen.ts';
import {
  changeCauseSchema,
  consumersNotedSchema,
  nodeRequestsSchema,
  forecastSchema,
  noticeFailureSchema,
  requestSchema,
  serviceDetailSchema,
  whyNotWarmedSchema,
} from './event-parts.ts';
import { registryErrorSchema } from '../registry/registry-error.ts';

/** The version that new journals are written in. A reader takes this one and every older one. */
export const eventVersion = 1;

const ms = z.number().nonnegative();
const target = z.string();
const attempt = z.number().int().min(1);
/** Index into the target's registrations. */
const registration = z.number().int().nonnegative();
/** Who asked for it: `user@host`, or `nobody` when no person did. */
const by = z.string();
const mender = z.literal('doctor');

const purposeSchema = z.enum(['disable', 'enable', 'restore', 'keep-out', 'hold-absent', 'warm-up']);
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

export type Forecast = z.infer<typeof forecastSchema>;

const facts = {
  'rollout-planned': z.object({
    plan: planSchema,
    by,
    reached: reachedSchema,
    world: z.enum(['real', 'rehearsal']),
    isAttended: z.boolean(),
    /** Addresses of the server nodes that every read-back asks. */
    nodes: z.array(z.string()).min(1).readonly(),
    /** Where commands run. */
    workingDirectory: z.string(),
    /** The one-shot command that took off its one target; nothing is deployed, and nobody carries it on. */
    command: z.string().optional(),
  }),
  /** `startTicks` tells this process from a later one with the same id (field 22 of /proc/PID/stat). */
  'runner-started': z.object({
    pid: z.number().int(),
    host: z.string(),
    startTicks: z.string().optional(),
    /** Whether a person is there to be asked, now. */
    isAttended: z.boolean(),
    /** `unavailable`: it cannot be registered here, and only this machine's lock guards the services. */
    lease: z.enum(['held', 'unavailable', 'none']),
    leaseError: registryErrorSchema.optional(),
    /** How long it took until the lease was held. */
    leaseMs: ms.optional(),
  }),
  'disable-began': z.object({ target, attempt }),
  /** `isGo`: the guard let it pass; from now on the target counts as off. */
  forecast: z.object({ target, isGo: z.boolean(), services: z.array(forecastSchema).readonly() }),
  'write-began': z.object({
    target,
    registration,
    enabled: z.boolean(),
    weight: z.number(),
    /** In a warm-up: the weight that this is a part of, and that it gets back. */
    fullWeight: z.number().optional(),
    purpose: purposeSchema,
    request: requestSchema,
  }),
  'write-ended': z.object({
    target,
    registration,
    enabled: z.boolean(),
    purpose: purposeSchema,
    outcome: z.enum(['accepted', 'refused', 'unknown']),
    ms,
    error: registryErrorSchema.optional(),
    /** It went to the address that the registration had when it began, and has no longer. */
    isFormer: z.boolean().optional(),
  }),
  /** Every server node that counts showed it; each with the time since the write was accepted. */
  'read-back': z.object({
    target,
    registration,
    enabled: z.boolean(),
    /** Where it was to show a certain weight too. */
    weight: z.number().optional(),
    nodes: z.array(z.object({ node: z.string(), ms })).readonly(),
    /** What each node that is subscribed to told its consumers, likewise; without a time it had not by then. */
    told: z
      .array(z.object({ node: z.string(), ms: ms.optional() }))
      .readonly()
      .optional(),
  }),
  /** An application is asked to leave, or to come back; it may have done so even when no outcome follows. */
  'call-began': z.object({ target, purpose: callPurposeSchema, call: z.string() }),
  'call-ended': z.object({ target, purpose: callPurposeSchema, ms, reading: readingSchema }),
  disabled: z.object({ target, attempt, ms }),
  /** `evidence`: what tells of calls meanwhile. */
  'drain-began': z.object({
    target,
    attempt,
    totalMs: ms,
    evidence: z.array(z.string()).readonly().optional(),
  }),
  /** Of this time nothing is known: silence before the preset's time is no proof any more. */
  'evidence-lost': z.object({ target, registration, source: z.string(), why: readingSchema }),
  'evidence-returned': z.object({ target, registration, source: z.string() }),
  /** Its time is over and calls go on, by whom and how many a second: told then, and again from time to time. */
  'drain-prolonged': z.object({
    target,
    attempt,
    ms,
    ceilingMs: ms,
    callers: z.array(z.object({ caller: z.string(), source: z.string() })).readonly(),
    perSecond: z.number(),
    /** Calls that are being answered. */
    active: z.number(),
  }),
  'drain-extended': z.object({ target, byMs: ms, by }),
  'drain-skipped': z.object({ target, by }),
  /** `endedBy`: everybody had been silent for long enough, or the time was over. */
  'drain-ended': z.object({
    target,
    attempt,
    ms,
    endedBy: z.enum(['quiet', 'time']).optional(),
    certainty: z.number().optional(),
    calls: callsSeenSchema.optional(),
  }),
  /** Calls arrived after the end of the drain, before the deploy had stopped anything. */
  'called-after-drain': z.object({ target, source: z.string(), count: z.number(), ms }),
  /** `directory`, relative to the journal's, holds the command's output and outcome. */
  /**
   * What was listed just before; who is not among them afterwards is new. In its services: what `appeared` and
   * `vanished` since the command before this one began that has such a service, of whatever target. `beside`: what was
   * off there in others. Older journals have all of it in `listed`.
   */
  'deploy-began': z.object({
    target,
    attempt,
    command: z.string(),
    directory: z.string(),
    listed: z.array(z.string()).readonly().optional(),
    appeared: z.array(z.string()).readonly().optional(),
    vanished: z.array(z.string()).readonly().optional(),
    beside: z.array(z.string()).readonly().optional(),
    /** What `changed` of its check said just before. */
    before: z.string().optional(),
  }),
  'deploy-ended': z.object({ target, attempt, ms, result: commandResultSchema }),
  'check-began': z.object({ target, attempt }),
  /** `isRestarted`: a new registration, or other metadata, was seen; false is a warning, not a failure. */
  'check-passed': z.object({ target, attempt, ms, isRestarted: z.boolean() }),
  /** Its process came back under another address: from now on these are the target's registrations. */
  identified: z.object({
    target,
    registrations: z.array(registrationSchema).min(1).readonly(),
    by,
    /** The address is the same, and registered in another spelling. */
    isRespelled: z.boolean().optional(),
  }),
  /**
   * Registered beside the target while it was off, and the plan looks for such: kept out, and put on with the rest. They
   * come behind its registrations, in this order.
   */
  joined: z.object({ target, registrations: z.array(registrationSchema).min(1).readonly() }),
  /** The new version does not register them, and the plan did not name them: nobody waits for them. */
  dropped: z.object({ target, registrations: z.array(registration).min(1).readonly() }),
  /** The mark that keeping out left at a target's former address. */
  'mark-cleared': z.object({ target, instance: z.string(), outcome: z.enum(['accepted', 'unknown']) }),
  'enable-began': z.object({ target, attempt }),
  enabled: z.object({ target, attempt, ms }),
  /** It is on with a part of its weight, and gets more of it while its probe stays good. */
  'warm-up-began': z.object({ target, attempt, totalMs: ms }),
  /** Every server node shows it with so much of its weight; less than before: taken back, as its probe was not good. */
  'weight-set': z.object({ target, attempt, percent: z.number(), ms }),
  'warm-up-passed': z.object({ target, attempt, ms }),
  /** Somebody else gave it another weight while it warmed up: that one stays. */
  'weight-overridden': z.object({ target, registration, full: z.number(), found: z.number() }),
  /** They were put on with all of their weight at once, though the plan asks for a warm-up. */
  'warm-up-left-out': z.object({
    target,
    registrations: z.array(registration).min(1).readonly(),
    why: whyNotWarmedSchema,
  }),
  /** From now on its probe must stay good for this long. It is on and in service. */
  'soak-began': z.object({ target, attempt, totalMs: ms }),
  'soak-passed': z.object({ target, attempt, ms }),
  'step-failed': z.object({ target, step: stepNameSchema, attempt, ms, why: failureSchema }),
  /** Shown enabled while it was ours to keep out. `ms` is from the first sighting to the read-back of the new disable. */
  exposed: z.object({
    target,
    registration,
    wasAway: z.boolean(),
    /** Just after we took it off: a list that shows the last time late, and no second wish. */
    isLate: z.boolean().optional(),
    sources: z.array(z.string()).readonly(),
    /** Registered more than once, so that it cannot be taken off without spoiling a weight. */
    twins: twinsSchema.shape.twins.optional(),
  }),
  /** `isAtLeast`: nobody had looked for a while when it was first seen, as its runner was gone: it may have been on before. */
  'exposure-ended': z.object({ target, registration, ms, isAtLeast: z.literal(true).optional() }),
  'went-away': z.object({ target, registration }),
  'came-back': z.object({ target, registration, isEnabled: z.boolean() }),
  /** Something other than `enabled` differs from what the plan saw. */
  changed: z.object({
    target,
    registration,
    what: z.string(),
    before: z.string(),
    after: z.string(),
    cause: changeCauseSchema.optional(),
  }),
  /** `via`: nobody was asked, that command of `by` did it. */
  decided: z.object({ target, decision: decisionSchema, by, via: mender.exactOptional() }),
  /** `terminal-lost` stands in old journals only; `face-lost` tells it now. */
  paused: z.object({ by, why: z.enum(['asked', 'terminal-lost', 'registry-lost', 'lease-lost']) }),
  continued: z.object({ by }),
  /** A server node that counts did not answer for a while: nothing begins until it is back, or no longer counts. */
  'node-lost': z.object({ node: z.string(), error: registryErrorSchema }),
  'node-returned': z.object({ node: z.string() }),
  /** It no longer counts: a person said so, or the other nodes are a majority that agrees and nobody can be asked. */
  'node-dropped': z.object({ node: z.string(), by }),
  'abort-asked': z.object({ how: z.enum(['put-back', 'leave']), by, via: mender.exactOptional() }),
  'stop-asked': z.object({ by }),
  'face-lost': z.object({ by }),
  'face-joined': z.object({ by }),
  /** The runner ended, and the rollout may be carried on. */
  'runner-rested': z.object({
    why: z.enum(['stuck', 'interrupted', 'unattended', 'undecided']),
    exitCode: z.number().int(),
  }),
  'rollout-ended': z.object({
    outcome: z.enum(['done', 'done-with-some-failed', 'done-with-some-off', 'aborted', 'abandoned']),
    exitCode: z.number().int(),
    /** Targets that are through without a restart having been seen: a warning. */
    notRestarted: z.array(target).readonly().optional(),
  }),
  /** What Nacos kept about each touched service when the first runner began. */
  'services-noted': z.object({ services: z.array(serviceDetailSchema).readonly() }),
  /** Who subscribed to each touched service when the first runner began. */
  'consumers-noted': z.object({ services: z.array(consumersNotedSchema).readonly() }),
  /** Others subscribe at the end. */
  'consumers-changed': z.object({
    service: z.string(),
    came: z.array(z.string()).readonly(),
    left: z.array(z.string()).readonly(),
  }),
  /** Something of a service itself differs at the end; `request` would restore it, and is never sent by us. */
  'service-changed': z.object({
    service: z.string(),
    what: z.string(),
    before: z.string(),
    after: z.string(),
    request: requestSchema,
  }),
  /** What this runner has asked of Nacos until it ends; of one that was killed nothing is told. */
  'requests-counted': z.object({ requests: z.array(nodeRequestsSchema).readonly() }),
  /** A receiver heard of the event with the number `about`. It may come after the end of the rollout. */
  'notification-sent': z.object({ receiver: z.string(), about: z.number().int(), tries: z.number().int() }),
  'notification-failed': z.object({
    receiver: z.string(),
    about: z.number().int(),
    tries: z.number().int(),
    why: noticeFailureSchema,
  }),
  /** A rehearsal's transcript: what was sent because it only reads, and what a real run would have sent. */
  'request-listed': z.object({ wasSent: z.boolean(), request: requestSchema }),
} as const;

export type EventType = keyof typeof facts;
export type Facts = { [Type in EventType]: z.infer<(typeof facts)[Type]> };

/** What is recorded, before it has a place and a time in the journal. */
export type Fact = { [Type in EventType]: { readonly type: Type } & Facts[Type] }[EventType];
export type FactOf<Type extends EventType> = Extract<Fact, { type: Type }>;

const envelope = {
  v: z.number().int().min(1).max(eventVersion),
  seq: z.number().int().nonnegative(),
  /** ISO 8601, UTC, by the wall clock: for people, never for waiting. */
  at: z.string(),
  rollout: z.string(),
};

export type Event = { v: number; seq: number; at: string; rollout: string } & Fact;

const members = Object.entries(facts).map(([type, fact]) =>
  z.object({ ...envelope, type: z.literal(type), ...fact.shape }),
);
type Member = (typeof members)[number];

/** One line of a journal, and one line of `--json`. */
export const eventSchema = z.discriminatedUnion(
  'type',
  members as [Member, ...Member[]],
) as unknown as z.ZodType<Event>;

/** Reads one line. Unknown fields of later minor versions are dropped; an unknown type or a bad field is an error. */
export function parseEvent(value: unknown): { ok: true; event: Event } | { ok: false; problem: string } {
  const result = eventSchema.safeParse(value);
  return result.success ? { ok: true, event: result.data } : { ok: false, problem: firstIssue(result.error) };
}
