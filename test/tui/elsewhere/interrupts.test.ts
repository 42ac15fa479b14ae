import { expect, test } from 'vitest';
import { openRollout } from '../support/open-rollout.ts';

test('after somebody else has continued a pause, the next Ctrl-C pauses again and stops nothing', async () => {
  const opened = await openRollout();
  await opened.press('ctrl-c');
  opened.link.say({ type: 'paused', by: 'me', why: 'asked' });
  opened.link.say({ type: 'continued', by: 'colleague@bastion-2' });
  await opened.clock.advance(3_600_000);
  await opened.press('ctrl-c');
  expect(opened.link.orders).toEqual([{ type: 'pause' }, { type: 'pause' }]);
  await opened.press('ctrl-c');
  expect(opened.link.orders).toEqual([{ type: 'pause' }, { type: 'pause' }, { type: 'stop' }]);
});
