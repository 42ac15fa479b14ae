import { expect, test } from 'vitest';
import type { CallsSeen } from '../../../src/core/drain/calls-seen.ts';
import type { Drain } from '../../../src/core/plan/plan.ts';
import type { LiveCalls } from '../../../src/runner/ports/protocol.ts';
import { lineText } from '../../../src/tui/draw/line.ts';
import { frame } from '../../../src/tui/screens/frame.ts';
import { openConsole } from '../support/open-console.ts';
import { type OpenedRollout, disabledAndDraining, first } from '../support/open-rollout.ts';
import { planned, runnerStarted, scriptedLink } from '../support/scripted-link.ts';
import { planOfThree, reached } from '../support/usual-plan.ts';

type Caller = CallsSeen['callers'][number];

const source = 'connections';
const watch: NonNullable<Drain['watch']> = {
  evidence: [{ kind: 'connections' }],
  floorMs: 5000,
  ceilingMs: 180_000,
  certainty: 0.999,
};

const caller = (name: string, more: Partial<Caller> = {}): Caller => ({
  source,
  registration: 0,
  caller: name,
  perSecond: 2.5,
  callsSince: 4,
  lastMs: 3000,
  silentMs: 4000,
  neededMs: 9000,
  ...more,
});

const live = (more: Partial<LiveCalls>): LiveCalls => ({
  target: first,
  callers: [],
  doubts: [],
  perSecond: { fromMs: -4000, counts: [8, 8, 4, 8, 2, 1, 0, 0, 5] },
  ...more,
});

/** The rollout screen while the first target drains by evidence. */
async function draining(
  options: Parameters<typeof openConsole>[0] = {},
): Promise<Omit<OpenedRollout, 'rollout'>> {
  const opened = openConsole({ size: { columns: 80, rows: 24 }, ...options });
  const link = scriptedLink(opened.clock);
  const plan = planOfThree();
  const targets = plan.targets.map((target) => ({ ...target, drain: { ...target.drain, watch } }));
  link.say(planned({ ...plan, targets }, reached));
  link.say(runnerStarted);
  await opened.clock.advance(0);
  opened.join(link, true);
  link.caughtUp();
  disabledAndDraining(link, first);
  return { ...opened, link };
}

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');

test.each<[string, number, Partial<LiveCalls>, string]>([
  ['nothing', 1000, { perSecond: { fromMs: 0, counts: [] } }, 'Waiting; the evidence has told nothing yet.'],
  ['its first look', 1000, {}, 'Waiting; its calls are counted, and are judged in a moment.'],
  ['its floor', 1000, { waitsFor: 'floor', untilMs: 5000 }, 'Waiting for at least 5 s, which nothing'],
  ['its answers', 7000, { waitsFor: 'active' }, 'waiting until they end, until 3 min at the latest.'],
  [
    'calls',
    7000,
    { waitsFor: 'calls', callers: [caller('10.0.0.5', { lastMs: 6500, silentMs: 500 })] },
    'Still called by 10.0.0.5: waiting for silence, until 40 s or as long as calls arrive.',
  ],
  [
    'silence',
    7000,
    { waitsFor: 'silence', callers: [caller('10.0.0.5', { neededMs: 6000 }), caller('10.0.0.6')] },
    'Waiting until 10.0.0.6 and 1 more is silent for 9 s (4 s so far): then it is 99.9% sure that nobody calls.',
  ],
  [
    'a rare caller',
    7000,
    { waitsFor: 'silence', callers: [caller('10.0.0.5'), caller('10.0.0.6', { neededMs: 31_170_779 })] },
    'Waiting for the whole 40 s: 10.0.0.6 called so seldom that a shorter silence proves nothing.',
  ],
  [
    'its preset',
    7000,
    { waitsFor: 'preset', doubts: ['several-consumers', 'not-watched'] },
    'Waiting for the whole 40 s, as silence is no proof here: the evidence does not tell its consumers apart, and the evidence has gaps.',
  ],
  [
    'late calls',
    50_000,
    { waitsFor: 'calls', untilMs: 180_000, callers: [caller('all', { lastMs: 49_500, silentMs: 500 })] },
    'Still called: goes on until that ends, or until 3 min are over.',
  ],
])('says that it waits for %s', async (_, elapsedMs, told, sentence) => {
  const opened = await draining();
  await opened.clock.advance(elapsedMs);
  opened.link.send({ kind: 'calls', calls: [live(told)] });
  await opened.second();
  expect(flat(opened.screen())).toContain(sentence);
});

