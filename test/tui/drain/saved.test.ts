import { expect, test } from 'vitest';
import { disabledAndDraining, first, openRollout } from '../support/open-rollout.ts';

test('says at the end what draining by evidence saved, on the screen and when the console is left', async () => {
  const opened = await openRollout();
  disabledAndDraining(opened.link, first);
  opened.link.say({ type: 'drain-ended', target: first, attempt: 1, ms: 24_000 });
  expect(opened.screen()).not.toContain('less than');
  const stats = { perSecond: 60, cacheTtlMs: 12_000, requests: 3012, failures: 0, instances: [], recent: [] };
  opened.store.dispatch({ type: 'gateway-seen', stats });
  expect(opened.screen()).toContain('3012 requests · 0 failures · calls from lists up to 12 s old');
  opened.link.say({ type: 'rollout-ended', outcome: 'done', exitCode: 0 });
  await opened.sees('The drains took 24 s, 16 s less than by timer alone.');
  await opened.press('q');
  expect(opened.ends).toMatchObject([
    {
      exitSummary: {
        saving: { waitedMs: 24_000, savedMs: 16_000 },
        gateway: { requests: 3012, failures: 0 },
      },
    },
  ]);
});
