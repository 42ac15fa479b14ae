import { companionsMax } from '../../core/planning/companion-notes.ts';
import type { Finding } from './review.ts';

/** A finding, and of how many other services the same was found. */
export type Folded = { readonly finding: Finding; readonly others: number };

/**
 * What says the same of many services as one: a process with fifty registrations has fifty of each. What refuses is told
 * of each.
 */
export function foldFindings(findings: readonly Finding[]): readonly Folded[] {
  const alike = Map.groupBy(findings, (finding) =>
    finding.level === 'refused' ? JSON.stringify(finding) : withoutService(finding),
  );
  const isFolded = ({ length }: readonly Finding[]): boolean => length > companionsMax;
  return findings.flatMap((finding) => {
    const group = alike.get(withoutService(finding)) ?? [];
    if (finding.level === 'refused' || !isFolded(group)) return [{ finding, others: 0 }];
    return group[0] === finding ? [{ finding, others: group.length - 1 }] : [];
  });
}

function withoutService(finding: Finding): string {
  return JSON.stringify(finding, (key, value: unknown) =>
    key === 'service' || key === 'trial' ? undefined : value,
  );
}
