import * as z from 'zod';
import { reachedSchema } from '../../core/registry/connection-spec.ts';
import { planSchema } from '../../core/plan/plan.ts';
import { decisionSchema } from '../../core/event/event-parts.ts';
import { launchProblemSchema } from '../store/launch-problem.ts';

const common = {
  id: z.string(),
  by: z.string(),
  host: z.string(),
  isAttended: z.boolean(),
  /** As typed at a prompt. It goes through a pipe, and is written nowhere. */
  typedPassword: z.string().optional(),
};

/** What a face gives to the runner that it starts, on its standard input. */
export const handOverSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    ...common,
    plan: planSchema,
    reached: reachedSchema,
    nodes: z.array(z.string()).min(1),
    workingDirectory: z.string(),
    world: z.enum(['real', 'rehearsal']),
  }),
  z.object({
    kind: z.literal('resume'),
    ...common,
    /** Nothing goes forward: what is well is put back, and the rollout ends. */
    isPuttingBack: z.boolean(),
    /** As a stamp: it holds instead of the plan's. */
    deadline: z.string().optional(),
    decisions: z.array(z.object({ target: z.string(), decision: decisionSchema })).optional(),
    /** It goes on beyond the gate at which it stands. */
    isPassingGate: z.boolean().optional(),
  }),
]);
export type HandOver = z.infer<typeof handOverSchema>;

/** The runner's one line on its standard output, before it lets go of it. */
export const handOverAnswerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), problem: launchProblemSchema }),
]);
export type HandOverAnswer = z.infer<typeof handOverAnswerSchema>;
