import { exitCodeOfError, exitCodes } from '../../core/rollout/outcome.ts';
import type { Review } from '../../runner/review/review.ts';

/** A server that went is worse than a guard that said no; a check or command that cannot work is configuration. */
export function codeOfRefusal(review: Review): number {
  const refused = review.findings.filter(({ level }) => level === 'refused');
  const lost = refused.find((finding) => finding.kind === 'registry');
  if (lost?.kind === 'registry') return exitCodeOfError(lost.error.kind);
  const isConfiguration = (kind: string): boolean =>
    kind === 'probe' || kind === 'command-missing' || kind === 'in-two-targets' || kind === 'bad-address';
  return refused.every(({ kind }) => isConfiguration(kind)) ? exitCodes.usage : exitCodes.refused;
}
