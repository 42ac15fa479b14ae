import { expect, test } from 'vitest';
import type { Diagnosis } from '../../../src/runner/ports/diagnosis.ts';
import { endExamining } from '../../../src/tui/effects/examine.ts';
import { until } from '../../support/time/until.ts';
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

function gate(): { readonly passed: Promise<void>; readonly pass: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, pass: resolve };
}

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

test('while it mends it neither mends again nor looks again, and says why', async () => {
  const opened = await atDoctor([deadLock]);
  const done = gate();
  const { examination } = opened.session;
  if (examination === undefined) throw new Error('nothing was examined');
  const mend = (gone: readonly string[]) => done.passed.then(() => examination.mend(gone));
  opened.session.examination = { ...examination, mend };
  const before = opened.ports.asked.length;
  // `y` copies what is found where it answers nothing.
  const asked = () =>
    opened.ports.asked.slice(before).filter((one) => !JSON.stringify(one).includes('copied'));
  await opened.press('m', 'y');
  for (const key of ['m', 'X', 'r']) {
    await opened.press(key);
    await opened.sees('Something is being put on or mended: wait until that is done.');
    await opened.press('esc', 'H');
    await opened.sees('Doctor · 1 bad');
  }
  await opened.press('m', 'y');
  expect(asked()).toEqual([]);
  done.pass();
  await opened.sees('Mended just now:');
  await opened.sees('Doctor · 0 bad');
  expect(asked()).toEqual([{ mend: [] }, 'examination closed', { examine: undefined }]);
  await opened.press('r');
  expect(opened.screen()).not.toContain('Something is being put on');
});

test('of several examinations under way the last one counts, and the others are closed', async () => {
  const opened = await atDoctor([stateFine]);
  const examine = opened.ports.examine.bind(opened.ports);
  const gates = [gate(), gate(), gate()];
  const closed: number[] = [];
  let asked = 0;
  Object.assign(opened.ports, {
    examine: async (...given: Parameters<typeof examine>) => {
      const number = asked++;
      await gates[number]?.passed;
      const found = await examine(...given);
      return { ...found, close: async () => void closed.push(number) };
    },
  });
  await opened.press('esc', 'H', 'esc', 'H');
  for (const each of [1, 0]) gates[each]?.pass();
  await until(() => opened.session.examination !== undefined && closed.length > 0, 1);
  expect(closed).toEqual([0]);
  await opened.press('esc', 'H');
  await until(() => asked === 3, 1);
  const ended = endExamining(opened.session);
  gates[2]?.pass();
  await ended;
  await until(() => closed.length === 3, 1);
  expect(closed).toEqual([0, 1, 2]);
});

test('gives up what somebody types to be gone for good, and nothing else', async () => {
  const opened = await atDoctor([deadLock]);
  await opened.press('X');
  await opened.type('10.0.0.11:8080');
  await opened.press('enter');
  await opened.sees('Mended just now:');
  expect(opened.ports.asked).toContainEqual({ mend: ['10.0.0.11:8080'] });
});

test('where all that is off is reached through a read-only profile the keys say so', async () => {
  const opened = openConsole({
    prepare: (ports) => {
      const examine = ports.examine.bind(ports);
      Object.assign(ports, {
        examine: async (...given: Parameters<typeof examine>) => ({
          ...(await examine(...given)),
          isReadOnly: true,
        }),
      });
    },
  });
  await opened.sees('prod-sh');
  await opened.press('H');
  await opened.sees('Doctor · ');
  for (const key of ['m', 'X']) {
    await opened.press(key);
    await opened.sees('What is off is reached through a read-only profile: nothing is written.');
    await opened.press('H');
  }
});

test('where nothing can be mended the key says so', async () => {
  const opened = await atDoctor([stateFine]);
  await opened.press('m');
  await opened.sees('Nothing here can be mended by us.');
  await opened.press('esc');
  await opened.sees('Profiles 2');
});

const ended: Diagnosis = {
  level: 'bad',
  kind: 'off-by-us',
  left: {
    rollout: 'aaaa1111',
    by: 'deployer@bastion-1',
    command: undefined,
    target: '10.0.0.11:8080',
    index: 0,
    registration: {
      namespace: 'public',
      group: 'DEFAULT_GROUP',
      service: 'orders',
      ip: '10.0.0.11',
      port: 8080,
      cluster: 'DEFAULT',
      ephemeral: true,
      weight: 1,
      metadata: {},
      wasEnabled: true,
    },
    mark: 'off',
    lowered: undefined,
    since: '2026-11-21T20:00:00.000Z',
    step: 'drain',
    why: undefined,
    isHalfDeployed: false,
    isDeployOpen: false,
  },
  isRunning: false,
  isWaiting: false,
  shown: 'off',
  connection: [],
  isEnded: true,
};

test.for([
  ['off', 'Put it on with: the key W'],
  ['absent', 'If it is gone for good: the key X, and 10.0.0.11:8080'],
] as const)('names the keys that mend here, and copies the commands: %s', async ([shown, sentence]) => {
  const opened = openConsole({
    size: { columns: 300, rows: 30 },
    keys: { doctor: { mend: ['W'] } },
    prepare: (ports) => void (ports.ailments = [{ ...ended, shown }, stateFine]),
  });
  await opened.sees('prod-sh');
  await opened.press('H');
  await opened.sees(sentence);
  expect(opened.screen()).not.toContain('doctor --');
  await opened.press('y');
  const [copy] = opened.copies;
  expect(copy).toContain(shown === 'off' ? 'doctor --yes' : 'doctor --gone 10.0.0.11:8080');
  expect(copy).not.toContain('/state');
});

test('where all is well there is nothing to copy, and that is said', async () => {
  const opened = await atDoctor([stateFine]);
  await opened.press('y');
  await opened.sees('Nothing here to copy.');
});
