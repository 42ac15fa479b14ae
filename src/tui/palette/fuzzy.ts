/** What was typed, as `fitOf` compares it: in any order each word has to be found. */
export type Typed = readonly string[];

export function typedWords(text: string): Typed {
  return text.toLowerCase().split(/\s+/u).filter(Boolean);
}

/** A gap between two letters weighs as much as this many words that begin elsewhere. */
const scattered = 8;

/**
 * How far a text, in small letters, is from what was typed: 0 where each word begins one of its words, undefined where
 * the letters of one do not even come in this order.
 */
export function fitOf(words: Typed, text: string): number | undefined {
  let sum = 0;
  for (const word of words) {
    const distance = wordDistance(word, text);
    if (distance === undefined) return undefined;
    sum += distance;
  }
  return sum;
}

function wordDistance(word: string, text: string): number | undefined {
  const first = text.indexOf(word);
  if (first < 0) return gapsOf(word, text);
  for (let at = first; at >= 0; at = text.indexOf(word, at + 1)) if (isBeginning(text, at)) return 0;
  return 1;
}

/** Asked ten thousand times a key: what is no ASCII is a letter. */
function isBeginning(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const isDigit = before >= 0x30 && before <= 0x39;
  return !(isDigit || (before >= 0x61 && before <= 0x7a) || before > 0x7f);
}

/** How many other letters stand between its own, from its first end back to the nearest beginning. */
function gapsOf(word: string, text: string): number | undefined {
  let end = -1;
  for (let at = 0; at < word.length; at += 1) {
    end = text.indexOf(word[at] ?? '', end + 1);
    if (end < 0) return undefined;
  }
  let begin = end;
  for (let at = word.length - 2; at >= 0; at -= 1) begin = text.lastIndexOf(word[at] ?? '', begin - 1);
  return scattered + end - begin + 1 - word.length;
}