test('sets the time against what bounds it: floor and preset, then preset and ceiling', async () => {
  const opened = await draining();
  await opened.clock.advance(7000);
  await opened.second();
  expect(opened.screen()).toMatch(
    /Draining 10\.0\.0\.11:8080: \d s \(at least 5 s, at most 40 s unless calls go on\)/,
  );
  await opened.clock.advance(40_000);
  await opened.second();
  expect(opened.screen()).toMatch(/Draining 10\.0\.0\.11:8080: \d\d s \(beyond its 40 s, at most 3 min\)/);
});

test.each<[boolean, number, string]>([
  [true, 80, '██▄█▂▁··  0 calls/s'],
  [true, 140, 'calls go on)  ██▄█▂▁··  0 calls/s'],
  [false, 80, '##=#:.__  0 calls/s'],
])('draws the calls of each whole second (UTF-8 %s, %i columns)', async (isUtf8, columns, drawn) => {
  const opened = await draining({ isUtf8, size: { columns, rows: 24 } });
  opened.link.send({ kind: 'calls', calls: [live({ waitsFor: 'floor' })] });
  await opened.second();
  expect(flat(opened.screen())).toContain(flat(drawn));
});

test('shows the last minute, and never more than the window is wide', async () => {
  const opened = await draining({ size: { columns: 50, rows: 24 } });
  const counts = Array.from({ length: 300 }, (_, index) => index % 7);
  opened.link.send({
    kind: 'calls',
    calls: [live({ waitsFor: 'floor', perSecond: { fromMs: -1, counts } })],
  });
  await opened.second();
  for (const each of frame(opened.store.model())) expect(lineText(each).length).toBeLessThanOrEqual(50);
});

test('a key opens who calls, and what they must be silent for, also when the drain has failed', async () => {
  const opened = await draining();
  await opened.press('v');
  expect(opened.screen()).toContain('No evidence tells of calls to this target now.');
  const callers = [
    caller('10.0.0.5', { neededMs: undefined, lastMs: -2000, callsSince: 0 }),
    caller('all', { source: 'actuator http://10.0.0.11:8080/actuator' }),
  ];
  opened.link.send({ kind: 'calls', calls: [live({ waitsFor: 'preset', callers, doubts: ['uncovered'] })] });
  await opened.press('v');
  expect(opened.screen()).toContain('Who calls 10.0.0.11:8080');
  const shown = flat(opened.screen());
  expect(shown).toContain('10.0.0.11:8080 connections');
  expect(shown).toContain('10.0.0.5 2.5/s 0 2 s before 4 s unknown');
  expect(shown).toContain('actuator http://10.0.0.11:8080/actuator');
  expect(shown).toContain('everybody 2.5/s 4 after 3 s 4 s 9 s');
  expect(shown).toContain('Silence is no proof: no evidence tells of one of its registrations.');
  await opened.press('v');
  const why = { kind: 'still-called', afterMs: 180_000, calls: live({ callers }) } as const;
  opened.link.say({ type: 'step-failed', target: first, step: 'drain', attempt: 1, ms: 180_000, why });
  opened.link.send({ kind: 'calls', calls: [] });
  expect(opened.screen()).toContain('deploy although calls arrive; they are cut off');
  await opened.press('v');
  expect(opened.screen()).toContain('everybody');
});

test('what a runner told that is gone is told no more', async () => {
  const opened = await draining();
  opened.link.send({ kind: 'calls', calls: [live({ waitsFor: 'floor', untilMs: 5000 })] });
  await opened.second();
  expect(flat(opened.screen())).toContain('0 calls/s');
  opened.link.die();
  await opened.second();
  expect(flat(opened.screen())).not.toContain('calls/s');
  expect(flat(opened.screen())).not.toContain('Waiting for its floor');
});
