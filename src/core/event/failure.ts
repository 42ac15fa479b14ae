import * as z from 'zod';
import { callsSeenSchema } from '../drain/calls-seen.ts';
import { registrationSchema } from '../plan/plan.ts';
import { registryErrorSchema } from '../registry/registry-error.ts';
import { speakers } from '../registry/speaker.ts';

/** What about a record cannot be read: its field, and what stands there. */
const unreadSchema = z.object({ field: z.string(), found: z.string().optional() });

export const stepNames = [
  'before-target',
  'disable',
  'after-disable',
  'drain',
  'deploy',
  'check',
  'enable',
  'warm-up',
  'soak',
  'after-target',
] as const;
export const stepNameSchema = z.enum(stepNames);
export type StepName = z.infer<typeof stepNameSchema>;

/** Whether a target is through and on in this step, and only watched, or told of. */
export function isWatchedOn(step: StepName): boolean {
  return step === 'warm-up' || step === 'soak' || step === 'after-target';
}

/**
 * How a command ended. `not-started`: it could not be run at all. `never-began`: its runner died before it could.
 * `lost`: it began, is gone, and left no outcome.
 */
export const commandResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exited'), code: z.number().int() }),
  z.object({ kind: z.literal('timed-out'), afterMs: z.number() }),
  z.object({ kind: z.literal('killed') }),
  z.object({ kind: z.literal('not-started'), detail: z.string() }),
  z.object({ kind: z.literal('never-began') }),
  z.object({ kind: z.literal('lost') }),
]);
export type CommandResult = z.infer<typeof commandResultSchema>;

/** What an answer was expected to hold: a count is a number that is not negative and small enough to be exact. */
const expectations = [
  'json',
  'count',
  'metric',
  'selector',
  'counts',
  'connections',
  'connection-times',
  'health',
  'value',
  'grpc-health',
] as const;
export type Expectation = (typeof expectations)[number];

/** What a probe measured; whether that is good enough is for the check to say. */
export const readingSchema = z.discriminatedUnion('kind', [
  /** `value`: what `changed` of the check asks for, as it is now. */
  z.object({ kind: z.literal('good'), ms: z.number(), value: z.string().optional() }),
  z.object({ kind: z.literal('http-status'), status: z.number().int() }),
  z.object({ kind: z.literal('refused'), detail: z.string() }),
  /** No address was found for the name. */
  z.object({ kind: z.literal('unresolved'), host: z.string(), detail: z.string() }),
  /** Whoever answers speaks something else than was asked for; `no-tls`: not TLS. */
  z.object({ kind: z.literal('other-speaker'), found: z.enum([...speakers, 'no-tls']) }),
  z.object({ kind: z.literal('timed-out'), afterMs: z.number() }),
  /** `complaint`: the last line of its standard error, where it is read. */
  z.object({
    kind: z.literal('command-failed'),
    code: z.number().int(),
    complaint: z.string().optional(),
  }),
  /** The command of it could not be run at all. */
  z.object({ kind: z.literal('not-started'), detail: z.string() }),
  /** It answered with more than is read. */
  z.object({ kind: z.literal('too-large'), limitBytes: z.number() }),
  /** It answered with something else; `found` is the beginning of it, or what stands in the place. */
  z.object({ kind: z.literal('unexpected'), expected: z.enum(expectations), found: z.string() }),
  /** Its own word on its health, which is neither `UP` nor `SERVING`. */
  z.object({ kind: z.literal('not-up'), status: z.string() }),
  /** What tells the new process from the old one is what it was, or not what was wanted. */
  z.object({
    kind: z.literal('not-changed'),
    what: z.string(),
    value: z.string(),
    wanted: z.string().optional(),
  }),
  /** Its connections are not those of this machine. */
  z.object({ kind: z.literal('elsewhere'), ip: z.string() }),
  /** A rehearsal does not ask it. */
  z.object({ kind: z.literal('not-run') }),
  z.object({ kind: z.literal('not-registered') }),
  z.object({ kind: z.literal('unhealthy') }),
  /** What is listed at its address cannot be read. */
  unreadSchema.extend({ kind: z.literal('unreadable') }),
]);
export type Reading = z.infer<typeof readingSchema>;

/** An address that is registered more than once in a service, and what is registered there. */
export const twinsSchema = z.object({
  instance: z.string(),
  twins: z
    .array(z.object({ cluster: z.string(), ip: z.string(), weight: z.number(), enabled: z.boolean() }))
    .readonly(),
});

