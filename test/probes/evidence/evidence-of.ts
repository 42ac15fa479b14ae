import type { CallReading } from '../../../src/core/drain/call-tally.ts';
import type { Evidence } from '../../../src/core/drain/evidence.ts';
import type { Registration } from '../../../src/core/plan/plan.ts';
import { realEvidence } from '../../../src/probes/evidence/evidence.ts';
import type { EvidenceReading } from '../../../src/world/world.ts';
import { instance, registrationOf } from '../../simulation/scenario/scenario.ts';

export const never = new AbortController().signal;
export const environment = { PATH: process.env['PATH'] ?? '' };
export const registered: Registration = {
  ...registrationOf(instance('orders', 'DEFAULT_GROUP', 1, 8080)),
  ip: '127.0.0.1',
};

/** What the real sources say of an instance. */
export function evidenceOf(
  evidence: Evidence,
  listed: Partial<Registration> = {},
  timeoutMs?: number,
): Promise<EvidenceReading> {
  return realEvidence(environment, timeoutMs)(evidence, { ...registered, ...listed }, never);
}

export function readOf(reading: EvidenceReading): CallReading {
  if (reading.kind === 'failed') throw new Error(`it failed: ${JSON.stringify(reading.why)}`);
  return reading.reading;
}
