import { expect, test } from 'vitest';
import { openRollout } from '../support/open-rollout.ts';

const error = { kind: 'timeout', address: 'a', afterMs: 5000, wasSent: true } as const;

test.each<['registry-lost' | 'lease-lost', string]>([
  ['registry-lost', 'PAUSED: Nacos does not answer. It goes on by itself when every node answers;'],
  ['lease-lost', 'PAUSED: the lease was lost. It goes on by itself when it is back;'],
])('a pause by %s goes on by itself, unless somebody asks that it stay', async (why, said) => {
  const opened = await openRollout();
  if (why === 'registry-lost') opened.link.say({ type: 'node-lost', node: 'http://10.0.0.1:8848', error });
  opened.link.say({ type: 'paused', by: 'nobody', why });
  expect(opened.screen()).toContain(said);
  await opened.press('p');
  expect(opened.link.orders).toEqual([{ type: 'pause' }]);
  opened.link.say({ type: 'paused', by: 'ann', why: 'asked' });
  expect(opened.screen().replaceAll(/\s+/g, ' ')).toContain(
    'It stays paused even when that is back, as ann asked; c goes on.',
  );
  await opened.press('p');
  expect(opened.screen()).toContain('It is paused already');
  expect(opened.link.orders).toHaveLength(1);
});

test('Ctrl-C pauses what only Nacos holds', async () => {
  const opened = await openRollout();
  opened.link.say({ type: 'node-lost', node: 'http://10.0.0.1:8848', error });
  opened.link.say({ type: 'paused', by: 'nobody', why: 'registry-lost' });
  await opened.press('ctrl-c');
  expect(opened.link.orders).toEqual([{ type: 'pause' }]);
});