/** Which rollout of ours, or one-shot command (`command`), took an instance off and has not put it back. */
const takenOffSchema = z.object({
  rollout: z.string(),
  by: z.string(),
  at: z.string(),
  command: z.string().exactOptional(),
});
export type TakenOff = Readonly<z.infer<typeof takenOffSchema>>;

/** Why the guard keeps an instance in service. Every number is a count of instances on and well. */
const refusalSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('below-minimum'),
    service: z.string(),
    now: z.number().int(),
    after: z.number().int(),
    minimum: z.number().int(),
    seenBy: z.string(),
  }),
  /** `zone` is '' for those whose metadata does not say. */
  z.object({
    kind: z.literal('below-zone-minimum'),
    service: z.string(),
    zone: z.string(),
    now: z.number().int(),
    after: z.number().int(),
    minimum: z.number().int(),
    seenBy: z.string(),
  }),
  z.object({
    kind: z.literal('last-one'),
    service: z.string(),
    /** So many of one target, which are all that is left; without it there is one. */
    together: z.number().int().exactOptional(),
  }),
  /** Taking it off would let Nacos report ill instances as healthy. */
  z.object({
    kind: z.literal('protect-threshold'),
    service: z.string(),
    threshold: z.number(),
    ratio: z.number(),
  }),
  z.object({ kind: z.literal('not-registered'), instance: z.string() }),
  unreadSchema.extend({ kind: z.literal('unreadable'), instance: z.string() }),
  /** Two clients, or two clusters, have it: neither can go off alone, nor come back with its own weight. */
  twinsSchema.extend({ kind: z.literal('registered-twice') }),
  /** On when the plan was made, off now, and not by us: whoever did it does not expect us to put it on. */
  z.object({
    kind: z.literal('taken-off'),
    instance: z.string(),
    /** Its place in its target; missing in older journals. */
    registration: z.number().int().exactOptional(),
    /** Where the journals of this machine know who did it. */
    takenOff: takenOffSchema.exactOptional(),
  }),
  /** Registrations that go with it and are not in the plan, as `GROUP@@name ip:port`. */
  z.object({
    kind: z.literal('companions-came'),
    instance: z.string(),
    came: z.array(z.string()).readonly(),
  }),
]);
export type Refusal = z.infer<typeof refusalSchema>;

/** What an application is asked to do by itself. */
export const callPurposeSchema = z.enum(['leave', 'back']);
export type CallPurpose = z.infer<typeof callPurposeSchema>;

/** Why a step of a target did not succeed. */
export const failureSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('registry'), error: registryErrorSchema }),
  z.object({ kind: z.literal('refused'), refusals: z.array(refusalSchema).readonly() }),
  /** The server accepted the write, and it did not show before the deadline. */
  z.object({
    kind: z.literal('not-read-back'),
    node: z.string(),
    isEnabled: z.boolean(),
    afterMs: z.number(),
    /** It is on as wished, with this weight, which was to be another. */
    weight: z.number().optional(),
    /** What is listed at its address cannot be read, and says neither. */
    unread: unreadSchema.optional(),
  }),
  z.object({ kind: z.literal('command'), result: commandResultSchema }),
  /** That of a hook. */
  z.object({ kind: z.literal('hook'), result: commandResultSchema }),
  z.object({ kind: z.literal('check'), reading: readingSchema, afterMs: z.number() }),
  /** It is gone, and unknown instances of its service have appeared; `found` when it is plain which of them it would be. */
  z.object({
    kind: z.literal('somebody-else'),
    instance: z.string(),
    candidates: z.array(z.string()).readonly(),
    found: z.array(registrationSchema).readonly().optional(),
  }),
  /** The call that makes an application leave or come back did not succeed; `call`: what was asked, as people read it. */
  z.object({
    kind: z.literal('call'),
    purpose: callPurposeSchema,
    reading: readingSchema,
    call: z.string().optional(),
  }),
  /** It was enabled again without having been away: somebody wants it on. */
  /** `isFound`: by a runner that took over, which cannot tell whether it was away. */
  z.object({ kind: z.literal('wanted-on'), instance: z.string(), isFound: z.literal(true).exactOptional() }),
  /** Registered more than once, with weights that no write can leave as they are: nothing was written. */
  twinsSchema.extend({ kind: z.literal('registered-twice') }),
  /** Calls arrive at the ceiling of the drain. */
  z.object({
    kind: z.literal('still-called'),
    afterMs: z.number(),
    calls: callsSeenSchema,
    /** Calls that are being answered. */
    active: z.number().optional(),
  }),
  /** A deploy command began, is gone, and left no outcome. */
  z.object({ kind: z.literal('deploy-unknown') }),
]);
export type Failure = z.infer<typeof failureSchema>;
