import { expect, test } from 'vitest';
import { type Evidence, evidenceDefaults, evidenceLimitsSchema } from '../../../src/core/drain/evidence.ts';
import { evidenceText } from '../../../src/core/drain/evidence-text.ts';

const all: readonly Evidence[] = [
  { kind: 'actuator', url: 'http://{ip}:{port}/actuator' },
  { kind: 'prometheus', url: 'http://{ip}:9090/metrics', metric: 'calls_total{code="200"}' },
  { kind: 'json', url: 'http://{ip}/stats', path: 'calls.0' },
  { kind: 'command', run: './calls' },
  { kind: 'connections' },
  { kind: 'connections', run: 'ssh "$NACOS_ROLLOUT_IP" ss -tinH' },
];

test('each kind of evidence has a short text of its own', () => {
  const texts = all.map(evidenceText);
  expect(new Set(texts).size).toBe(all.length);
  const secret = evidenceText({ kind: 'actuator', url: 'https://ops:s3cret@{ip}:{port}/actuator' });
  expect(secret).toBe('actuator https://…@{ip}:{port}/actuator');
  expect(texts[1]).toBe('prometheus http://{ip}:9090/metrics#calls_total{code="200"}');
});

test.each([0, 1, -0.1, 1.5])('a certainty of %s is none', (certainty) => {
  const limits = { ...evidenceDefaults, evidence: all };
  expect(evidenceLimitsSchema.safeParse(limits).success).toBe(true);
  expect(evidenceLimitsSchema.safeParse({ ...limits, certainty }).success).toBe(false);
});
