import type { CallReading } from './call-tally.ts';
import type { Consumer } from './consumers.ts';
import type { Doubt } from './drain-verdict.ts';

/** What was read of one registration while it was on: one entry a source that could be read. */
export type TriedRegistration = {
  readonly readings: readonly Pick<CallReading, 'isPerCaller'>[];
  readonly consumers: readonly Consumer[] | undefined;
};

/**
 * Why evidence may lengthen a drain of these registrations and not shorten it, as far as can be known before it begins;
 * empty where it can shorten. The drain judges again, by what it sees then.
 */
export function lengthensOnlyBecause(
  registrations: readonly TriedRegistration[],
  slowestPerSecond: number | undefined,
): readonly Doubt[] {
  return [...new Set(registrations.flatMap((one) => doubtOf(one, slowestPerSecond) ?? []))];
}

function doubtOf(
  { readings, consumers }: TriedRegistration,
  slowestPerSecond: number | undefined,
): Doubt | undefined {
  if (readings.length === 0) return 'uncovered';
  if (consumers === undefined) return 'unknown-consumers';
  if (consumers.length === 0) return 'unseen-consumer';
  if (consumers.length === 1 || slowestPerSecond !== undefined) return undefined;
  const addresses = new Set(consumers.map(({ address }) => address));
  const areApart = addresses.size === consumers.length && readings.some(({ isPerCaller }) => isPerCaller);
  return areApart ? undefined : 'several-consumers';
}
