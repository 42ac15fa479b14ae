import xterm, { type Terminal as Emulated } from '@xterm/headless';

const { Terminal } = xterm;

/** A terminal emulator that is fed by hand. */
export type Emulator = {
  readonly terminal: Emulated;
  /** Resolves when all of it was obeyed. */
  write(bytes: string): Promise<void>;
  /** The screen as a person sees it. */
  screen(): string;
  /** Each row with its colours and weights: equal for what looks the same. */
  cells(): readonly string[];
  readonly titles: readonly string[];
  readonly bells: () => number;
  /** What it would send back: answers to what it was asked. */
  readonly answers: readonly string[];
};

export function emulator(columns: number, rows: number): Emulator {
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
  const titles: string[] = [];
  const answers: string[] = [];
  let bells = 0;
  terminal.onTitleChange((title) => titles.push(title));
  terminal.onBell(() => (bells += 1));
  terminal.onData((answer) => answers.push(answer));
  return {
    terminal,
    write: (bytes) => new Promise((resolve) => terminal.write(bytes, resolve)),
    screen: () => screenOf(terminal),
    cells: () => Array.from({ length: terminal.rows }, (_, row) => rowOf(terminal, row)),
    titles,
    bells: () => bells,
    answers,
  };
}

/**
 * The screen of an emulator, without trailing blanks. On the alternate screen it keeps what stands beyond the edge of a
 * window that has become narrower, where nobody sees it.
 */
export function screenOf(terminal: Emulated): string {
  const { active } = terminal.buffer;
  const lines = Array.from({ length: terminal.rows }, (_, row) =>
    (active.getLine(active.viewportY + row)?.translateToString(true, 0, terminal.cols) ?? '').trimEnd(),
  );
  return lines.join('\n').trimEnd();
}

/** Characters with what they look like; a plain blank is a blank, whatever colour its letters would have. */
export function rowOf(terminal: Emulated, row: number): string {
  const { active } = terminal.buffer;
  const line = active.getLine(active.viewportY + row);
  let text = '';
  let style = '';
  for (let column = 0; column < terminal.cols; column += 1) {
    const cell = line?.getCell(column);
    if (cell === undefined || cell.getWidth() === 0) continue;
    const characters = cell.getChars() || ' ';
    const own = characters === ' ' && !cell.isInverse() ? '' : styleOf(cell);
    if (own !== style && characters !== ' ') text += `{${own}}`;
    if (characters !== ' ' || cell.isInverse()) style = own;
    text += characters;
  }
  return text.trimEnd();
}

type EmulatedCell = ReturnType<NonNullable<ReturnType<Emulated['buffer']['active']['getLine']>>['getCell']>;

function styleOf(cell: NonNullable<EmulatedCell>): string {
  return [
    cell.isFgDefault() ? '' : cell.getFgColor(),
    cell.isBgDefault() ? '' : `on ${cell.getBgColor()}`,
    cell.isBold() ? 'bold' : '',
    cell.isDim() ? 'dim' : '',
    cell.isInverse() ? 'inverse' : '',
    cell.isUnderline() ? 'underlined' : '',
    cell.isInvisible() ? 'invisible' : '',
  ]
    .filter((word) => word !== '')
    .join(' ');
}
