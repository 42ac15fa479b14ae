import { evidenceText } from '../../core/drain/evidence-text.ts';
import type { CallsSeen } from '../../core/drain/calls-seen.ts';
import type { Drain } from '../../core/plan/plan.ts';
import { callsOf, judgeDrain } from '../context/call-book.ts';
import type { Context } from '../context/context.ts';
import { untilLetGo } from './commands/let-go.ts';

/** How often the rule is asked. */
const judgeEveryMs = 100;
/** Of a thousand callers it thinks for a while, and what keeps others out must have its turn: a tenth of the time at most. */
const pauseForEach = 10;
/** How often it is said that a drain goes on. */
const tellAgainMs = 30_000;
const rateSeconds = 5;
const mostCallers = 5;

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
  await untilLetGo(context, name, signal);
  if (signal.aborted) return;
  const { ms, watch } = context.target(name).drain;
  // Whatever made it begin anew, what a person gave it holds.
  const totalMs = context.state(name).drainTotalMs;
  const began = clock.monotonic();
  const evidence = watch === undefined ? {} : { evidence: watch.evidence.map(evidenceText) };
  context.record({ type: 'drain-began', target: name, attempt, totalMs, ...evidence });
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
  let toldMs = Number.NEGATIVE_INFINITY;
  for (;;) {
    if (signal.aborted) return;
    const nowMs = clock.monotonic();
    // Whoever extends it wants more time, whatever the evidence says.
    const extendedMs = context.state(name).drainTotalMs - presetMs;
    const ceilingMs = watch.ceilingMs + extendedMs;
    const verdict = judgeDrain(book, name, target(name).registrations.length, {
      nowMs,
      beganMs: began,
      floorMs: watch.floorMs + extendedMs,
      presetMs: presetMs + extendedMs,
      ceilingMs,
      certainty: watch.certainty,
      slowestPerSecond: watch.slowestPerSecond,
    });
    const ms = Math.round(nowMs - began);
    const thoughtMs = clock.monotonic() - nowMs;
    if (verdict.kind === 'wait') {
      if (ms >= presetMs + extendedMs && ms >= toldMs + tellAgainMs) {
        toldMs = ms;
        const active = activeOf(context, name);
        const calls = goingOn(callsOf(book, name, verdict, began, nowMs));
        context.record({ type: 'drain-prolonged', target: name, attempt, ms, ceilingMs, active, ...calls });
      }
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

/** Who called since it went off, those who called last first; and the calls a second of the last few. */
function goingOn({ callers, perSecond }: CallsSeen): {
  readonly callers: readonly { readonly caller: string; readonly source: string }[];
  readonly perSecond: number;
} {
  // The second that is not over would look like less.
  const latest = perSecond.counts.slice(0, -1).slice(-rateSeconds);
  const sum = latest.reduce((total, count) => total + count, 0);
  return {
    callers: callers
      .filter(({ callsSince }) => callsSince > 0)
      .slice(0, mostCallers)
      .map(({ caller, source }) => ({ caller, source })),
    perSecond: latest.length === 0 ? 0 : Math.round((sum / latest.length) * 10) / 10,
  };
}

function activeOf({ calls }: Context, name: string): number {
  return Math.max(0, ...(calls.get(name)?.sources ?? []).map(({ tally }) => tally.active ?? 0));
}
