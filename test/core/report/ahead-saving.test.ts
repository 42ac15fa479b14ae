import { expect, test } from 'vitest';
import type { Event, Fact } from '../../../src/core/event/event.ts';
import { aheadSaving } from '../../../src/core/report/ahead-saving.ts';
import { plainScenario } from '../../simulation/run-plain.ts';

const { plan } = plainScenario(2);
const [first, second] = ['10.0.0.1:8080', '10.0.0.2:8080'] as const;
const minute = Date.parse('2026-11-26T18:00:00.000Z');

function saving(...facts: readonly (readonly [seconds: number, fact: Fact])[]) {
  return aheadSaving(
    plan,
    facts.map(([seconds, fact], index): Event => {
      const at = new Date(minute + seconds * 1000).toISOString();
      return { ...fact, v: 1, seq: index + 1, at, rollout: '7f3a' };
    }),
  );
}

const on: Fact = { type: 'enabled', target: first, attempt: 1, ms: 1 };
const off: Fact = { type: 'disable-began', target: second, attempt: 1, isAhead: true };
const drained: Fact = { type: 'drain-ended', target: second, attempt: 1, ms: 1 };
const deploy: Fact = { type: 'deploy-began', target: second, attempt: 1, command: 'x', directory: 'd' };

test('all of its drain is saved where the one before took longer', () => {
  expect(saving([0, off], [10, drained], [30, on], [30, deploy])).toEqual({ targets: 1, savedMs: 10_000 });
});

test('where the one before was through sooner, as much as it had begun earlier', () => {
  expect(saving([0, off], [4, on], [10, drained], [10, deploy])).toEqual({ targets: 1, savedMs: 4000 });
});

test('who was called back, or went when it was its turn, saved nothing', () => {
  const back: Fact = { type: 'called-back', target: second, why: 'stuck' };
  const inTurn: Fact = { type: 'disable-began', target: second, attempt: 2 };
  expect(saving([0, off], [3, back], [20, on], [20, inTurn], [30, drained], [30, deploy])).toBeUndefined();
});
