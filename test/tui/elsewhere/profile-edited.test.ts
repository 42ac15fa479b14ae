import { expect, test } from 'vitest';
import type { StartRequest } from '../../../src/runner/ports/face-ports.ts';
import type { ProfileEntry } from '../../../src/tui/model/profile-fields.ts';
import { atInstances } from '../support/at-instances.ts';
import { profileEntry } from '../support/fake-ports.ts';
import type { Opened } from '../support/open-console.ts';

type Edited = Opened & {
  /** `profile edit` in a shell. */
  edit(change: Partial<ProfileEntry>): void;
  readonly started: readonly StartRequest[];
};

const before = { deploy: './redeploy.sh', drain: '40s', minimum: '1' };

/** One of `orders` is chosen, with a profile that others edit. */
async function chosen(defaults: ProfileEntry['defaults'] = before): Promise<Edited> {
  const started: StartRequest[] = [];
  const opened = await atInstances({
    size: { columns: 140, rows: 30 },
    prepare: (ports) => {
      ports.entries = [{ ...profileEntry('prod-sh'), defaults }];
      ports.launcher.start = (request) => {
        started.push(request);
        return Promise.resolve({ ok: false, problem: { kind: 'runner-failed', detail: 'no script' } });
      };
    },
  });
  await opened.press('space');
  const edit = (change: Partial<ProfileEntry>): void => {
    opened.ports.entries = [{ ...profileEntry('prod-sh'), defaults, ...change }];
  };
  return { ...opened, edit, started };
}

/** Reviews what stands in the form, and starts it. */
async function startedDrainMs(opened: Edited): Promise<unknown> {
  await opened.press('v');
  await opened.sees('Raft leader');
  await opened.press('G');
  await opened.clock.advance(0);
  return opened.started[0]?.plan.targets[0]?.drain.ms;
}

test('a profile that was edited before one says how is read again, and the change is told', async () => {
  const opened = await chosen();
  opened.edit({ defaults: { ...before, drain: '5s' } });
  await opened.press('enter');
  await opened.sees('The profile prod-sh was changed meanwhile and is read again: drain 40s → 5s.');
  expect(await startedDrainMs(opened)).toBe(5000);
});

test('one that is edited while the form stands holds for the plan, which tells of it', async () => {
  const opened = await chosen({ ...before, drain: '5s' });
  await opened.press('enter');
  await opened.clock.advance(0);
  expect(opened.screen()).not.toContain('changed meanwhile');
  opened.edit({ defaults: { ...before, drain: '40s' } });
  await opened.press('v');
  await opened.sees('Raft leader');
  expect(opened.screen()).toContain('drain 5s → 40s');
  await opened.press('G');
  await opened.clock.advance(0);
  expect(opened.started[0]?.plan.targets[0]?.drain.ms).toBe(40_000);
});

test('what a person typed stays', async () => {
  const opened = await chosen();
  await opened.press('enter', 'down', 'down', 'enter');
  await opened.press('backspace', 'backspace', 'backspace');
  await opened.type('17s');
  await opened.press('enter');
  opened.edit({ defaults: { ...before, drain: '5s', minimum: '2' } });
  await opened.press('v');
  await opened.sees('Raft leader');
  expect(opened.screen()).toContain('minimum 1 → 2. What you typed here stays.');
  expect(opened.store.model().draft?.settings).toMatchObject({ drain: '17s', minimum: '2' });
  await opened.press('G');
  await opened.clock.advance(0);
  expect(opened.started[0]?.plan.targets[0]?.drain.ms).toBe(17_000);
});

/** The companions of the draft. */
function along(opened: Edited): readonly unknown[] {
  return Object.values(opened.store.model().draft?.companions ?? {});
}

test('what goes along is that of the profile by now', async () => {
  const opened = await chosen();
  opened.edit({ kept: { companions: ['process'] } });
  await opened.press('enter');
  await opened.sees('The profile prod-sh was changed meanwhile and is read again. What you typed');
  expect(along(opened)).toEqual([['process']]);
});

test('what goes along by choice stays', async () => {
  const opened = await chosen();
  await opened.press('P', 'P');
  expect(along(opened)).toEqual([['ip']]);
  opened.edit({ kept: { companions: ['process'] } });
  await opened.press('enter');
  await opened.sees('The profile prod-sh was changed meanwhile');
  expect(along(opened)).toEqual([['ip']]);
});

test('a file of profiles that cannot be read makes no plan of what it said before', async () => {
  const opened = await chosen();
  await opened.press('enter');
  await opened.clock.advance(0);
  opened.ports.profiles.list = () => Promise.resolve({ ok: false, sentence: 'profiles.json is broken' });
  await opened.press('v');
  await opened.sees('profiles.json is broken');
  expect(opened.store.model().reviewed).toBeUndefined();
  expect(opened.store.model().waitingFor).toBeUndefined();
});
