import * as z from 'zod';
import { commandSchema } from '../hooks/command.ts';
import { hooksSchema } from '../hooks/hook.ts';
import { occasionsSchema } from '../hooks/occasion.ts';
import { deadlineSchema } from './limits.ts';
import { evidenceLimitsSchema } from '../drain/evidence.ts';
import { gateSchema } from '../gate/gate.ts';
import { notifySchema } from '../notify/receiver.ts';
import { zoneRuleSchema } from '../batches/zones.ts';
import { changedSchema } from './changed.ts';
import { commandText } from '../text/command-text.ts';
import { urlText } from '../text/url-text.ts';
import { type InstanceId, isSameService, serviceKey } from '../registry/service.ts';
import { type ConsumerKind, consumerKinds } from './drain-presets.ts';

const milliseconds = z.number().int().nonnegative();

const drainSchema = z.object({
  ms: milliseconds,
  /** The kind of consumer that the time was taken from; absent when a time was given. */
  consumers: z.enum(consumerKinds as [ConsumerKind, ...ConsumerKind[]]).optional(),
  /** Present: it may end earlier, and goes on while calls arrive. `ms` is then what is waited for without evidence. */
  watch: evidenceLimitsSchema.optional(),
});

export type Drain = z.infer<typeof drainSchema>;

const patience = {
  successes: z.number().int().min(1),
  withinMs: milliseconds,
  /** After a deploy forward, besides. */
  changed: changedSchema.optional(),
};

const checkSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('http'), url: z.string(), ...patience }),
  /** `isDefault`: nobody asked for it, so it may be dropped with a warning when it fails on a working instance. */
  z.object({ kind: z.literal('tcp'), isDefault: z.boolean(), ...patience }),
  z.object({ kind: z.literal('command'), run: z.string().min(1), ...patience }),
  /** Spring Boot's own word, from the base URL of Actuator: `health/readiness` is `UP`, or `health` without it. */
  z.object({ kind: z.literal('actuator'), url: z.string(), ...patience }),
  /** The standard health service of gRPC at `host:port`, for all of the server or one service of it. */
  z.object({ kind: z.literal('grpc'), at: z.string(), service: z.string().optional(), ...patience }),
  /** The registration alone, which must stay healthy for 35 s: a registry believes the dead for a while. */
  z.object({ kind: z.literal('registration'), ...patience }),
]);

export type Check = z.infer<typeof checkSchema>;

/** How an application is told to leave, or to come back, by itself. */
const callSchema = z.union([z.object({ method: z.string(), url: z.string() }), ...commandSchema.options]);

export type Call = z.infer<typeof callSchema>;

export const registrationSchema = z.object({
  namespace: z.string(),
  group: z.string(),
  service: z.string(),
  cluster: z.string(),
  ip: z.string(),
  port: z.number().int(),
  /** What it was when the plan was made: restored where a write would lose it, and compared afterwards. */
  weight: z.number(),
  metadata: z.record(z.string(), z.string()),
  ephemeral: z.boolean(),
  /** False: it was off before us, and stays off after us. */
  wasEnabled: z.boolean(),
  /** Off because of an earlier rollout, though it was on before: it is to be on in the end. `away`: not listed. */
  left: z.enum(['off', 'away']).optional(),
  /** A write of an earlier rollout may still be applied to it. */
  isUnsettled: z.literal(true).optional(),
  /** What the warm-up of an earlier rollout left of its weight, one of these: it is to have all of it in the end. */
  parts: z.array(z.number()).readonly().optional(),
});

export type Registration = z.infer<typeof registrationSchema>;

const targetSchema = z.object({
  /** Unique in the plan: `ip:port` of the first registration, with its service where that is not enough. */
  name: z.string(),
  stage: z.string(),
  /** Targets with the same number go together; numbers are worked through in order. */
  batch: z.number().int().nonnegative(),
  /** Where one zone goes at a time: the one that it is in, '' where its metadata does not say. */
  zone: z.string().optional(),
  /** The instance and its companions, in the order in which they go off. They come back in reverse. */
  registrations: z.array(registrationSchema).min(1).readonly(),
  /** How its companions were found, where they were not named: looked for once more before it goes off. */
  foundBy: z
    .array(
      z.union([
        z.enum(['process', 'ip']),
        z.object({
          group: z.string(),
          service: z.string(),
          port: z.union([z.number().int(), z.string()]).optional(),
        }),
      ]),
    )
    .readonly()
    .optional(),
  /** A machine: all of it must come back, also what was found there by a rule. */
  isMachine: z.literal(true).optional(),
  /** Its place among those of its service is for the review to say: who is called least goes first. */
  isByTraffic: z.literal(true).optional(),
  drain: drainSchema,
  deploy: commandSchema,
  rollback: commandSchema.optional(),
  /** Commands that run around it. */
  hooks: hooksSchema.optional(),
  /** Sent after `enabled=false`, or instead of it. */
  leave: z.object({ call: callSchema, isInstead: z.boolean() }).optional(),
  /** Sent before it is enabled, when it was told to leave. */
  back: callSchema.optional(),
  check: checkSchema,
  /**
   * Once it is on it begins with a part of its weight: with each of these percents of it for an equal part of `ms`, while
   * its probe stays good, and then with all of it. `check`: another than the target's.
   */
  warmUp: z
    .object({
      ms: milliseconds,
      percents: z.array(z.number().int().min(1).max(99)).min(1).readonly(),
      check: checkSchema.optional(),
    })
    .optional(),
  /** How long its probe must stay good, on and in service, before the next one begins. `check`: another than the target's. */
  soak: z.object({ ms: milliseconds, check: checkSchema.optional() }).optional(),
  /** It may go off and drain while the batch before it is deployed and checked. */
  drainAhead: z.literal(true).optional(),
  /** A process that comes back under another address is taken for this one, if its metadata says so. Absent: a person is asked. */
  anyNew: z.object({ match: z.record(z.string(), z.string()) }).optional(),
});

