import { expect, test } from 'vitest';
import { exitSummaryLines } from '../../../src/tui/screens/exit-summary-lines.ts';
import { leavingAfter } from '../../../src/tui/view/leaving.ts';
import { wordsIn } from '../../../src/tui/draw/words.ts';
import {
  type OpenedRollout,
  deployFailed,
  disabledAndDraining,
  first,
  openRollout,
} from '../support/open-rollout.ts';
import { type ScriptedLink, planned, runnerStarted, scriptedLink } from '../support/scripted-link.ts';
import { planOfThree, reached } from '../support/usual-plan.ts';
import { journal } from '../stay/journals.ts';

const offNames = ['10.0.0.11:8080 orders', '10.0.0.11:20880 DUBBO_GROUP@@providers:com.acme.Orders:1.0.0:'];

/** A rollout was left, with its first target off. */
async function oneLeftOff(): Promise<OpenedRollout> {
  const opened = await openRollout();
  leaveOff(opened.link);
  opened.link.die();
  await opened.clock.advance(0);
  await opened.press('esc');
  return opened;
}

function leaveOff(link: ScriptedLink): void {
  deployFailed(link, first);
  link.say({ type: 'abort-asked', how: 'leave', by: 'me' });
  link.say({ type: 'rollout-ended', outcome: 'aborted', exitCode: 3 });
}

/** Another one is followed, with what has happened in it. */
async function another(
  opened: OpenedRollout,
  id: string,
  happened: (link: ScriptedLink) => void,
): Promise<void> {
  const link = scriptedLink(opened.clock, id);
  link.say(planned(planOfThree(), reached));
  link.say(runnerStarted);
  happened(link);
  opened.join(link, true);
  link.caughtUp();
  await opened.clock.advance(0);
}

function ended(link: ScriptedLink): void {
  link.say({ type: 'abort-asked', how: 'put-back', by: 'me' });
  link.say({ type: 'rollout-ended', outcome: 'aborted', exitCode: 1 });
}

async function quit(
  opened: OpenedRollout,
): Promise<{ readonly code: number | undefined; readonly said: string }> {
  await opened.press('q');
  await opened.clock.advance(0);
  const [end] = opened.ends;
  const said = end === undefined ? [] : exitSummaryLines(wordsIn('en'), end.exitSummary, false);
  return { code: end?.exitCode, said: said.join('\n') };
}

test.each([
  ['from its screen', ['q']],
  ['once it was left', ['esc', 'q']],
])(
  'what an earlier rollout left off is named and the code says it, after a later one, %s',
  async (_how, keys) => {
    const opened = await oneLeftOff();
    await another(opened, 'dddddddd', ended);
    await opened.press(...keys.slice(0, -1));
    const { code, said } = await quit(opened);
    expect(code).toBe(3);
    expect(said).toMatch(/Rollout 7f3a[^]*10\.0\.0\.11:8080 orders[^]*Rollout dddddddd: 0 of 3/);
  },
);

test('what both have left off is named of both', async () => {
  const opened = await oneLeftOff();
  await another(opened, 'dddddddd', leaveOff);
  await opened.press('esc');
  const { code, said } = await quit(opened);
  expect(code).toBe(3);
  expect(said.match(/ {2}10\.0\.0\.11:8080 orders/g)).toHaveLength(2);
});

test('it is named where the later one goes on without the console', async () => {
  const opened = await oneLeftOff();
  await another(opened, 'dddddddd', (link) => disabledAndDraining(link, '10.0.0.12:8080'));
  await opened.press('d', 'y');
  const [end] = opened.ends;
  expect(end).toMatchObject({
    exitCode: 3,
    exitSummary: {
      kind: 'several',
      of: [{ exitSummary: { off: offNames } }, { exitSummary: { kind: 'goes-on' } }],
    },
  });
});

test('the same rollout, carried on to its end, has nothing off any more', async () => {
  const opened = await oneLeftOff();
  await another(opened, '7f3a', ended);
  await opened.press('esc');
  expect(await quit(opened)).toMatchObject({
    code: 1,
    said: expect.not.stringContaining('  10.0.0.11') as string,
  });
});

test('what its journal has no more off is not named', async () => {
  const opened = await oneLeftOff();
  await another(opened, 'dddddddd', ended);
  opened.ports.open = [journal(opened.clock, '7f3a', false, ended).open];
  await opened.press('esc');
  expect(await quit(opened)).toMatchObject({
    code: 1,
    said: expect.not.stringContaining('  10.0.0.11') as string,
  });
});

/** It rests at a gate, with nothing off. */
function restAtGate(link: ScriptedLink): void {
  link.say({ type: 'runner-rested', why: 'at-gate', exitCode: 3 });
}

/** A rollout was left at a gate; after it another one was done. */
async function oneAtGate(): Promise<OpenedRollout> {
  const opened = await openRollout();
  restAtGate(opened.link);
  opened.link.die();
  await opened.clock.advance(0);
  await opened.press('esc');
  await another(opened, 'dddddddd', (link) =>
    link.say({ type: 'rollout-ended', outcome: 'done', exitCode: 0 }),
  );
  return opened;
}

test('one that still waits at a gate is named, and the code says it, after one that is done', async () => {
  const { code, said } = await quit(await oneAtGate());
  expect(code).toBe(3);
  expect(said).toMatch(/Rollout 7f3a: 0 of 3[^]*resume 7f3a[^]*Rollout dddddddd/);
});

test('one that was done elsewhere since then waits no more', async () => {
  const opened = await oneAtGate();
  const done = (link: ScriptedLink) => link.say({ type: 'rollout-ended', outcome: 'done', exitCode: 0 });
  opened.ports.open = [journal(opened.clock, '7f3a', false, done).open];
  await opened.press('esc');
  expect((await quit(opened)).code).toBe(0);
});

test('what one has put on again does not take away that another one waits at a gate', async () => {
  const opened = await oneLeftOff();
  await another(opened, 'dddddddd', restAtGate);
  opened.ports.open = [
    journal(opened.clock, '7f3a', false, ended).open,
    journal(opened.clock, 'dddddddd', false, restAtGate).open,
  ];
  await opened.press('esc');
  const { code, said } = await quit(opened);
  expect(code).toBe(3);
  expect(said).not.toContain('  10.0.0.11');
  expect(said).toContain('resume dddddddd');
});

test('one that left only less weight needs a person too', () => {
  const left = { kind: 'ended', id: '7f3a', isRehearsal: false, done: 1, count: 3, off: [] } as const;
  const weights = [{ name: '10.0.0.11:8080 orders', weight: 1, full: 5 }];
  const lowered = {
    exitCode: 3,
    exitSummary: { ...left, lowered: weights, directory: '', isOpen: false },
  };
  const after = leavingAfter(lowered, { exitCode: 0, exitSummary: { kind: 'goes-on', id: 'dddddddd' } });
  expect(after).toMatchObject({ exitCode: 3, exitSummary: { of: [lowered, {}] } });
});
