type Quote = '' | "'" | '"';

/** A command line as somebody has typed it in bash up to the cursor. */
export type TypedLine = {
  /** The whole words before the one at the cursor, without their quotes; the program's own is the first. */
  readonly words: readonly string[];
  /** The word at the cursor as far as it is typed, without its quotes. */
  readonly current: string;
  /** The quote that is open at the cursor. */
  readonly quote: Quote;
  /** How much of `current` bash keeps: it puts what is offered behind its last break, not behind the last blank. */
  readonly kept: number;
};

/** A word's beginning is `text`; `isBegun` where there is one, even `''`. */
type Reading = { words: string[]; text: string; isBegun: boolean; kept: number };

/** Reads a line as bash would split it, and evaluates nothing of it. `breaks` is COMP_WORDBREAKS. */
export function typedLine(line: string, breaks: string): TypedLine {
  const read: Reading = { words: [], text: '', isBegun: false, kept: 0 };
  let quote: Quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    const escaped = character === '\\' && quote !== "'" ? line.charAt(at + 1) : undefined;
    if (escaped !== undefined) {
      // Within double quotes a backslash stands for itself but before these.
      add(read, quote === '"' && !/[$`"\\]/.test(escaped) ? `\\${escaped}` : escaped);
      at += 1;
    } else if (character === quote) {
      quote = '';
      read.kept = read.text.length;
    } else if (quote === '' && (character === "'" || character === '"')) {
      quote = character;
      read.isBegun = true;
      read.kept = read.text.length;
    } else if (quote === '' && /\s/.test(character)) endWord(read);
    else {
      add(read, character);
      if (quote === '' && breaks.includes(character)) read.kept = keptAfter(read.text, character);
    }
  }
  const begin = read.words.findIndex((word) => !/^\w+=/.test(word));
  const { text: current, kept } = read;
  return { words: begin < 0 ? [] : read.words.slice(begin), current, quote, kept };
}

function add(read: Reading, text: string): void {
  read.text += text;
  read.isBegun = true;
}

function endWord(read: Reading): void {
  if (read.isBegun) read.words.push(read.text);
  read.text = '';
  read.isBegun = false;
  read.kept = 0;
}

/** Of these two readline takes the break itself along: they may begin a name of something. */
function keptAfter(text: string, character: string): number {
  return '$@'.includes(character) ? text.length - 1 : text.length;
}

/** What bash is to put in place of what it does not keep of the typed word: nothing in it means anything to a shell. */
export function asTyped(word: string, { quote, kept }: Pick<TypedLine, 'quote' | 'kept'>): string {
  const rest = word.slice(kept);
  // A quote cannot be within itself, and `!` within double ones would be of the history.
  if (quote === "'") return rest.replaceAll("'", `'\\''`);
  if (quote === '"') return rest.replaceAll(/[$`"\\]/g, '\\$&').replaceAll('!', `"'!'"`);
  return rest.replaceAll(/[^\p{L}\p{N}_@%+=:,./-]/gu, '\\$&');
}
