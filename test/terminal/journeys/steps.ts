import { join } from 'node:path';
import type { Event } from '../../../src/core/event/event.ts';
import type { TuiWords } from '../../../src/i18n/en/tui.ts';
import { runProgram } from '../../program/program-process.ts';
import { killNow, runnersOf } from '../../support/processes/runners.ts';
import { onlyJournal } from '../../support/processes/sandbox-process.ts';
import { until } from '../../support/time/until.ts';
import { type Stage, type Step, type Wish, any, literal } from './journey.ts';

/** The first screen of a profile that was reached. */
export const services: Step = { sees: ({ screens }) => [screens.services.title(4, 4)] };

/** From there to the instances of the first service, which is `orders`. */
export const toOrders: readonly Step[] = [
  services,
  {
    press: 'enter',
    sees: ({ screens }) => [screens.instances.title(3, 3, 0, 0), /:\d+81 [^]*:\d+82 [^]*:\d+83 /],
  },
];

/** To the review of a rollout of the first of them. */
export const toReview: readonly Step[] = [
  ...toOrders,
  { press: 'space', sees: ({ screens }) => [screens.instances.title(3, 3, 0, 1)] },
  { press: 'enter', sees: ({ screens }) => [screens.order.title('orders', 1), 'redeploy.sh'] },
  { press: 'v', sees: ({ screens }) => [screens.review.nothingYet, /✓ .*2\.2\.4/] },
];

/** To its drain. */
export const toDrain: readonly Step[] = [...toReview, { press: 'G', again: true, sees: drains }];

/** A drain that somebody ends, and what follows it. */
export const skipDrain: readonly Step[] = [
  { press: 's', sees: ({ notices }) => [notices.questions['skip-drain']] },
  { press: 'y', sees: done },
];

/** A line is typed into. */
export function typing({ commands }: TuiWords): readonly Wish[] {
  return [`${commands.keys['enter']} ${commands.names.keep[0]}`];
}

/** A text that is typed where a line is, and taken. */
export function typed(press: NonNullable<Step['press']>, sees: Step['sees']): readonly Step[] {
  return [
    {
      press,
      sees: (words, stage) => {
        const text = typeof press === 'function' ? press(words, stage) : press;
        return [...typing(words), new RegExp(`(?:[>/]|▸ [^\\n]*) ?${literal(text)}`, 'u')];
      },
    },
    { press: 'enter', sees, lacks: typing },
  ];
}

export function drains({ rollout, commands }: TuiWords): readonly Wish[] {
  return [rollout.timers.drain(any, any, any), commands.names['skip-drain'][0]];
}

export function done({ rollout }: TuiWords): readonly Wish[] {
  return [rollout.outcomes.done, rollout.nothingOff];
}

export async function killRunner({ home }: Stage): Promise<void> {
  for (const pid of runnersOf(home)) killNow(pid);
  await until(() => runnersOf(home).length === 0);
}

/** What another face does meanwhile. */
export async function order({ home }: Stage, ...words: readonly string[]): Promise<void> {
  const { code, stderr } = await runProgram(['order', ...words], {
    XDG_CONFIG_HOME: home,
    XDG_STATE_HOME: home,
  });
  if (code !== 0) throw new Error(`order ${words.join(' ')} ended with ${code}: ${stderr}`);
}

/** Once its only rollout has come to that. */
export async function journalSays({ home }: Stage, type: Event['type']): Promise<void> {
  const place = { stateRoot: join(home, 'nacos-rollout') };
  await until(() => onlyJournal(place).some((event) => event.type === type));
}

export const setFaults = (stage: Stage, faults: object): Promise<void> => change(stage, 'faults', faults);

/** How the demo's consumers behave. */
export const setConsumers = (stage: Stage, settings: object): Promise<void> =>
  change(stage, 'consumers', settings);

async function change({ sandbox }: Stage, what: string, settings: object): Promise<void> {
  const url = `${sandbox.demo.control}/${what}`;
  const answer = await fetch(url, { method: 'PUT', body: JSON.stringify(settings) });
  if (!answer.ok) throw new Error(`${url} refused ${JSON.stringify(settings)}`);
}
