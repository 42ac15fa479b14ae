import type { Moment } from '../../core/report/lane.ts';
import { type Look, colorOf } from './colors.ts';
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
  /** One cell each: what was done to a target, and when. */
  readonly lane: Readonly<Record<Moment, string>>;
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
  lane: {
    on: '─',
    off: '·',
    disable: '▾',
    drain: '░',
    deploy: '█',
    check: '▒',
    enable: '▴',
    'warm-up': '▃',
    soak: '▂',
    'before-target': '◇',
    'after-disable': '◇',
    'after-target': '◇',
    failed: '✖',
    exposed: '!',
    later: ' ',
  },
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
  lane: {
    on: '-',
    off: '.',
    disable: 'v',
    drain: ':',
    deploy: '#',
    check: '=',
    enable: '^',
    'warm-up': '/',
    soak: '~',
    'before-target': '+',
    'after-disable': '+',
    'after-target': '+',
    failed: 'x',
    exposed: '!',
    later: ' ',
  },
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

const weights: Partial<Readonly<Record<Tone, string>>> = {
  dim: '2',
  strong: '1',
  accent: '1',
  ill: '1',
  warn: '1',
  bad: '1',
};

/**
 * What an SGR sequence says of it; empty where it is plain. Without colour the weight of the letters stays; the words and
 * glyphs say the rest.
 */
export function styleOf(tone: Tone, look: Look): string {
  return [weights[tone], colorOf(tone, look)].filter((code) => code !== undefined).join(';');
}
