import * as z from 'zod';
import { planSchema } from '../plan/plan.ts';
import { reachedSchema } from '../registry/connection-spec.ts';
import {
  consumersNotedSchema,
  nodeRequestsSchema,
  noticeFailureSchema,
  requestSchema,
  serviceDetailSchema,
} from './event-parts.ts';
import { commandResultSchema } from './failure.ts';
import { occasionKeys } from '../hooks/occasion-key.ts';
import { registryErrorSchema } from '../registry/registry-error.ts';
import { ms, target, by, mender } from './fact-fields.ts';

const occasionSchema = z.enum(occasionKeys);

/** The rollout as a whole: who carries it out, what holds it up, how it ends, who was told. */
export const rolloutFacts = {
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
    /** Rollouts of this machine that are earlier than this one, whatever their times say: the clock was set back. */
    writtenAhead: z.array(z.string()).readonly().optional(),
  }),
  /** `startTicks` tells this process from a later one with the same id (field 22 of /proc/PID/stat). */
  'runner-started': z.object({
    pid: z.number().int(),
    host: z.string(),
    startTicks: z.string().optional(),
    /** Whether a person is there to be asked, now. */
    isAttended: z.boolean(),
    /** `unavailable`: it cannot be registered here, and only this machine's lock guards the services. */
    /** `awaited`: Nacos does not answer now; it is paused as by a lost lease until that is held. */
    lease: z.enum(['held', 'awaited', 'unavailable', 'none']),
    leaseError: registryErrorSchema.optional(),
    /** How long it took until the lease was held. */
    leaseMs: ms.optional(),
  }),
  /** `terminal-lost` stands in old journals only; `face-lost` tells it now. */
  paused: z.object({ by, why: z.enum(['asked', 'terminal-lost', 'registry-lost', 'lease-lost']) }),
  continued: z.object({ by }),
  /** A server node that counts did not answer for a while: nothing begins until it is back, or no longer counts. */
  'node-lost': z.object({ node: z.string(), error: registryErrorSchema }),
  /** It counts again. */
  'node-returned': z.object({ node: z.string() }),
  /** It counts no more until it returns: a person said so, or the other nodes are a majority that agrees and nobody can be asked. */
  'node-dropped': z.object({ node: z.string(), by }),
  'abort-asked': z.object({ how: z.enum(['put-back', 'leave']), by, via: mender.exactOptional() }),
  'stop-asked': z.object({ by }),
  /** Nothing new begins any more; what is under way comes to its end. */
  'deadline-passed': z.object({ deadline: z.string() }),
  /** Another one holds from now on. */
  'deadline-set': z.object({ deadline: z.string(), by }),
  'face-lost': z.object({ by }),
  'face-joined': z.object({ by }),
  /** The runner ended, and the rollout may be carried on. */
  'runner-rested': z.object({
    why: z.enum([
      'stuck',
      'at-gate',
      'interrupted',
      'unattended',
      'undecided',
      'too-many-failed',
      'deadline',
    ]),
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
  /** A command of the plan began beside the rollout, for the event with the number `about`; `directory` holds its output. */
  'occasion-began': z.object({
    on: occasionSchema,
    about: z.number().int(),
    attempt: z.number().int().min(1),
    command: z.string(),
    directory: z.string(),
  }),
  /** It may come after the end of the rollout. */
  'occasion-ended': z.object({
    on: occasionSchema,
    about: z.number().int(),
    attempt: z.number().int().min(1),
    ms,
    result: commandResultSchema,
  }),
  /** A rehearsal's transcript: what was sent because it only reads, and what a real run would have sent. */
  'request-listed': z.object({ wasSent: z.boolean(), request: requestSchema }),
} as const;
