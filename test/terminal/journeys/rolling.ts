import { type Journey, any, anyKey } from './journey.ts';
import {
  done,
  drains,
  killRunner,
  setConsumers,
  setFaults,
  skipDrain,
  toDrain,
  toOrders,
  toReview,
  typed,
} from './steps.ts';

const untilSkipped = { floor: '10m' };

/** What a rollout is begun with, and what becomes of it. */
export const rolling: readonly Journey[] = [
  {
    name: 'choose and order',
    steps: [
      ...toOrders,
      { press: 'enter', sees: ({ notices }) => [notices.off['nothing-chosen'](anyKey)] },
      {
        press: 'a',
        sees: ({ screens }) => [screens.instances.title(3, 3, 0, 3), / 1 .*81 .*\n.* 2 .*82 .*\n.* 3 .*83 /],
      },
      { press: 'J', sees: () => [/ 1 .*82 .*\n.* 2 .*81 .*\n.* 3 .*83 /] },
      { press: 'o', sees: () => [/ 1 .*81 .*\n.* 2 .*82 .*\n.* 3 .*83 /] },
      { press: 'm', sees: ({ screens }) => [screens.prompts['metadata-key']()] },
      ...typed('zone', () => [/ 1 .*81 .*\n.* 2 .*83 .*\n.* 3 .*82 /]),
      { press: 'space', sees: ({ screens }) => [screens.instances.title(3, 3, 0, 2)] },
      { press: 'enter', sees: ({ screens }) => [screens.order.title('orders', 2)] },
      { press: 'escape', sees: ({ screens }) => [screens.instances.title(3, 3, 0, 2)] },
    ],
  },
  {
    name: 'rehearse',
    steps: [
      ...toReview,
      {
        press: 'D',
        again: true,
        sees: ({ rollout, screens }) => [rollout.rehearsed, screens.worlds.rehearsal],
      },
      { press: 'escape', sees: ({ screens }) => [screens.review.nothingYet] },
    ],
  },
  {
    name: 'roll by evidence',
    drain: {
      time: '10m',
      floor: '1s',
      ceiling: '20m',
      evidence: { actuator: 'http://{ip}:{port}/actuator' },
    },
    steps: [
      { beside: (stage) => setConsumers(stage, { cacheTtlMs: 600_000 }), sees: () => [/nacos/] },
      ...toReview,
      { press: 'G', again: true, sees: ({ drain }) => [drain.timer(any, any, any, any)] },
      {
        press: 'v',
        again: true,
        sees: ({ drain }) => [drain.callers.title(any), drain.callers.columns.needed],
      },
      {
        beside: (stage) => setConsumers(stage, { cacheTtlMs: 1_000 }),
        press: 'escape',
        sees: (words) => [...done(words), words.rollout.saved(any, any)],
      },
    ],
  },
  {
    name: 'fail and retry',
    steps: [
      ...toReview,
      {
        beside: (stage) => setFaults(stage, { failedDeploys: 1 }),
        press: 'G',
        again: true,
        sees: ({ rollout }) => [rollout.stuck(any, rollout.stuckWords.deploy, 1), rollout.leaves.retry],
      },
      { press: 'l', sees: ({ rollout }) => [rollout.log(any), 'connection refused'] },
      {
        press: 'escape',
        sees: ({ rollout }) => [rollout.leaves.retry],
        lacks: ({ rollout }) => [rollout.log(any)],
      },
      { press: 'r', again: true, sees: ({ notices }) => [notices.questions.retry] },
      { press: 'y', sees: done },
    ],
  },
  {
    name: 'pause and go on',
    drain: untilSkipped,
    steps: [
      ...toDrain,
      { press: 'p', sees: ({ rollout }) => [rollout.paused.asked(any, anyKey)] },
      { press: 's', sees: ({ notices }) => [notices.questions['skip-drain']] },
      { press: 'y', sees: ({ rollout }) => [rollout.paused.asked(any, anyKey), rollout.pausedWaits] },
      { press: 'c', sees: done },
    ],
  },
  {
    name: 'abort',
    drain: untilSkipped,
    steps: [
      ...toDrain,
      { press: 'A', sees: ({ notices }) => [notices.abort.title, notices.abort.leave] },
      { press: 'escape', sees: drains, lacks: ({ notices }) => [notices.abort.title] },
      { press: 'A', sees: ({ notices }) => [notices.abort.putBack] },
      { press: 'u', sees: ({ rollout }) => [rollout.outcomes.aborted, rollout.nothingOff] },
    ],
  },
  {
    name: 'resume, whose runner was killed with the console and without it',
    drain: untilSkipped,
    steps: [
      ...toDrain,
      { beside: killRunner, sees: ({ notices }) => [notices.runnerLost] },
      { press: 'c', again: true, sees: ({ notices }) => [notices.questions['carry-on']] },
      {
        press: 'y',
        sees: drains,
        lacks: ({ notices }) => [notices.runnerLost, notices.questions['carry-on']],
      },
      {
        beside: async (stage) => {
          await killRunner(stage);
          await stage.reopen();
        },
        sees: ({ screens }) => [screens.offer.title(1), screens.offer.state.gone],
      },
      { press: 'c', again: true, sees: ({ notices }) => [notices.questions['carry-on']] },
      { press: 'y', sees: drains },
      ...skipDrain,
    ],
  },
];
