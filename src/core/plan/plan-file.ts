import * as z from 'zod';
import { batchFileSchema } from '../batches/batch-file.ts';
import { zonesFileSchema } from '../batches/zones.ts';
import { commandFileSchema as command } from '../hooks/command.ts';
import { hooksFileSchema } from '../hooks/hook.ts';
import { occasionsFileSchema } from '../hooks/occasion.ts';
import { drainFileSchema } from './drain-file.ts';
import { agreesOnFailure, deadlineFileSchema, failuresDisagree, maxFailuresFileSchema } from './limits.ts';
import {
  planGatesSchema,
  serviceGatesSchema,
  stageCommandFields,
  stageGatesSchema,
} from '../gate/gate-file.ts';
import { notifyFileSchema } from '../notify/notify-file.ts';
import { durationSchema as duration } from '../text/duration.ts';
import { hostSchema } from '../which/host.ts';
import { whereSchema } from '../which/where.ts';
import { checkFileSchema as check } from './check-file.ts';

const httpCall = z.union([
  z
    .string()
    .regex(/^(GET|POST|PUT|PATCH|DELETE) https?:\/\/\S+$/, 'a call is written POST http://{ip}:{port}/path'),
  z.strictObject({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    url: z.string().regex(/^https?:\/\/\S+$/, 'a URL begins with http:// or https://'),
  }),
]);

const callForms = [
  z.strictObject({ http: httpCall }),
  z.strictObject({ run: z.string().min(1), timeout: duration.optional() }),
  z.strictObject({ argv: z.array(z.string()).min(1), timeout: duration.optional() }),
] as const;

const back = z.union(callForms);

/** `instead`: the application leaves by itself, and `enabled=false` is not written to make it leave. */
const instead = z.boolean().optional();

const leave = z.union([
  callForms[0].extend({ instead }),
  callForms[1].extend({ instead }),
  callForms[2].extend({ instead }),
]);

/** `ip:port`, an IPv6 address in brackets: whatever is registered and shown can be named. */
export const endpointSchema = z
  .string()
  .regex(
    /^(\[.+\]|[^:]+):\d{1,5}$/,
    'an instance is written 10.0.0.1:8080, an IPv6 address in brackets: [2001:db8::1]:8080',
  );

/** A number, or a percent of those on when the plan is made, rounded up. */
const minimum = z.union([
  z.number().int().min(0),
  z.string().regex(/^(100|\d{1,2})%$/, 'it is a number such as 2 or a percent such as 75%'),
]);

const soak = z
  .strictObject({ for: duration, check: check.optional() })
  .refine(
    ({ check }) => typeof check !== 'object' || check.changed === undefined,
    'a soak asks whether it stays well: what must have changed is said in the check itself',
  );

const companion = z.union(
  [
    /** All that the same client connection registered, or all that is registered at the same ip. */
    z.enum(['process', 'ip']),
    z.strictObject({
      /** With `*` in it, every service that it fits and that has a registration at the same ip. */
      service: z.string().min(1),
      group: z.string().min(1).optional(),
      port: z
        .union([
          z.number().int().min(1).max(65_535),
          z.string().regex(/^[+-]\d{1,5}$/, 'a distance from the instance\'s port is written "+30"'),
        ])
        .optional(),
    }),
  ],
  {
    error:
      'a companion is written { service: "providers:*", group: DUBBO_GROUP }, with port where several are there, or process, or ip',
  },
);

const percent = z.string().regex(/^[1-9]\d?%$/, 'a part of its weight is written 10%, from 1% to 99%');

const warmUp = z
  .strictObject({
    for: duration,
    steps: z
      .array(percent)
      .min(1)
      .max(10)
      .refine(
        (steps) => steps.every((step, at) => at === 0 || parseInt(step) > parseInt(steps[at - 1] ?? '')),
        'the parts of its weight grow: [10%, 50%]',
      )
      .optional(),
    check: check.optional(),
  })
  .refine(
    ({ check }) => typeof check !== 'object' || check.changed === undefined,
    'a warm-up asks whether it stays well: what must have changed is said in the check itself',
  );

const settings = {
  /**
   * Other registrations of the same processes: same ip. A port where several are there: the port itself, or as a
   * text `+30`, how far it lies from the instance's own (several processes on one machine).
   */
  companions: z.array(companion).optional(),
  drain: drainFileSchema.optional(),
  deploy: command.optional(),
  rollback: command.optional(),
  /** Commands around each target: before it goes off, once it is off and before it drains, and once it is on again. */
  hooks: hooksFileSchema.optional(),
  /** How an application is told to leave, and to come back, where it can: an HTTP call or a command. */
  leave: leave.optional(),
  back: back.optional(),
  check: check.optional(),
  /** Once it is on again it begins with a part of its weight, by default with 10% and then 50% of it, half of the time each. */
  warmUp: warmUp.optional(),
  /** Once it is on again, a probe must stay good for so long before the next one; by default its check's. */
  soak: soak.optional(),
  /** Whether what comes back under another address, as containers do, is the same one; `match`: only with this metadata. */
  identity: z.enum(['address', 'any-new']).optional(),
  match: z.record(z.string(), z.string()).optional(),
  minimum: minimum.optional(),
  /** Whether the next ones may go off and drain while those before are deployed and checked. */
  drainAhead: z.boolean().optional(),
  /** How many targets go at once: `2`, `25%`, or how many are through after each batch, `[1, 25%, 100%]`. */
  batch: batchFileSchema.optional(),
  /** Where instances stand: one zone goes at a time, and so many stay on in each. */
  zones: zonesFileSchema.optional(),
};

