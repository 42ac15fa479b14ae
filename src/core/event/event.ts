import * as z from 'zod';
import { firstIssue } from '../text/first-issue.ts';
import { drainFacts } from './drain-facts.ts';
import { gateFacts } from './gate-facts.ts';
import { rolloutFacts } from './rollout-facts.ts';
import { stepFacts } from './step-facts.ts';
import { writeFacts } from './write-facts.ts';

/** The version that new journals are written in. A reader takes this one and every older one. */
export const eventVersion = 1;

const facts = { ...rolloutFacts, ...gateFacts, ...stepFacts, ...drainFacts, ...writeFacts } as const;

export type EventType = keyof typeof facts;
export type Facts = { [Type in EventType]: z.infer<(typeof facts)[Type]> };

/** What is recorded, before it has a place and a time in the journal. */
export type Fact = { [Type in EventType]: { readonly type: Type } & Facts[Type] }[EventType];
export type FactOf<Type extends EventType> = Extract<Fact, { type: Type }>;
/** A write that begins, or its outcome. */
export type WriteFact = FactOf<'write-began' | 'write-ended'>;

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
