import type { Limits } from '../../core/plan-reading/limits-over.ts';
import type { CliWords } from '../../i18n/en/cli.ts';
import type { ConnectionFlags } from '../../profiles/connection-flags.ts';
import { type Flagged, type PlanFlags, limitsOfFlags } from './plan-flags.ts';

export type PrepareFlags = PlanFlags &
  ConnectionFlags & { readonly file?: string; readonly override?: readonly string[] };

/** These narrow what a file says, or limit how far it goes, and may stand beside it. */
const limiting = ['where', 'notOn', 'onFailure', 'maxFailures', 'deadline'] as const;

/** What is said in the file, or by a flag. */
const planOnly = [
  'service',
  'cluster',
  'instance',
  'exclude',
  'host',
  'companion',
  'order',
  'afterFirst',
  'betweenBatches',
  'batch',
  'zones',
  'zoneMinimum',
  'minimum',
  'drainAhead',
  'drain',
  'evidence',
  'floor',
  'ceiling',
  'certainty',
  'slowest',
  'check',
  'warmUp',
  'soak',
  'deploy',
  'deployTimeout',
  'rollback',
  'leave',
  'back',
  'notify',
] as const;

/** Why these flags cannot stand beside a plan file, where nothing is rolled and none limits anything. */
export function alone(flags: PrepareFlags, { usage }: CliWords): string | undefined {
  const one = [...planOnly, ...limiting].find((name) => flags[name] !== undefined);
  return one && usage.notBoth('--file', spelled(one));
}

/** What the flags beside a plan file say, or why they cannot stand there. */
export function limitsBeside(flags: PrepareFlags, words: CliWords): Flagged<Limits> {
  const one = planOnly.find((name) => flags[name] !== undefined);
  if (one === undefined) return limitsOfFlags(flags, words);
  return { ok: false, sentence: words.usage.besideFile(spelled(one), limiting.map(spelled)) };
}

function spelled(name: string): string {
  return `--${name.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)}`;
}
