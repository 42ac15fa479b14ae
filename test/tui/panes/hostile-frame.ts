import * as fc from 'fast-check';
import { expect } from 'vitest';
import { cellsOf } from '../../../src/core/text/cells.ts';
import { type Line, lineText } from '../../../src/tui/draw/line.ts';

/** What a registry or an operator may have called something: it clears, titles, rings, turns round, and is wide. */
export const hostile = '\x1b[2J\x1b]0;x\x07\u202e开始部署\t实例👩\u200d👩\u200d👧 \r\n';

/** Windows with panes, and whether one of them fills it. */
export const windows = [
  fc.integer({ min: 110, max: 220 }),
  fc.integer({ min: 30, max: 60 }),
  fc.boolean(),
] as const;

/** Every row is there and within the window, and none holds what a terminal would obey. Gives them as they are read. */
export function expectHarmless(frame: readonly Line[], columns: number, rows: number): readonly string[] {
  const lines = frame.map(lineText);
  expect(lines).toHaveLength(rows - 1);
  for (const line of lines) {
    expect(cellsOf(line)).toBeLessThanOrEqual(columns);
    expect(line).not.toMatch(/[\p{Cc}\u202e]/u);
  }
  return lines;
}
