import type { Evidence } from '../../../src/core/drain/evidence.ts';
import type { EvidenceProbe, EvidenceReading } from '../../../src/world/world.ts';
import type { VirtualClock } from '../../support/time/virtual-clock.ts';
import type { Random } from '../scenario/random.ts';
import type { SourceSpell } from '../scenario/scenario.ts';
import type { Slot } from './ground-truth.ts';
import type { SimulatedCallers } from './simulated-callers.ts';

type Found = { readonly slot: Slot | undefined; readonly isAnswering: boolean };

const timeoutMs = 2000;

/** Sources of evidence that answer slowly, or not each time. */
export function simulatedEvidence(
  clock: VirtualClock,
  random: Random,
  { slowMs, failing }: SourceSpell,
  callers: SimulatedCallers,
  find: (registration: Parameters<EvidenceProbe>[1]) => Found,
): EvidenceProbe {
  return async (evidence, registration, signal) => {
    if (failing > 0 && random.chance(failing)) {
      await clock.sleep(timeoutMs, signal);
      return { kind: 'failed', why: { kind: 'timed-out', afterMs: timeoutMs } };
    }
    if (slowMs === 0) return readingOf(evidence, find(registration), callers);
    // It counts at some moment between the question and the answer.
    await clock.sleep(random.int(0, slowMs), signal);
    const reading = readingOf(evidence, find(registration), callers);
    await clock.sleep(random.int(0, slowMs), signal);
    return reading;
  };
}

function readingOf(
  evidence: Evidence,
  { slot, isAnswering }: Found,
  callers: SimulatedCallers,
): EvidenceReading {
  if (isAnswering && slot !== undefined) return callers.read(evidence, slot);
  // Whoever looks at sockets finds none, where an application that counts says nothing.
  return evidence.kind === 'connections'
    ? { kind: 'read', reading: { unit: 'bursts', isPerCaller: true, counters: [] } }
    : { kind: 'failed', why: { kind: 'refused', detail: 'refused' } };
}
