import { timeEn as time } from '../grammar/time-words.ts';
import { tuiDrain } from './tui-drain.ts';

type NodeTold = { readonly node: string; readonly ms: number | undefined };

/** The report as a page: what it has beyond the one for a ticket. */
export const reportPageWords = {
  summary: (outcome: string, through: number, count: number, took: string) =>
    `${outcome} · ${through} of ${count} targets through · ${took}`,
  stillLowered: (names: readonly string[]) =>
    `Still with less weight than they had, because of us: ${names.join(', ')}`,
  stillOff: (names: readonly string[]) => `Still off because of us: ${names.join(', ')}`,
  onAgain: (names: readonly string[]) => `Off by the journal, though Nacos shows it on: ${names.join(', ')}`,
  notRestarted: (names: readonly string[]) =>
    `No restart was seen of: ${names.join(', ')}. Does the old version still run?`,
  all: 'All targets on one scale',
  on: 'on',
  off: 'off',
  exposed: 'seen on while it was to be kept out',
  decided: 'decided by somebody',
  quiet: 'called quiet',
  lastCall: 'last call',
  callsASecond: (most: number) => `Calls a second, ${most} at most`,
  told: (instance: string, enabled: boolean, nodes: readonly NodeTold[]) =>
    `consumers were told that ${instance} is ${enabled ? 'on' : 'off'}: ${nodes
      .map(({ node, ms }) => `by ${node} ${ms === undefined ? 'not in time' : `after ${time(ms)}`}`)
      .join(', ')}`,
  callers: tuiDrain.callers,
  everybody: tuiDrain.everybody,
};