export type Target = z.infer<typeof targetSchema>;

export type WarmUp = NonNullable<Target['warmUp']>;

/** What follows an enable where the plan asks for it. */
export type WatchedStep = 'warm-up' | 'soak';

export const planSchema = z.object({
  version: z.literal(1),
  profile: z.string().optional(),
  targets: z.array(targetSchema).min(1).readonly(),
  /** What has to be passed before the targets of a batch begin, in this order. */
  gates: z.array(gateSchema).readonly().optional(),
  /** For every touched service: never fewer than this on and well because of us. */
  minimums: z
    .array(
      z.object({ service: z.string(), group: z.string(), namespace: z.string(), minimum: z.number().int() }),
    )
    .readonly(),
  /** For services that stand in zones: never fewer on and well in each because of us. */
  zones: z.array(zoneRuleSchema).readonly().optional(),
  /** Short names of services whose minimums and last instance may be passed under, because a person said so. */
  overrides: z.array(z.string()).readonly(),
  /** What a failure does when nobody can be asked. */
  onFailure: z.enum(['stop', 'continue']),
  /** With `continue`: when more targets than this failed, it stops all the same. */
  maxFailures: z.number().int().nonnegative().optional(),
  /** After it nothing new begins; what is under way comes to its end. */
  deadline: deadlineSchema.optional(),
  /** What to do with a deploy command that began and left no outcome, when nobody can be asked. */
  onUnknown: z.enum(['ask', 'again']),
  /** How long a decision may stay open before the runner gives up, the instance still off. */
  decideWithinMs: milliseconds,
  /** Commands that run beside it when something happens. */
  on: occasionsSchema.optional(),
  /** The rollout that it takes back. */
  rollsBack: z.string().optional(),
  /** Who is told of it. */
  notify: notifySchema.optional(),
});

export type Plan = z.infer<typeof planSchema>;

export function registrationId(registration: Registration): InstanceId {
  const { namespace, group, service, cluster, ip, port } = registration;
  return { namespace, group, service, cluster, ip, port };
}

/** The first registration: the one that a target is named after and probed at. */
export function mainRegistration(target: Target): Registration {
  const [first] = target.registrations;
  if (first === undefined) throw new Error(`target ${target.name} has no registration`);
  return first;
}

/** The names of the services that are rolled, without those of companions, in the order of their targets. */
export function rolledNames({ targets }: Plan): readonly string[] {
  return [...new Set(targets.map((target) => mainRegistration(target).service))];
}

/** Never fewer than one, whatever a plan says or leaves out. */
export function minimumOf(plan: Plan, id: { namespace: string; group: string; service: string }): number {
  const found = plan.minimums.find((entry) => isSameService(entry, id));
  return Math.max(found?.minimum ?? 1, 1);
}

/** Every service that the plan touches, companions' too, each once. */
export function touchedServices(plan: Plan): readonly Registration[] {
  const seen = new Map<string, Registration>();
  for (const target of plan.targets)
    for (const registration of target.registrations)
      if (!seen.has(serviceKey(registration))) seen.set(serviceKey(registration), registration);
  return [...seen.values()];
}

/** `gRPC {ip}:9090`, with the service of it that is asked for. */
export function grpcText({
  at,
  service,
}: {
  readonly at: string;
  readonly service?: string | undefined;
}): string {
  return `gRPC ${at}${service === undefined ? '' : `/${service}`}`;
}

/** `POST http://…`, or a command. */
export function callText(call: Call): string {
  return 'url' in call ? `${call.method} ${urlText(call.url)}` : commandText(call);
}

/** Those that any of its targets has. */
export function watchedSteps({ targets }: Pick<Plan, 'targets'>): readonly WatchedStep[] {
  const steps: WatchedStep[] = [];
  if (targets.some(({ warmUp }) => warmUp !== undefined)) steps.push('warm-up');
  if (targets.some(({ soak }) => soak !== undefined)) steps.push('soak');
  return steps;
}
