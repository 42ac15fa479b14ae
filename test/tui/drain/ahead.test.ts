import { expect, test } from 'vitest';
import {
  type OpenedRollout,
  disabledAndDraining,
  first,
  openRollout,
  second,
} from '../support/open-rollout.ts';
import { planOfThree } from '../support/usual-plan.ts';

const plan = {
  ...planOfThree(),
  targets: planOfThree().targets.map((one) => ({ ...one, drainAhead: true as const })),
};

/** The first one is deployed, and the second drains meanwhile. */
function twoAtWork({ link }: OpenedRollout): void {
  disabledAndDraining(link, first);
  link.say({ type: 'drain-ended', target: first, attempt: 1, ms: 40_000 });
  link.say({ type: 'deploy-began', target: first, attempt: 1, command: './redeploy.sh', directory: 'd' });
  disabledAndDraining(link, second);
}

test('two are at work: what the first waits for, and how far the other is', async () => {
  const opened = await openRollout({ plan });
  twoAtWork(opened);
  await opened.second();
  expect(opened.screen()).toContain(`Deploying ${first}`);
  expect(opened.screen()).toContain(`Meanwhile ${second} drains ahead of its turn: 1 s of 40 s`);
});

test('drained, it says that it waits for its turn', async () => {
  const opened = await openRollout({ plan });
  twoAtWork(opened);
  opened.link.say({ type: 'drain-ended', target: second, attempt: 1, ms: 40_000 });
  await opened.sees(`${second} is drained, kept out, and deployed when its turn comes.`);
});

test('in Chinese too', async () => {
  const opened = await openRollout({ plan, language: 'zh-CN' });
  twoAtWork(opened);
  await opened.sees(`同时 ${second} 正在提前排空`);
});
