import type { EvidenceProbe } from '../../src/world/world.ts';

/** Of a world in which nothing tells of calls. */
export const noEvidence: EvidenceProbe = async () => ({ kind: 'failed', why: { kind: 'not-run' } });
