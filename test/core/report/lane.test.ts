import { expect, test } from 'vitest';
import { momentsOf } from '../../../src/core/report/lane.ts';
import { roundScale } from '../../../src/core/report/scale.ts';
import type { ReportedStep } from '../../../src/core/report/report-steps.ts';
import type { ReportedTarget } from '../../../src/core/report/report-target.ts';
import { stamp } from '../../../src/core/text/stamp.ts';

const step = (name: ReportedStep['step'], atMs: number, more: Partial<ReportedStep> = {}): ReportedStep => ({
  step: name,
  attempt: 1,
  beganAt: stamp(atMs),
  outcome: 'done',
  ...more,
});
const lane = (steps: readonly ReportedStep[], exposures: ReportedTarget['exposures'] = []): ReportedTarget =>
  ({ steps, exposures }) as ReportedTarget;
const ten = { fromMs: 0, toMs: 10_000 };
const read = (target: ReportedTarget, nowMs: number): string => momentsOf(target, ten, 10, nowMs).join(' ');

test('a part of a lane is the step that lasted longest in it, off between steps, and not there yet after now', () => {
  const steps = [
    step('disable', 1000, { ms: 200 }),
    step('drain', 1200, { ms: 2800 }),
    step('deploy', 5000, { outcome: 'open' }),
  ];
  expect(read(lane(steps), 7000)).toBe('on drain drain drain off deploy deploy later later later');
});

test('what went wrong is not hidden by what lasted longer', () => {
  const steps = [
    step('disable', 0, { ms: 900 }),
    step('check', 2000, { ms: 50, outcome: 'failed' }),
    step('check', 2050, { ms: 7000 }),
  ];
  const exposures = [{ at: stamp(4000), registration: 0, sources: ['a'], ms: 10 }];
  expect(read(lane(steps, exposures), 9000)).toBe(
    'disable off failed check exposed check check check check later',
  );
});

test('a scale is of a round length, and the same for as long as it reaches', () => {
  expect(roundScale(500, 1500)).toEqual({ fromMs: 500, toMs: 30_500 });
  expect(roundScale(0, 61_000)).toEqual(roundScale(0, 119_000));
  const dayMs = 86_400_000;
  expect(roundScale(0, 3 * dayMs)).toEqual({ fromMs: 0, toMs: 3 * dayMs });
});
