import type { IBufferCell } from '@xterm/headless';
import type { TerminalSession } from './terminal.ts';

const cellWidth = 8.4;
export const lineHeight = 18;
const padding = 12;
const palette = ['#1e1e1e', '#f48771', '#89d185', '#e2c08d', '#6fb3f2', '#d3a0e8', '#66d9e8', '#d4d4d4'];
const bright = ['#808080', '#ff9d8a', '#a5e8a0', '#f2d8a8', '#8cc8ff', '#e6bdf5', '#8ae9f5', '#ffffff'];

/** What every picture of a terminal has its text in. */
export const textStyle = `font-family="ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace" font-size="14" xml:space="preserve"`;

/** Browsers have a rule of their own for text, so what its group says of blanks does not reach it. */
export const textRule = 'text{white-space:pre}';

export function sizeOf(columns: number, rows: number): { width: number; height: number } {
  return { width: Math.round(columns * cellWidth + 2 * padding), height: rows * lineHeight + 2 * padding };
}

/** A picture of what the terminal shows: text in its colours, nothing drawn by hand. */
export function screenSvg({ terminal }: Pick<TerminalSession, 'terminal'>, title: string): string {
  const { width, height } = sizeOf(terminal.cols, terminal.rows);
  const lines = Array.from({ length: terminal.rows }, (_, row) => lineSvg(terminal, row)).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<style>${textRule}</style>
<rect width="100%" height="100%" rx="8" fill="${palette[0]}"/>
<g ${textStyle}>
${lines}
</g>
</svg>
`;
}

type Run = { text: string; column: number; style: string };

/** A line of the screen; `at` is the row that it is drawn in. */
export function lineSvg(terminal: TerminalSession['terminal'], row: number, at = row): string {
  const { active } = terminal.buffer;
  const line = active.getLine(active.viewportY + row);
  const runs: Run[] = [];
  for (let column = 0; column < terminal.cols; column++) {
    const cell = line?.getCell(column);
    if (cell === undefined || cell.getWidth() === 0) continue;
    const text = cell.getChars() || ' ';
    const style = styleOf(cell);
    const last = runs.at(-1);
    // A wide character begins a run of its own, so that no font moves what follows.
    if (
      last !== undefined &&
      last.style === style &&
      cell.getWidth() === 1 &&
      !/[^\x20-\x7e]/.test(last.text.slice(-1))
    )
      last.text += text;
    else runs.push({ text, column, style });
  }
  const y = padding + at * lineHeight + 14;
  return runs
    .filter((run) => run.text.trim() !== '')
    .map(
      (run) =>
        `<text x="${(padding + run.column * cellWidth).toFixed(1)}" y="${y}" ${run.style}>${escaped(run.text.trimEnd())}</text>`,
    )
    .join('');
}

function styleOf(cell: IBufferCell): string {
  const colour = cell.isFgPalette() ? paletteColour(cell.getFgColor()) : '#d4d4d4';
  const weight = cell.isBold() ? ' font-weight="bold"' : '';
  const dim = cell.isDim() ? ' opacity="0.6"' : '';
  const fill = cell.isInverse() ? `fill="#ffffff" text-decoration="underline"` : `fill="${colour}"`;
  return `${fill}${weight}${dim}`;
}

function paletteColour(index: number): string {
  return (index < 8 ? palette[index] : bright[index - 8]) ?? '#d4d4d4';
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
