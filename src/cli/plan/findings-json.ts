import type { Words } from '../../i18n/words.ts';
import type { Review } from '../../runner/review/review.ts';

/** Each with its sentence, as its kinds are not all of a contract. */
export function findingsJson({ findings }: Review, { failures }: Words): readonly object[] {
  return findings.map((finding) => ({ ...finding, sentence: failures.finding(finding) }));
}
