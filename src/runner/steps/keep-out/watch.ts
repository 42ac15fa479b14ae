import type { Failure } from '../../../core/event/failure.ts';
import type { Context } from '../../context/context.ts';
import { pacedMs } from '../../context/paced.ts';

const pollMs = 1000;

export type Recount = (context: Context, name: string) => Promise<Failure | 'go' | 'unknown'>;

export type Watch = {
  readonly context: Context;
  readonly name: string;
  readonly signal: AbortSignal;
  /** Whether the guard lets it go off, by what is listed now. */
  readonly recount: Recount;
  /** Who was away for a moment is still off: the server remembers it. */
  readonly mayRest: boolean;
  readonly heldAt: Map<number, number>;
  /** When a look last showed it off, or gone. */
  readonly offAt: Map<number, number>;
  /** Until when a look, or what nodes tell, would have shown it on. */
  readonly seenMs: Map<number, number>;
  /** Which nobody answers for; `isLost`: every node counted as lost meanwhile, and what drains does so anew when one is back. */
  readonly blind: Map<number, { readonly isLost: boolean }>;
  /** When what drains was last said to do so anew, for all registrations of the target. */
  anewMs: number;
  /** Since when it was seen on; `isAtLeast`: it may have been on before. */
  readonly exposed: Map<number, { readonly atMs: number; readonly isAtLeast: boolean }>;
  /** When its last exposure was over. */
  readonly endedAt: Map<number, number>;
  /** What each node listed at its address when it last answered. */
  readonly listedBefore: Map<number, ReadonlyMap<string, ReadonlySet<string>>>;
};

/** Many registrations are looked at more seldom. */
export function everyMsOf({ context, name }: Watch): number {
  return pacedMs(pollMs, context.target(name).registrations.length);
}
