import { spoken } from '../support/spoken.ts';
import type { Words } from '../../src/i18n/words.ts';

/** One thing that parses what somebody else wrote. */
export type Target = {
  readonly name: string;
  /** What it usually reads. Bytes are written as one character each (Latin-1). */
  readonly seeds: readonly string[];
  /** What an edit may put in beside what breaks any parser. */
  readonly words?: readonly string[];
  /** How long one input may take, in milliseconds; a quarter of a second where nothing is said. */
  readonly slowMs?: number;
  /** Throws where it does not hold what a parser of ours promises. */
  readonly run: (input: string) => void | Promise<void>;
};

const sentenceMax = 8_000;

/** Both languages say it in one sentence, and not without end, unless it repeats what was typed. */
export function tellable(say: (words: Words) => string, max = sentenceMax): void {
  for (const words of Object.values(spoken)) {
    const sentence = say(words);
    if (sentence.trim() === '') throw new Error('nothing is said');
    if (sentence.length > max) throw new Error(`${sentence.length} characters are said`);
  }
}

/** A detail that stands inside a sentence: one line of its own. */
export function oneLine(detail: string): void {
  if (/[\n\r]/.test(detail)) throw new Error(`more than a line: ${JSON.stringify(detail.slice(0, 200))}`);
}

export function same(found: unknown, wanted: unknown, what: string): void {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (one !== other) throw new Error(`${what}: ${one?.slice(0, 300)} instead of ${other?.slice(0, 300)}`);
}
