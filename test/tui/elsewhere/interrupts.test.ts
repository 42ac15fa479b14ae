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

test('who asked beneath a lost Nacos stops with the second Ctrl-C, also once Nacos is back', async () => {
  const opened = await openRollout();
  const error = { kind: 'timeout', address: 'a', afterMs: 5000, wasSent: true } as const;
  opened.link.say({ type: 'node-lost', node: 'http://10.0.0.1:8848', error });
  opened.link.say({ type: 'paused', by: 'nobody', why: 'registry-lost' });
  await opened.press('ctrl-c');
  opened.link.say({ type: 'paused', by: 'me', why: 'asked' });
  opened.link.say({ type: 'node-returned', node: 'http://10.0.0.1:8848' });
  opened.link.say({ type: 'continued', by: 'nobody' });
  expect(opened.rollout().paused?.why).toBe('asked');
  await opened.clock.advance(5000);
  await opened.press('ctrl-c');
  expect(opened.link.orders).toEqual([{ type: 'pause' }, { type: 'stop' }]);
});
