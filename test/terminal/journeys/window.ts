import { expect } from 'vitest';
import { type Journey, type Stage, type Step, any } from './journey.ts';
import { expectNothingLeft } from './looks.ts';
import { done, journalSays, order, skipDrain, toDrain, toOrders, toReview, typing } from './steps.ts';

const untilSkipped = { floor: '10m' };

/** In 60 columns the footer has room for abort, and the timer itself names the key that skips. */
const drainsNarrow: Step['sees'] = ({ rollout, commands }) => [
  rollout.timers.drain(any, any, any),
  commands.names.abort[0],
];

const sizes = [
  { columns: 120, rows: 40 },
  { columns: 60, rows: 16 },
  { columns: 200, rows: 60 },
  { columns: 80, rows: 24 },
];

/** What the terminal does to the console, and what the console does with its window. */
export const windows: readonly Journey[] = [
  {
    name: 'resize during a rollout',
    drain: untilSkipped,
    steps: [
      ...toDrain,
      ...sizes.map((resize) => ({ resize, sees: drainsNarrow, holds: expectNothingLeft })),
      ...skipDrain,
    ],
  },
  {
    name: 'paste',
    steps: [
      ...toReview,
      {
        paste: 'G\ny\x1b[A',
        sees: ({ notices, screens }) => [notices.pasteDropped, screens.review.nothingYet],
      },
      { press: 'escape', sees: ({ screens }) => [screens.order.title('orders', 1)] },
      { press: 'enter', sees: typing },
      { paste: ' --of 订单\n', sees: () => ['redeploy.sh --of 订单'] },
      { press: 'enter', sees: ({ commands }) => ['redeploy.sh --of 订单', commands.names.review[0]] },
    ],
  },
  {
    name: 'freeze',
    drain: untilSkipped,
    steps: [
      ...toDrain,
      { press: 'F', sees: ({ screens }) => [screens.frozen] },
      { beside: expectStill, sees: ({ screens }) => [screens.frozen] },
      { press: 'k', sees: done },
    ],
  },
  {
    name: 'panes',
    steps: [
      ...toOrders,
      { where: 'no-panes', press: 'tab', sees: ({ notices }) => [notices.off['no-panes']] },
      ...(['metadata', 'capacity', 'instances', 'metadata'] as const).map((name) => ({
        where: 'panes' as const,
        press: 'tab',
        sees: ({ panes }: Stage['words']) => [`▸ ${panes.titles[name]}`],
      })),
      {
        where: 'panes',
        press: 'z',
        sees: ({ panes }) => [`▸ ${panes.titles.metadata}`],
        lacks: ({ panes }) => [panes.titles.capacity],
      },
      { where: 'panes', press: ':', sees: ({ commands }) => [commands.names.go[0]] },
      {
        where: 'panes',
        press: ({ commands }) => commands.names.zoom[1],
        sees: ({ commands }) => [`▸ z ${commands.names.zoom[1]}`],
        lacks: ({ notices }) => [notices.off['no-panes']],
      },
      {
        where: 'panes',
        press: 'enter',
        sees: ({ panes }) => [`▸ ${panes.titles.metadata}`, panes.titles.capacity],
      },
      { where: 'panes', press: 'z', sees: () => [/./], lacks: ({ panes }) => [panes.titles.capacity] },
      { where: 'panes', press: 'z', sees: ({ panes }) => [panes.titles.capacity] },
    ],
  },
];

/** Nothing is written while it is frozen, whatever happens to the rollout. */
async function expectStill(stage: Stage): Promise<void> {
  const before = stage.at.raw();
  await order(stage, 'skip-drain');
  await journalSays(stage, 'rollout-ended');
  expect(stage.at.raw()).toBe(before);
}
