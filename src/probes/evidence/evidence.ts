import type { Evidence } from '../../core/drain/evidence.ts';
import { type Registration } from '../../core/plan/plan.ts';
import { fillPlaceholders } from '../../core/plan/placeholders.ts';
import type { EvidenceProbe, EvidenceReading } from '../../world/world.ts';
import { readActuator } from './actuator.ts';
import { readCommand } from './command.ts';
import { readConnections } from './connections.ts';
import { unanswered } from '../http.ts';
import { failed } from './count.ts';
import { readJson } from './json.ts';
import { readPrometheus } from './prometheus.ts';

/** A reading that comes later leaves a time of which little is known. */
const evidenceTimeoutMs = 2000;

/** Reads each kind of evidence. A registry may list what no socket and no environment takes: that too is a reading. */
export function realEvidence(
  environment: Readonly<Record<string, string>>,
  timeoutMs = evidenceTimeoutMs,
): EvidenceProbe {
  const late = failed({ kind: 'timed-out', afterMs: timeoutMs });
  return async (evidence, registration, signal) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const both = AbortSignal.any([signal, timeout]);
      const reading = await read(evidence, registration, both, environment);
      return timeout.aborted && reading.kind === 'failed' ? late : reading;
    } catch (error) {
      return timeout.aborted ? late : failed(unanswered(error));
    }
  };
}

function read(
  evidence: Evidence,
  registration: Registration,
  signal: AbortSignal,
  environment: Readonly<Record<string, string>>,
): Promise<EvidenceReading> {
  const filled = (url: string): string => fillPlaceholders(url, registration, 'url');
  const place = { registration, environment, signal };
  switch (evidence.kind) {
    case 'actuator':
      return readActuator(filled(evidence.url), evidence.ignore ?? [], signal);
    case 'prometheus':
      return readPrometheus(filled(evidence.url), evidence.metric, signal);
    case 'json':
      return readJson(filled(evidence.url), evidence.path, signal);
    case 'command':
      return readCommand(evidence.run, evidence.ignore ?? [], place);
    case 'connections':
      return readConnections(evidence.run, evidence.ignore ?? [], place);
  }
}
