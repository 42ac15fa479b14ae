import type { Event } from '../../../src/core/event/event.ts';
import { stampMs } from '../../../src/core/text/stamp.ts';
import type { Telling } from './java-client.ts';

/** One time that a target was off because of us, from the read-back of our disable to our enable. */
export type OffTime = {
  readonly target: string;
  readonly offMs: number;
  /** How often the consumer was told of it meanwhile, and for how long it believed so. */
  readonly toldTimes: number;
  readonly toldMs: number;
  /** For how long the consumer still had it when our read-back had already shown it off: its push was on the way. */
  readonly lateMs: number;
};

export function toldWhileOff(events: readonly Event[], tellings: readonly Telling[]): readonly OffTime[] {
  return events.flatMap((event) => {
    if (event.type !== 'disabled') return [];
    const on = events.find(
      (later) =>
        later.seq > event.seq &&
        later.type === 'write-began' &&
        later.target === event.target &&
        later.purpose === 'enable',
    );
    if (on === undefined) return [];
    const offAt = stampMs(event.at);
    const onAt = stampMs(on.at);
    const spells = spellsOf(event.target, tellings).filter(({ from, to }) => from < onAt && to > offAt);
    const told = spells.filter(({ from }) => from > offAt);
    const late = spells.filter(({ from }) => from <= offAt);
    return [
      {
        target: event.target,
        offMs: onAt - offAt,
        toldTimes: told.length,
        toldMs: sum(told.map(({ from, to }) => Math.min(to, onAt) - from)),
        lateMs: sum(late.map(({ to }) => Math.min(to, onAt) - offAt)),
      },
    ];
  });
}

type Spell = { readonly from: number; readonly to: number };

/** The times during which the consumer's last word was that the instance is there. */
function spellsOf(name: string, tellings: readonly Telling[]): readonly Spell[] {
  const spells: Spell[] = [];
  let from: number | undefined;
  for (const { at, hosts } of tellings) {
    const isThere = hosts.includes(name);
    if (isThere && from === undefined) from = at;
    if (isThere || from === undefined) continue;
    spells.push({ from, to: at });
    from = undefined;
  }
  return from === undefined ? spells : [...spells, { from, to: Number.POSITIVE_INFINITY }];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
