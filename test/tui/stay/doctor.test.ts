import { expect, test } from 'vitest';
import type { Diagnosis } from '../../../src/runner/ports/diagnosis.ts';
import { atServices } from '../support/at-services.ts';
import { openConsole, type Opened } from '../support/open-console.ts';

const deadLock: Diagnosis = {
  level: 'bad',
  kind: 'lock',
  id: 'aaaa1111',
  by: 'deployer@bastion-1',
  since: '2026-11-21T20:00:00.000Z',
  service: 'orders',
  isDead: true,
};
const stateFine: Diagnosis = { level: 'good', kind: 'state', path: '/state' };

async function atDoctor(ailments: readonly Diagnosis[]): Promise<Opened> {
  const opened = openConsole({
    prepare: (ports) => {
      ports.ailments = ailments;
    },
  });
  await opened.sees('prod-sh');
  await opened.press('H');
  await opened.sees('Doctor · ');
  return opened;
}

test('says what is bad and what is not, of this machine alone where no Nacos is open', async () => {
  const opened = await atDoctor([deadLock, stateFine]);
  await opened.sees('Doctor · 1 bad · 0 to be known');
  expect(opened.screen()).toMatch(/✖ .*aaaa1111/);
  expect(opened.screen()).toMatch(/✓ .*\/state/);
  expect(opened.ports.asked).toContainEqual({ examine: undefined });
});

test('looks at the Nacos that the console is at, as who is logged in there', async () => {
  const opened = await atServices();
  await opened.press('H');
  await opened.sees('Doctor · ');
  expect(opened.ports.asked).toContainEqual({ examine: 'prod-sh' });
});

test('mends once that is said with another key, tells what it did, and looks again', async () => {
  const opened = await atDoctor([deadLock]);
  await opened.press('m');
  await opened.sees('Put on what was left off and is well, and take dead locks away?');
  expect(opened.ports.asked).not.toContainEqual({ mend: [] });
  await opened.press('y');
  await opened.sees('Mended just now:');
  await opened.sees('Doctor · 0 bad');
  expect(opened.ports.asked.slice(-3)).toEqual([{ mend: [] }, 'examination closed', { examine: undefined }]);
});

test('gives up what somebody types to be gone for good, and nothing else', async () => {
  const opened = await atDoctor([deadLock]);
  await opened.press('X');
  await opened.type('10.0.0.11:8080');
  await opened.press('enter');
  await opened.sees('Mended just now:');
  expect(opened.ports.asked).toContainEqual({ mend: ['10.0.0.11:8080'] });
});

test('where nothing can be mended the key says so', async () => {
  const opened = await atDoctor([stateFine]);
  await opened.press('m');
  await opened.sees('Nothing here can be mended by us.');
  await opened.press('esc');
  await opened.sees('Profiles 2');
});
