import { evidenceText } from '../../core/drain/evidence.ts';
import type { Drain } from '../../core/plan/plan.ts';
import { callsOf, judgeDrain } from '../context/call-book.ts';
import type { Context } from '../context/context.ts';

const lookAgainMs = 1000;
/** How often the rule is asked. */
const judgeEveryMs = 100;
/** Of a thousand callers it thinks for a while, and what keeps others out must have its turn: a tenth of the time at most. */
const pauseForEach = 10;

/**
 * Waits until the slowest consumer has let go: for the preset's time, or as long as the evidence says. Skipping it is an
 * event, after which this effect is no longer wanted.
 */
export async function drain(
  context: Context,
  name: string,
  attempt: number,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = context.world;
  // Nothing drains while it is still being called.
  while (context.state(name).registrations.some((registration) => registration.isExposed)) {
    if (signal.aborted) return;
    await context.sleepOrEvent(lookAgainMs, signal);
  }
  if (signal.aborted) return;
  const { ms, watch } = context.target(name).drain;
  const began = clock.monotonic();
  const evidence = watch === undefined ? {} : { evidence: watch.evidence.map(evidenceText) };
  context.record({ type: 'drain-began', target: name, attempt, totalMs: ms, ...evidence });
  const step = { name, attempt, began, signal };
  await (watch === undefined ? byTime(context, step) : byEvidence(context, step, ms, watch));
}

type DrainStep = {
  readonly name: string;
  readonly attempt: number;
  readonly began: number;
  readonly signal: AbortSignal;
};

async function byTime(context: Context, { name, attempt, began, signal }: DrainStep): Promise<void> {
  const { clock } = context.world;
  for (;;) {
    const remainingMs = context.state(name).drainTotalMs - (clock.monotonic() - began);
    if (signal.aborted) return;
    if (remainingMs <= 0) break;
    // An extension is an event, and wakes us.
    await context.sleepOrEvent(remainingMs, signal);
  }
  context.record({ type: 'drain-ended', target: name, attempt, ms: Math.round(clock.monotonic() - began) });
}

async function byEvidence(
  context: Context,
  { name, attempt, began, signal }: DrainStep,
  presetMs: number,
  watch: NonNullable<Drain['watch']>,
): Promise<void> {
  const { clock } = context.world;
  const { calls: book, target } = context;
  for (;;) {
    if (signal.aborted) return;
    const nowMs = clock.monotonic();
    // Whoever extends it wants more time, whatever the evidence says.
    const extendedMs = context.state(name).drainTotalMs - presetMs;
    const verdict = judgeDrain(book, name, target(name).registrations.length, {
      nowMs,
      beganMs: began,
      floorMs: watch.floorMs + extendedMs,
      presetMs: presetMs + extendedMs,
      ceilingMs: watch.ceilingMs + extendedMs,
      certainty: watch.certainty,
      slowestPerSecond: watch.slowestPerSecond,
    });
    const ms = Math.round(nowMs - began);
    const thoughtMs = clock.monotonic() - nowMs;
    if (verdict.kind === 'wait') {
      await context.sleepOrEvent(Math.max(judgeEveryMs, thoughtMs * pauseForEach), signal);
      continue;
    }
    const calls = callsOf(book, name, verdict, began, nowMs);
    switch (verdict.kind) {
      case 'quiet':
      case 'over': {
        const endedBy = verdict.kind === 'quiet' ? 'quiet' : 'time';
        const { certainty } = watch;
        return context.record({ type: 'drain-ended', target: name, attempt, ms, endedBy, certainty, calls });
      }
      case 'still-called': {
        const why = { kind: 'still-called', afterMs: ms, calls, active: activeOf(context, name) } as const;
        return context.record({ type: 'step-failed', target: name, step: 'drain', attempt, ms, why });
      }
    }
  }
}

function activeOf({ calls }: Context, name: string): number {
  return Math.max(0, ...(calls.get(name)?.sources ?? []).map(({ tally }) => tally.active ?? 0));
}
