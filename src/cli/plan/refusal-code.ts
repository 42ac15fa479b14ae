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

/** The worst of all that refuses: a Nacos that went, then whoever rolls it, then a guard that said no, then a check, a command or evidence that cannot work. */
export function codeOfRefusal(review: Review): number {
  const refused = review.findings.filter(({ level }) => level === 'refused');
  const lost = refused.find((finding) => finding.kind === 'registry');
  if (lost?.kind === 'registry') return exitCodeOfError(lost.error.kind);
  if (refused.some(({ kind }) => kind === 'locked')) return exitCodes.locked;
  return refused.every(({ kind }) => configuration.has(kind)) ? exitCodes.usage : exitCodes.refused;
}
