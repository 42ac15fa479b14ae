import type { Evidence } from '../../core/drain/evidence.ts';
import { evidenceFlaw } from '../../core/drain/evidence-flaw.ts';
import { parseEvidence } from '../../core/drain/evidence-line.ts';
import { insteadMeant } from '../../core/plan/plan-text.ts';
import type { CliWords } from '../../i18n/en/cli.ts';

const rightForms = {
  '--drain': 'drain',
  '--floor': 'duration',
  '--ceiling': 'duration',
  '--certainty': 'certainty',
  '--slowest': 'slowest',
  '--check': 'check',
  '--warm-up': 'duration',
  '--soak': 'duration',
  '--minimum': 'minimum',
  '--batch': 'batch',
  '--zones': 'zones',
  '--zone-minimum': 'zoneMinimum',
  '--deploy': 'command',
  '--rollback': 'command',
  '--leave': 'call',
  '--back': 'call',
  '--companion': 'companion',
  '--notify': 'notify',
  '--order': 'order',
  '--after-first': 'gate',
  '--between-batches': 'gate',
  '--on-failure': 'onFailure',
  '--max-failures': 'maxFailures',
  '--deadline': 'deadline',
  '--instance': 'instance',
  '--exclude': 'instance',
  '--host': 'host',
  '--where': 'where',
  '--deploy-timeout': 'duration',
} as const;

export type Reader = {
  readonly problems: readonly string[];
  read<T>(
    flag: keyof typeof rightForms,
    text: string | undefined,
    parse: (text: string) => T | undefined,
  ): T | undefined;
  /** Each of a flag that may be given more than once must be good. */
  each(
    flag: keyof typeof rightForms,
    texts: readonly string[] | undefined,
    isGood: (text: string) => boolean,
  ): readonly string[] | undefined;
  evidence(texts: readonly string[]): readonly Evidence[];
};

/** Parses flags and keeps a sentence about each that is not right. */
export function createReader(words: CliWords): Reader {
  const problems: string[] = [];
  const rightFor = (flag: keyof typeof rightForms, text: string): string => {
    const form = rightForms[flag];
    if (text.trim() === 'none' && (form === 'command' || form === 'call' || form === 'zones'))
      return words.right.none(flag.slice(2));
    const meant = flag === '--leave' ? insteadMeant(text) : undefined;
    return meant === undefined ? words.right[form] : words.right.instead(meant);
  };
  return {
    problems,
    read: (flag, text, parse) => {
      const value = text === undefined ? undefined : parse(text);
      if (text !== undefined && value === undefined)
        problems.push(words.usage.badValue(flag, text, rightFor(flag, text)));
      return value;
    },
    each: (flag, texts, isGood) => {
      const bad = texts?.find((text) => !isGood(text));
      if (bad !== undefined) problems.push(words.usage.badValue(flag, bad, words.right[rightForms[flag]]));
      return texts;
    },
    evidence: (texts) =>
      texts.flatMap((text) => {
        const value = parseEvidence(text);
        if (value !== undefined) return value;
        problems.push(words.usage.badValue('--evidence', text, words.right.evidence(evidenceFlaw(text))));
        return [];
      }),
  };
}
