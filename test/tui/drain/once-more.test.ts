import { expect, test } from 'vitest';
import { type OpenedRollout, disabledAndDraining, first, openRollout } from '../support/open-rollout.ts';

/** Its drain was over; then `meanwhile`, and it drains again. */
async function drainedTwice(meanwhile: (opened: OpenedRollout) => Promise<void>) {
  const opened = await openRollout({ size: { columns: 120, rows: 40 } });
  const { link } = opened;
  disabledAndDraining(link, first);
  link.say({ type: 'drain-ended', target: first, attempt: 1, ms: 40_000 });
  await meanwhile(opened);
  link.say({ type: 'drain-began', target: first, attempt: 2, totalMs: 40_000 });
  await opened.second();
  return opened;
}

function lose({ link }: OpenedRollout, nodes: readonly string[]): void {
  for (const node of nodes)
    link.say({
      type: 'node-lost',
      node,
      error: { kind: 'unreachable', addresses: [node], detail: 'refused' },
    });
}

test('a drain that begins anew after an outage says so, and why', async () => {
  const again = await drainedTwice(async (opened) => {
    lose(opened, opened.rollout().planned.nodes);
    for (let passed = 0; passed < 20; passed += 1) await opened.second();
    for (const node of opened.rollout().planned.nodes) opened.link.say({ type: 'node-returned', node });
  });
  expect(again.screen()).toContain(`Nobody could see ${first} for at least 20 s: it drains once more.`);
});

test('so does one that nobody was told of for a while', async () => {
  const opened = await drainedTwice(({ link }) => {
    link.say({ type: 'unwatched', target: first, registration: 0, ms: 13_400 });
    return Promise.resolve();
  });
  expect(opened.screen()).toContain(`Nobody could see ${first} for at least 13 s: it drains once more.`);
});

test('a drain that begins anew for another reason says nothing of that', async () => {
  const opened = await drainedTwice(({ link }) => {
    link.say({ type: 'paused', by: 'nobody', why: 'lease-lost' });
    link.say({ type: 'continued', by: 'nobody' });
    return Promise.resolve();
  });
  expect(opened.screen()).toContain('Draining');
  expect(opened.screen()).not.toContain('drains once more');
});
