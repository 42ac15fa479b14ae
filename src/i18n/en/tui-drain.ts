import { timeEn as time } from '../grammar/time-words.ts';
import { certaintyText } from './calls.ts';

/** A drain by evidence on the rollout screen: what it waits for, and who calls. */
export const tuiDrain = {
  timer: (name: string, took: string, floor: string, preset: string) =>
    `Draining ${name}: ${took} (at least ${floor}, at most ${preset} unless calls go on)`,
  lateTimer: (name: string, took: string, preset: string, ceiling: string) =>
    `Draining ${name}: ${took} (beyond its ${preset}, at most ${ceiling})`,
  rate: (last: number) => `${last} calls/s`,
  untold: 'Waiting; the evidence has told nothing yet.',
  counting: 'Waiting; its calls are counted, and are judged in a moment.',
  floor: (floorMs: number) => `Waiting for at least ${time(floorMs)}, which nothing shortens.`,
  active: (ceilingMs: number) =>
    `Calls are still being answered: waiting until they end, until ${time(ceilingMs)} at the latest.`,
  calls: (who: string, presetMs: number) =>
    `${who === '' ? 'It is still called' : `Still called by ${who}`}: waiting for silence, until ${time(presetMs)} or as long as calls arrive.`,
  silence: (who: string, silentMs: number, neededMs: number, others: number, certainty: number) =>
    `Waiting until ${who}${others === 0 ? '' : ` and ${others} more`} is silent for ${time(neededMs)} (${time(silentMs)} so far): then it is ${certaintyText(certainty)} sure that nobody calls.`,
  seldom: (who: string, presetMs: number) =>
    `Waiting for the whole ${time(presetMs)}: ${who} called so seldom that a shorter silence proves nothing.`,
  preset: (doubts: readonly string[], presetMs: number) =>
    `Waiting for the whole ${time(presetMs)}, as silence is no proof here: ${doubts.join(', and ')}.`,
  late: (who: string, ceilingMs: number) =>
    `Still called${who === '' ? '' : ` by ${who}`}: goes on until that ends, or until ${time(ceilingMs)} are over.`,
  /** All callers of a source that does not tell them apart. */
  everybody: 'everybody',
  several: (names: readonly string[], more: number) =>
    `${names.join(', ')}${more === 0 ? '' : ` and ${more} more`}`,
  callers: {
    title: (target: string) => `Who calls ${target}`,
    columns: {
      caller: 'caller',
      before: 'before',
      since: 'since',
      last: 'last call',
      silent: 'silent',
      needed: 'needed',
    },
    perSecond: (rate: number) => `${rate}/s`,
    /** Of the last call, from the moment it went off. */
    last: (ms: number) => (ms > 0 ? `after ${time(ms)}` : `${time(-ms)} before`),
    unknown: 'unknown',
    none: 'Nobody was seen calling.',
    doubts: (doubts: readonly string[]) => `Silence is no proof: ${doubts.join(', and ')}.`,
  },
};
