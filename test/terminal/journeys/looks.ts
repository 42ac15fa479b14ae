import { readFileSync } from 'node:fs';
import stringWidth from 'string-width';
import { expect } from 'vitest';
import type { TerminalSession } from '../../support/terminal/terminal.ts';
import { until } from '../../support/time/until.ts';
import type { Stage } from './journey.ts';

/** What sets the colour of a letter, or of what is behind it. */
const colour = new RegExp(String.raw`\x1b\[(?:\d+;)*(?:3\d|4\d|9\d|10\d)(?:;\d+)*m`);

/** What holds for every screen of every journey and does not here, if only because a frame is still on its way. */
export function flawsOf({ at, words }: Stage): readonly string[] {
  const { terminal } = at;
  const rows = at.screen().split('\n');
  const [header = ''] = rows;
  const footer = rows.at(-1) ?? '';
  const { help, back, keep, yes } = words.commands.names;
  const isOneOf = (ends: readonly string[], text: string): boolean => ends.some((end) => text.includes(end));
  const holds: readonly (readonly [string, boolean])[] = [
    ['it has the alternate screen', terminal.buffer.active.type === 'alternate'],
    ['no row is wider than the screen', !hasFoldedRow(at)],
    ['the header is as wide as the screen', fits(at)],
    ['the header says which world it is', isOneOf(Object.values(words.screens.worlds), header)],
    // Nothing is written into the last row: a terminal might scroll.
    ['the footer is in its place', rows.length === terminal.rows - 1],
    [
      'the footer names its keys',
      isOneOf(
        [help, back, keep, yes].map(([short]) => short),
        footer,
      ) || at.screen().includes(words.screens.frozen),
    ],
  ];
  return holds.filter(([, isSo]) => !isSo).map(([what]) => what);
}

/** With NO_COLOR nothing that was written has a colour. */
export function expectColours({ at, setting }: Stage, what: string): void {
  expect(colour.test(at.raw()), `${what}: colours`).toBe(setting.hasColor);
}

/** The header is drawn for this width. */
function fits(at: TerminalSession): boolean {
  return stringWidth(at.screen().split('\n')[0] ?? '') === at.terminal.cols - 1;
}

/** Whether the terminal had to break one. */
function hasFoldedRow({ terminal }: TerminalSession): boolean {
  const { active } = terminal.buffer;
  return Array.from({ length: terminal.rows }, (_, row) => active.viewportY + row).some(
    (row) => active.getLine(row)?.isWrapped === true,
  );
}

const triesMax = 3;

/**
 * The screen is what the console draws who begins with an empty one: as it does after it was suspended. What has changed
 * by itself in between does so once, what is left over each time.
 */
export async function expectNothingLeft(stage: Stage): Promise<void> {
  const { at } = stage;
  for (let tries = 1; ; tries += 1) {
    const before = timeless(at);
    await suspendAndGoOn(stage);
    const after = timeless(at);
    if (tries === triesMax) expect(before).toEqual(after);
    if (before.join('\n') === after.join('\n')) return;
    const { cols, rows } = at.terminal;
    for (const columns of [cols - 1, cols]) {
      at.resize(columns, rows);
      await until(() => flawsOf(stage).length === 0);
    }
  }
}

/** The rows without what time alone changes: numbers, and the bars that are drawn of them. */
function timeless(at: TerminalSession): readonly string[] {
  return at
    .screen()
    .split('\n')
    .map((row) => row.replace(/[\d\u2580-\u259f]/gu, '').replace(/ +/g, ' '));
}

async function suspendAndGoOn(stage: Stage): Promise<void> {
  const { at } = stage;
  const isStopped = (): boolean =>
    / T /.test(readFileSync(`/proc/${at.pid}/stat`, 'utf8').replace(/^.*\)/, ''));
  at.press('\x1a');
  await until(isStopped);
  at.kill('SIGCONT');
  await until(() => at.raw().lastIndexOf('\x1b[?1049h') > at.raw().lastIndexOf('\x1b[?1049l'));
  await until(() => flawsOf(stage).length === 0);
}
