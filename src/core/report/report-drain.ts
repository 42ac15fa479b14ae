import type { CallsSeen } from '../drain/calls-seen.ts';
import type { Event } from '../event/event.ts';

/** One drain of one target, and by what it was known that nobody calls any more. */
export type ReportedDrain = {
  readonly attempt: number;
  readonly beganAt: string;
  /** What would be waited by time alone, extensions included. */
  readonly presetMs: number;
  readonly ms: number | undefined;
  /** `open`: its end is not in the journal. */
  readonly endedBy: 'quiet' | 'time' | 'skipped' | 'still-called' | 'open';
  /** What told of calls; empty where it ended by time alone. */
  readonly evidence: readonly string[];
  readonly certainty: number | undefined;
  /** What was seen by its end. */
  readonly calls: CallsSeen | undefined;
  /** Of the last call that any source saw, from its beginning; negative: before it. */
  readonly lastCallMs: number | undefined;
  /** Sources that told nothing from `at` on, until `returnedAt`, or to the end. */
  readonly lost: readonly {
    readonly at: string;
    readonly source: string;
    readonly registration: number;
    readonly returnedAt?: string;
  }[];
  /** Calls that arrived after its end; `ms` from there. */
  readonly calledAfter: readonly { readonly source: string; readonly count: number; readonly ms: number }[];
};

/** Every drain of a target, from its own events. Those of an older journal have no evidence. */
export function reportDrains(own: readonly Event[]): readonly ReportedDrain[] {
  const drains: ReportedDrain[] = [];
  const change = (more: (last: ReportedDrain) => Partial<ReportedDrain>): void => {
    const last = drains.at(-1);
    if (last !== undefined) drains.splice(-1, 1, { ...last, ...more(last) });
  };
  for (const event of own)
    switch (event.type) {
      case 'drain-began':
        drains.push(began(event));
        break;
      case 'drain-extended':
        change(({ presetMs }) => ({ presetMs: presetMs + event.byMs }));
        break;
      case 'drain-skipped':
        change(({ endedBy }) => (endedBy === 'open' ? { endedBy: 'skipped' } : {}));
        break;
      case 'evidence-lost':
        change(({ lost }) => {
          const { at, source, registration } = event;
          return { lost: [...lost, { at, source, registration }] };
        });
        break;
      case 'evidence-returned':
        change(({ lost }) => ({
          lost: lost.map((one) =>
            one.source === event.source &&
            one.registration === event.registration &&
            one.returnedAt === undefined
              ? { ...one, returnedAt: event.at }
              : one,
          ),
        }));
        break;
      case 'drain-ended': {
        const { ms, endedBy = 'time', certainty, calls } = event;
        change(() => ({ ms, endedBy, certainty, calls, lastCallMs: lastCallMs(calls) }));
        break;
      }
      case 'step-failed': {
        const { ms, why } = event;
        if (why.kind !== 'still-called') break;
        const { calls } = why;
        change(() => ({ ms, endedBy: 'still-called', calls, lastCallMs: lastCallMs(calls) }));
        break;
      }
      case 'called-after-drain': {
        const { source, count, ms } = event;
        change(({ calledAfter }) => ({ calledAfter: [...calledAfter, { source, count, ms }] }));
        break;
      }
      default:
        break;
    }
  return drains;
}

function began({ attempt, at, totalMs, evidence = [] }: Event & { type: 'drain-began' }): ReportedDrain {
  return {
    attempt,
    beganAt: at,
    presetMs: totalMs,
    ms: undefined,
    endedBy: 'open',
    evidence,
    certainty: undefined,
    calls: undefined,
    lastCallMs: undefined,
    lost: [],
    calledAfter: [],
  };
}

function lastCallMs(calls: CallsSeen | undefined): number | undefined {
  const callers = calls?.callers ?? [];
  return callers.length === 0 ? undefined : Math.max(...callers.map(({ lastMs }) => lastMs));
}
