import type { Expectation, Reading } from '../core/event/failure.ts';

const foundMax = 60;

/** `found`: of an answer its beginning, in one line. */
export function unexpectedReading(expected: Expectation, found: string): Reading {
  const line = found
    .slice(0, foundMax * 4)
    .replaceAll(/\s+/g, ' ')
    .trim();
  const short = line.length > foundMax ? `${line.slice(0, foundMax)}…` : line;
  return { kind: 'unexpected', expected, found: short.toWellFormed() };
}
