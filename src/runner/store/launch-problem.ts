import * as z from 'zod';
import { decisionSchema } from '../../core/event/event-parts.ts';
import type { Writer } from './lock.ts';

const id = z.string();

/** Why a runner could not be started or reached, or is of no more use. */
export const launchProblemSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('locked'),
    by: z.string(),
    since: z.string(),
    service: z.string(),
    id,
  }),
  /** Somebody carries it on, mends it or gives it up just now: two would spoil its journal. */
  z.object({ kind: z.literal('journal-held'), id, by: z.string(), since: z.string() }),
  z.object({ kind: z.literal('no-such-rollout'), id }),
  z.object({ kind: z.literal('no-runner'), id }),
  z.object({ kind: z.literal('still-running'), id }),
  /** Its runner was on another machine that shares this state directory, and whether it lives cannot be told here. */
  z.object({ kind: z.literal('elsewhere'), id, host: z.string() }),
  z.object({ kind: z.literal('already-ended'), id }),
  z.object({ kind: z.literal('unreadable-journal'), id, line: z.number(), detail: z.string() }),
  z.object({ kind: z.literal('newer-journal'), id, version: z.number() }),
  /** Neither XDG_STATE_HOME nor a home: there is no place for journals. */
  z.object({ kind: z.literal('no-home') }),
  z.object({
    kind: z.literal('unreadable-state'),
    path: z.string(),
    detail: z.string(),
    id: id.exactOptional(),
  }),
  /** Somebody else could have written it. `detail`: whose it is, or who may write to it. */
  z.object({ kind: z.literal('not-ours'), path: z.string(), detail: z.string() }),
  z.object({ kind: z.literal('cannot-write'), path: z.string(), detail: z.string() }),
  /** Of those that wait for one, `stuck`, it is none; or it is one, and as it stands this cannot be decided. */
  z.object({
    kind: z.literal('decision-refused'),
    target: z.string(),
    decision: decisionSchema,
    stuck: z.array(z.string()).readonly(),
    /** It has come to its end, as something was decided about it before, by a person or the plan. */
    isThrough: z.literal(true).exactOptional(),
  }),
  /** There is no gate to be passed, or what runs there comes to its end first. */
  z.object({ kind: z.literal('not-at-gate'), id }),
  z.object({ kind: z.literal('password-needed'), user: z.string() }),
  z.object({ kind: z.literal('runner-failed'), detail: z.string() }),
  /** An assumption of ours was broken. */
  z.object({ kind: z.literal('runner-crashed'), id }),
  /** It says what we do not know: it is of another version than we are. */
  z.object({ kind: z.literal('unreadable-runner'), id, detail: z.string() }),
]);
export type LaunchProblem = z.infer<typeof launchProblemSchema>;

export function cannotWrite(path: string, error: unknown): LaunchProblem {
  return { kind: 'cannot-write', path, detail: (error as Error).message };
}

export function journalHeld({ id, by, since }: Writer): LaunchProblem {
  return { kind: 'journal-held', id, by, since };
}