/** Short for many: on and of weight 1 where nothing else is said. */
const seen = z.strictObject({
  enabled: z.literal(false).optional(),
  weight: z.number().optional(),
  /** What its metadata says of its version. */
  version: z.string().optional(),
});

const service = z
  .strictObject({
    /** `*` with hosts: any. */
    service: z.string().min(1),
    group: z.string().min(1).optional(),
    cluster: z.string().min(1).optional(),
    /** Only these, in this order. */
    instances: z.array(endpointSchema).min(1).optional(),
    exclude: z.array(endpointSchema).optional(),
    /** Machines: all that is registered at the ip of one goes off, and must come back, as one target. */
    hosts: z.array(hostSchema).min(1).optional(),
    /** Only those of which each of these is true: `zone=a`, `version!=2.3.*`, `ip=10.0.1.*`, `weight>0`. */
    where: z.array(whereSchema).min(1).optional(),
    /** Only those whose metadata says another version, or none: of those that are on it already nothing is left to do. */
    notOn: z.string().min(1).optional(),
    /** What its companions were, as `GROUP@@name ip:port`, when the plan was made: what has come or gone since is named. */
    found: z.record(z.string(), z.array(z.string())).optional(),
    /** What the service had when the plan was made, by `ip:port`: also what is not rolled. `plan diff` compares with it. */
    seen: z.record(z.string(), seen).optional(),
    order: z
      .strictObject({
        by: z.enum(['ip', 'weight', 'cluster', 'metadata', 'traffic', 'given']),
        key: z.string().optional(),
      })
      .optional(),
    /** What stands before, between or after its batches. */
    gates: serviceGatesSchema.optional(),
    ...settings,
  })
  .refine((entry) => entry.service !== '*' || entry.hosts !== undefined, {
    path: ['service'],
    error: '* means any service, with hosts beside it',
  });

const stage = z
  .strictObject({
    name: z.string().min(1).optional(),
    services: z.array(service).min(1).default([]),
    /** Its services go in step, a batch of each at a time; else one service after the other. */
    sideBySide: z.boolean().optional(),
    /** What stands around it, its services and their batches. */
    gates: stageGatesSchema.optional(),
    /** In place of services: what is no service of Nacos is rolled by a command. */
    ...stageCommandFields,
  })
  .refine(
    ({ services, run, argv }) =>
      [services.length > 0, run !== undefined, argv !== undefined].filter(Boolean).length === 1,
    'a stage has services, or in place of them one command: run: ./deploy-front-end.sh, or argv',
  );

/** A plan as people write and save it; `makePlan` turns it into a plan with what Nacos lists. */
export const planFileSchema = z
  .strictObject({
    version: z.literal(1),
    profile: z.string().min(1).optional(),
    defaults: z.strictObject(settings).optional(),
    stages: z
      .array(stage)
      .min(1, 'a plan has at least one stage')
      .refine(
        (stages) => stages.length === 0 || stages.some(({ services }) => services.length > 0),
        'a plan has at least one stage with services',
      ),
    /** What stands around the rollout, its stages, their services and batches. */
    gates: planGatesSchema.optional(),
    onFailure: z.enum(['stop', 'continue']).optional(),
    /** How many targets may fail before it stops all the same; says `onFailure: continue` too. */
    maxFailures: maxFailuresFileSchema.optional(),
    /** How long after its beginning, or when, nothing new begins any more. */
    deadline: deadlineFileSchema.optional(),
    onUnknown: z.enum(['ask', 'again']).optional(),
    /** What to do with instances that are off already. */
    alreadyOff: z.enum(['leave-out', 'take-along']).optional(),
    decideWithin: duration.optional(),
    /** Commands that run beside the rollout when it is paused, a step failed for good, it stands still, or it is over. */
    on: occasionsFileSchema.optional(),
    /** Who is told of the rollout, and of what; by default when it is paused, a step failed, it stands still or is over. */
    notify: notifyFileSchema.optional(),
    /** What those who are told read; by default the language of who starts it. */
    language: z.enum(['en', 'zh-CN']).optional(),
  })
  .refine(agreesOnFailure, failuresDisagree);

export type PlanFile = z.infer<typeof planFileSchema>;

/** As it is put into a file: nothing says that a stage has no services. */
export function writtenPlan(file: PlanFile): z.input<typeof planFileSchema> {
  const stages = file.stages.map(({ services, ...stage }) =>
    services.length === 0 ? stage : { ...stage, services },
  );
  return { ...file, stages };
}

export type PlanFileService = PlanFile['stages'][number]['services'][number];

export type Seen = z.infer<typeof seen>;
