import { exitCodeOfError, exitCodes } from '../../core/rollout/outcome.ts';
import type { Finding, Review } from '../../runner/review/review.ts';

const configuration: ReadonlySet<string> = new Set<Finding['kind']>([
  'probe',
  'evidence-fails',
  'command-missing',
  'cannot-start',
  'no-directory',
  'in-two-targets',
  'bad-address',
]);

/** A server that went is worse than a guard that said no; a check or command that cannot work is configuration. */
export function codeOfRefusal(review: Review): number {
  const refused = review.findings.filter(({ level }) => level === 'refused');
  const lost = refused.find((finding) => finding.kind === 'registry');
  if (lost?.kind === 'registry') return exitCodeOfError(lost.error.kind);
  return refused.every(({ kind }) => configuration.has(kind)) ? exitCodes.usage : exitCodes.refused;
}
