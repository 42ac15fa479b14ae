import { expect, test } from 'vitest';
import { openConsole } from './support/open-console.ts';
import { deployFailed, disabledAndDraining, first, openRollout } from './support/open-rollout.ts';

test('copies the requests that are shown, and says where else they are', async () => {
  const opened = await openRollout();
  disabledAndDraining(opened.link, first);
  await opened.press('@');
  await opened.sees('curl -X PUT');
  await opened.press('y');
  await opened.sees('Copied 2 lines');
  const curl = "curl -X PUT 'http://10.0.0.1:8848/nacos/v1/ns/instance'";
  expect(opened.copies).toEqual([`${curl}\n${curl}`]);
  expect(opened.ports.asked).toContainEqual({ copied: `${curl}\n${curl}` });
  expect(opened.screen()).toContain('/state/copied.txt');
});

test('copies the failure, then the command that carries on', async () => {
  const opened = await openRollout();
  deployFailed(opened.link, first);
  await opened.press('y');
  opened.link.say({ type: 'runner-rested', why: 'interrupted', exitCode: 3 });
  opened.link.die();
  await opened.sees('The runner rests');
  await opened.press('y');
  expect(opened.copies).toEqual([
    '10.0.0.11:8080 · deploy failed (attempt 1): The deploy command failed: it ended with exit code 1.',
    'nacos-rollout resume 7f3a',
  ]);
});

test('copies an error that is shown, else the address that is pointed at', async () => {
  const opened = openConsole();
  await opened.sees('prod-sh');
  await opened.press('y');
  await opened.sees('Nothing here to copy');
  await opened.press('enter');
  await opened.sees('orders');
  await opened.press('enter');
  await opened.sees('10.0.0.13:8080');
  await opened.press('down', 'y');
  expect(opened.copies).toEqual(['10.0.0.12:8080']);
});
