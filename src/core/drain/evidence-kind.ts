import type { Evidence } from './evidence.ts';

export type EvidenceKind = Evidence['kind'];

export const evidenceKinds = [
  'connections',
  'actuator',
  'prometheus',
  'json',
  'command',
] as const satisfies readonly EvidenceKind[];
