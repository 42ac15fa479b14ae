import { expect, test } from 'vitest';
import { reportOf } from '../../../src/core/report/report.ts';
import { replay } from '../../../src/core/apply/apply.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { reportText } from '../../../src/cli/rollout/report-text.ts';
import { evidenceRollout, plainNames } from '../../support/evidence-rollout.ts';
import { spoken } from '../../support/spoken.ts';

const events = evidenceRollout();

function reported(all: readonly Event[]): ReturnType<typeof reportOf> {
  const rollout = replay(all);
  if (rollout === undefined) throw new Error('no rollout');
  return reportOf(rollout, all);
}

test('tells of each drain when it was called quiet, by what, how surely, and who called after it', () => {
  const [quiet, timed, called] = reported(events).targets.map(({ drains }) => drains[0]);
  expect(quiet).toMatchObject({
    endedBy: 'quiet',
    ms: 12_400,
    presetMs: 40_000,
    evidence: [plainNames.source],
    certainty: 0.999,
    lastCallMs: 5900,
    lost: [],
    calledAfter: [],
  });
  expect(timed).toMatchObject({
    endedBy: 'time',
    calls: { doubts: ['not-watched'] },
    lost: [{ source: plainNames.source }],
    calledAfter: [{ source: plainNames.source, count: 3, ms: 400 }],
  });
  expect(called).toMatchObject({ endedBy: 'still-called', ms: 180_000, lastCallMs: 179_500 });
});

test('tells what consumers were told, off and on', () => {
  expect(reported(events).targets[0]?.told).toMatchObject([
    { registration: 0, enabled: false, told: [{ ms: 560 }, { ms: 1040 }] },
    { registration: 0, enabled: true, told: [{ ms: 560 }, { ms: 1040 }] },
  ]);
});

test('of a drain that is under way it has no end, and an extension moves its preset', () => {
  const cut = events.slice(
    0,
    events.findIndex(({ type }) => type === 'drain-ended'),
  );
  const last = cut.at(-1);
  if (last === undefined) throw new Error('nothing happened');
  const { v, seq, at, rollout } = last;
  const envelope = { v, seq: seq + 1, at, rollout };
  const more: Event = {
    ...envelope,
    type: 'drain-extended',
    target: '10.0.0.11:8080',
    byMs: 10_000,
    by: 'me',
  };
  expect(reported([...cut, more]).targets[0]?.drains).toMatchObject([{ endedBy: 'open', presetMs: 50_000 }]);
});

test('sums up what was waited against the timer, a negative saving where it was longer', () => {
  const upTo = (target: string): readonly Event[] =>
    events.slice(0, events.findIndex((event) => event.type === 'enabled' && event.target === target) + 1);
  expect(reported(upTo('10.0.0.11:8080')).drains).toEqual({ waitedMs: 12_400, savedMs: 27_600 });
  const longer = events.map((event) => (event.type === 'drain-ended' ? { ...event, ms: 60_000 } : event));
  expect(reported(longer).drains).toEqual({ waitedMs: 120_000, savedMs: -40_000 });
});

test.each([
  ['en', 'drain called quiet after 12 s (by timer 40 s), 99.9% sure, by actuator'],
  ['en', 'the last call arrived 5.9 s after it went off'],
  ['en', 'silence was no proof: the evidence has gaps; told nothing for a while: actuator'],
  ['en', '3 calls arrived within 0.4 s after the drain had ended'],
  ['en', 'The drains took 52 s, 28 s less than by timer alone.'],
  ['zh-CN', '12 秒后判定不再有调用（只按定时为 40 秒），可信度 99.9%，依据 actuator'],
] as const)('the report says so in %s: %s', (language, sentence) => {
  const lines = reportText(reported(events), spoken[language], ({ url }) => url);
  expect(lines.join('\n').replaceAll('\\', '')).toContain(sentence);
});

test.each([
  ['en', 'failed, and told nothing any more: actuator'],
  ['zh-CN', '失效后再没有消息：actuator'],
] as const)('a source that never came back is told so in %s', (language, sentence) => {
  const never = events.map((event) =>
    event.type === 'evidence-returned' ? { ...event, source: 'another' } : event,
  );
  const text = reportText(reported(never), spoken[language], ({ url }) => url)
    .join('\n')
    .replaceAll('\\', '');
  expect(text).toContain(sentence);
  expect(text).not.toMatch(/for a while|曾一度/);
});
