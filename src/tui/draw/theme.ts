import type { Tone } from './line.ts';

/** What an instance is, as far as anybody says. `off` is off on purpose. */
export type InstanceState = 'on' | 'off' | 'ill' | 'absent' | 'unreadable' | 'unknown';
export type Progress = 'done' | 'running' | 'failed' | 'not-yet' | 'skipped';

export type Glyphs = {
  readonly state: Readonly<Record<InstanceState, string>>;
  readonly progress: Readonly<Record<Progress, string>>;
  readonly finding: Readonly<Record<'good' | 'warning' | 'refused', string>>;
  readonly cursor: string;
  readonly production: string;
  readonly rule: string;
  readonly bar: readonly [full: string, empty: string];
  /** For nothing, then ever more. */
  readonly spark: readonly string[];
  readonly branch: string;
  readonly wall: string;
  readonly mark: string;
  readonly differs: string;
};

const pictures: Glyphs = {
  state: { on: '●', off: '○', ill: '✖', absent: '◌', unreadable: '?', unknown: '?' },
  progress: { done: '✓', running: '◔', failed: '✖', 'not-yet': '·', skipped: '»' },
  finding: { good: '✓', warning: '!', refused: '✖' },
  cursor: '▸',
  production: '▲',
  rule: '─',
  bar: ['█', '░'],
  spark: ['·', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  branch: '└',
  wall: '│',
  mark: '◆',
  differs: '≠',
};

const ascii: Glyphs = {
  state: { on: '[on]', off: '[off]', ill: '[!!]', absent: '[--]', unreadable: '[??]', unknown: '[??]' },
  progress: { done: 'ok', running: '>', failed: '!!', 'not-yet': '.', skipped: '>>' },
  finding: { good: 'ok', warning: '!', refused: '!!' },
  cursor: '>',
  production: '!',
  rule: '-',
  bar: ['#', '.'],
  spark: ['_', '.', ':', '-', '=', '+', '*', '#'],
  branch: '`',
  wall: '|',
  mark: '*',
  differs: '!=',
};

export function glyphsFor(isUtf8: boolean): Glyphs {
  return isUtf8 ? pictures : ascii;
}

export const stateTones: Readonly<Record<InstanceState, Tone>> = {
  on: 'on',
  off: 'off',
  ill: 'ill',
  absent: 'dim',
  unreadable: 'bad',
  unknown: 'dim',
};

export const progressTones: Readonly<Record<Progress, Tone>> = {
  done: 'good',
  running: 'busy',
  failed: 'bad',
  'not-yet': 'dim',
  skipped: 'warn',
};

// On is blue rather than green: told apart from red by everybody.
const styles: Readonly<Record<Tone, { readonly weight?: string; readonly color?: string }>> = {
  plain: {},
  dim: { weight: '2' },
  strong: { weight: '1' },
  accent: { weight: '1', color: '36' },
  on: { color: '94' },
  off: { color: '90' },
  ill: { weight: '1', color: '31' },
  busy: { color: '33' },
  good: { color: '32' },
  warn: { weight: '1', color: '33' },
  bad: { weight: '1', color: '31' },
};

/**
 * What an SGR sequence says of it; empty where it is plain. Without colour the weight of the letters stays; the words and
 * glyphs say the rest.
 */
export function styleOf(tone: Tone, hasColor: boolean): string {
  const { weight, color } = styles[tone];
  return [weight, hasColor ? color : undefined].filter((code) => code !== undefined).join(';');
}
