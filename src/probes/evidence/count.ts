import type { CallReading } from '../../core/drain/call-tally.ts';
import type { Expectation, Reading } from '../../core/event/failure.ts';
import type { EvidenceReading } from '../../world/world.ts';
import { unexpectedReading } from '../found.ts';

/** A number that counts, as a text or a value may hold it; undefined for one that is negative, or too large to be exact. */
export function countOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && numberForm.test(value) ? Number(value) : value;
  return typeof number === 'number' && number >= 0 && number <= Number.MAX_SAFE_INTEGER ? number : undefined;
}

/** As Prometheus and shells print one, `1.27e+03` and `+Inf` among them. */
export const numberForm = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

export function unexpected(expected: Expectation, found: string): EvidenceReading & { kind: 'failed' } {
  return failed(unexpectedReading(expected, found));
}

export function failed(why: Reading): EvidenceReading & { kind: 'failed' } {
  return { kind: 'failed', why };
}

/** Who stands for all callers where they are not told apart. */
export const everyCaller = 'all';

export function totalReading(value: number): EvidenceReading {
  const counters = [{ caller: everyCaller, key: '', value }];
  return { kind: 'read', reading: { unit: 'calls', isPerCaller: false, counters } satisfies CallReading };
}
