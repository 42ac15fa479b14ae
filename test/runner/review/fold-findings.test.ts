import { expect, test } from 'vitest';
import { foldFindings } from '../../../src/runner/review/fold-findings.ts';
import type { Finding } from '../../../src/runner/review/review.ts';

const permission = (service: string, level: 'good' | 'refused' = 'good'): Finding => ({
  level,
  kind: 'permission',
  may: level === 'good' ? 'yes' : 'no',
  service,
});
const names = Array.from({ length: 51 }, (_, index) => `service${index}`);

test('what is the same of fifty services is told of the first, with how many others', () => {
  const memory: Finding = { level: 'warning', kind: 'no-memory', version: '1.4.6' };
  const findings = [...names.map((name) => permission(name)), memory];
  expect(foldFindings(findings)).toEqual([
    { finding: permission('service0'), others: 50 },
    { finding: memory, others: 0 },
  ]);
});

test('what refuses is told of each, and so is what is of a few', () => {
  const refused = names.map((name) => permission(name, 'refused'));
  expect(foldFindings(refused)).toHaveLength(51);
  expect(foldFindings(names.slice(0, 4).map((name) => permission(name)))).toHaveLength(4);
});

test('a forecast is about a service too', () => {
  const forecastOf = (service: string, after: number): Finding => ({
    level: 'good',
    kind: 'capacity',
    forecast: {
      service,
      now: 3,
      after,
      minimum: 1,
      weightPercent: 66,
      protectThreshold: 0,
      isThresholdReached: false,
    },
  });
  const findings = [...names.map((name) => forecastOf(name, 2)), forecastOf('other', 1)];
  expect(foldFindings(findings).map(({ others }) => others)).toEqual([50, 0]);
});
