import type { CallsSeen } from '../../core/drain/calls-seen.ts';
import { timeEn as time } from '../grammar/time-words.ts';

/** `99.9%`. */
export function certaintyText(certainty: number): string {
  return `${Number((certainty * 100).toFixed(4))}%`;
}

/** When the last call arrived that any source saw; empty where none did. */
export function lastCall(calls: CallsSeen | undefined): string {
  const lastMs = Math.max(...(calls?.callers ?? []).map((caller) => caller.lastMs));
  if (!Number.isFinite(lastMs)) return '';
  return lastMs > 0
    ? `; the last call arrived ${time(lastMs)} after it went off`
    : '; no call was seen after it went off';
}

/** Who called since it went off. */
export function stillCalling({ callers }: CallsSeen): string {
  return callersText(callers.filter(({ callsSince }) => callsSince > 0));
}

type Named = { readonly caller: string; readonly source: string };

/** ` by 10.0.0.9 (connections)`, or the source that does not tell callers apart; empty where nobody is named. */
export function callersText(late: readonly Named[]): string {
  if (late.length === 0) return '';
  if (late.every(({ caller }) => caller === 'all'))
    return ` (${late.map(({ source }) => source).join(', ')})`;
  const told = late
    .slice(0, 5)
    .map(({ caller, source }) => (caller === 'all' ? source : `${caller} (${source})`));
  return ` by ${told.join(', ')}${late.length > told.length ? ', …' : ''}`;
}

/** Why silence is no proof, as the end of a sentence. */
export const drainDoubts: Readonly<Record<CallsSeen['doubts'][number], string>> = {
  'not-watched': 'the evidence has gaps',
  'unknown-consumers': 'nobody knows who subscribes',
  'several-consumers': 'the evidence does not tell its consumers apart',
  'unseen-consumer': 'a consumer is not known, or its calls were hardly seen',
  uncovered: 'no evidence tells of one of its registrations',
};
