import { z } from 'zod';

const targetSchema = z.object({
  instance: z.string(),
  /** From the begin of the method; without a disable that of the deploy. */
  beganSeconds: z.number(),
  /** From the disable until the last call reached the old process; nothing without a disable. */
  lastCallSeconds: z.number().optional(),
  /** From the disable until the deploy began. */
  waitedSeconds: z.number().optional(),
  /** What was waited beyond the last call, or beyond the floor where that is later; less than 0: called until the end. */
  beyondSeconds: z.number().optional(),
  deploySeconds: z.number(),
  /** From the begin of the method until it was on again, or redeployed. */
  endedSeconds: z.number(),
});
export type TargetResult = z.infer<typeof targetSchema>;

const runResultSchema = z.object({
  gateway: z.string(),
  method: z.string(),
  run: z.number(),
  at: z.string(),
  exitCode: z.number().nullable(),
  requests: z.number(),
  failed: z.number(),
  outcomes: z.record(z.string(), z.number()),
  p50Ms: z.number(),
  p99Ms: z.number(),
  totalSeconds: z.number(),
  targets: z.array(targetSchema),
  weights: z.array(z.number()),
  isAllOn: z.boolean(),
  /** Requests that were begun in each second of the run, and how many of them failed. */
  perSecond: z.array(z.tuple([z.number(), z.number()])),
  /** Of the machine, over a minute, in the end: what else it had to do. */
  loadAverage: z.number(),
});
export type RunResult = z.infer<typeof runResultSchema>;

export const reportSchema = z.object({
  at: z.string(),
  machine: z.string(),
  requestsPerSecond: z.number(),
  runs: z.array(runResultSchema),
});
export type Report = z.infer<typeof reportSchema>;
