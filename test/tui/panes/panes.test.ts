import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellsOf, charactersOf } from '../../../src/core/text/cells.ts';
import type { PaneName } from '../../../src/tui/model/place.ts';
import { layoutFor, panesIn } from '../../../src/tui/panes/layouts.ts';
import { screenOf } from '../../../src/tui/model/navigation.ts';
import { frame } from '../../../src/tui/screens/frame.ts';
import { deployFailed, disabledAndDraining, first, openRollout, second } from '../support/open-rollout.ts';
import { observed } from '../support/usual-plan.ts';
import { expectHarmless, hostile, windows } from './hostile-frame.ts';

const size = { columns: 110, rows: 30 };
const focused = /▸ (Targets|Timeline|Consumers|What happened|Output)/;

test('a window of 110×30 has panes, a smaller one says what it takes', async () => {
  const opened = await openRollout({ size });
  disabledAndDraining(opened.link, first);
  for (const title of ['▸ Targets ─', '─ What happened ─', '─ Output ─'])
    expect(opened.screen()).toContain(title);
  for (const [columns, rows] of [
    [109, 30],
    [110, 29],
  ] as const) {
    opened.resize(columns, rows);
    expect(opened.screen()).not.toContain('What happened');
    await opened.press('tab');
    await opened.sees('from 110 × 30');
  }
});

test('tab and shift-tab go round the panes, and the one that has the keys is marked', async () => {
  const opened = await openRollout({ size });
  disabledAndDraining(opened.link, first);
  const seen: (string | undefined)[] = [];
  for (const key of ['tab', 'tab', 'tab', 'shift-tab', 'shift-tab']) {
    await opened.press(key);
    seen.push(focused.exec(opened.screen())?.[1]);
  }
  expect(seen).toEqual(['Timeline', 'Consumers', 'What happened', 'Consumers', 'Timeline']);
  expect(opened.screen().split('▸ Timeline')).toHaveLength(2);
});

test('z lets a pane fill the screen, esc and z bring the others back', async () => {
  const opened = await openRollout({ size });
  disabledAndDraining(opened.link, first);
  await opened.press('shift-tab', 'shift-tab', 'z');
  await opened.sees('▸ What happened');
  expect(opened.screen()).not.toContain('Targets');
  expect(opened.screen().split('\n')).toHaveLength(29);
  await opened.press('esc');
  await opened.sees('─ Targets');
  await opened.press('z', 'z');
  await opened.sees('─ Targets');
});

test('the keys that move scroll the pane that has them, and move no cursor', async () => {
  const opened = await openRollout({ size });
  const cursor = (): unknown => screenOf(opened.store.model());
  for (let attempt = 1; attempt < 40; attempt += 1)
    opened.link.say({ type: 'drain-began', target: second, attempt, totalMs: attempt * 1000 });
  await opened.sees('39 s');
  expect(opened.screen()).toMatch(/… \d+ above/);
  await opened.press('shift-tab', 'shift-tab', 'g');
  await opened.sees(/… \d+ more/);
  expect(opened.screen()).toContain('rollout of 3 targets planned');
  expect(cursor()).toMatchObject({ isFollowing: true, panes: { scrolled: { happened: 0 } } });
  await opened.press('end');
  expect(opened.screen()).toMatch(/… \d+ above/);
  await opened.press('up');
  opened.link.say({ type: 'drain-began', target: second, attempt: 40, totalMs: 40_000 });
  expect(opened.screen()).not.toMatch(/What happened[^]* 40 s/);
  await opened.press('down', 'down', 'down', 'down');
  await opened.sees(/What happened[^]* 40 s/);
  await opened.press('tab', 'tab', 'down');
  expect(cursor()).toMatchObject({ isFollowing: false, cursor: 2 });
});

test('a question in front leaves the pane that has the keys, and decides as ever', async () => {
  const opened = await openRollout({ size });
  deployFailed(opened.link, first);
  await opened.second();
  await opened.press('tab', 'x');
  await opened.sees('Leave this one off');
  await opened.press('y');
  expect(opened.link.orders).toEqual([{ type: 'decide', target: first, decision: 'leave-off', attempt: 1 }]);
});

function cellAt(text: string, cells: number): string | undefined {
  return charactersOf(text).find((_, at, all) => cellsOf(all.slice(0, at + 1).join('')) > cells);
}

test.each([
  ['en', true],
  ['zh-CN', true],
  ['zh-CN', false],
] as const)(
  'no pane is wider than it is given or obeys what others said, in %s, UTF-8 %s',
  async (language, isUtf8) => {
    const opened = await openRollout({ size: { columns: 160, rows: 50 }, language, isUtf8 });
    opened.link.observe(observed(['a', 'b'], () => ({ metadata: { version: hostile } })));
    deployFailed(opened.link, first);
    opened.link.say({ type: 'paused', why: 'asked', by: hostile });
    const path = '/state/7f3a/deploy-1/output.log';
    opened.store.dispatch({ type: 'tail-read', path, text: hostile.repeat(300) });
    const model = opened.store.model();
    const [place] = model.places.slice(-1);
    fc.assert(
      fc.property(...windows, fc.nat(), (columns, rows, isZoomed, at) => {
        const split = layoutFor(screenOf(model), { columns, rows });
        const names: readonly PaneName[] = split === undefined ? [] : panesIn(split);
        const panes = { isZoomed, focused: names.at(at % Math.max(1, names.length)), scrolled: {} };
        const places = [{ ...place, panes } as (typeof model.places)[0]] as const;
        const seen = frame({ ...model, size: { columns, rows }, places });
        const lines = expectHarmless(seen, columns, rows);
        if (isZoomed) return;
        // The wall between two panes stands in one column, whatever is written in them.
        const title = lines.findIndex((line) => /. (Output|输出) /.test(line));
        const wall = cellsOf((lines[title] ?? '').split(/. (Output|输出) /u)[0] ?? '') - 1;
        for (const line of lines.slice(title, title + 3)) expect(cellAt(line, wall)).toMatch(/[│|]/);
      }),
      { numRuns: 60 },
    );
  },
);
