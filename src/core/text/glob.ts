/**
 * Whether a text is of a pattern in which `*` stands for anything, also nothing, and every other character for itself.
 * Takes the product of both lengths at most.
 */
export function isOfPattern(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (text.length < first.length + last.length) return false;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  const between = text.slice(first.length, text.length - last.length);
  let at = 0;
  for (const part of rest) {
    const found = between.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return true;
}

/**
 * Whether a name is like a pattern in which `*` stands for anything, also nothing, and `?` for one character, in any case.
 * Takes the product of both lengths at most: whoever registers a name may not keep a pattern with many stars busy.
 */
export function isLike(name: string, glob: string): boolean {
  const [text, pattern] = [name.toLowerCase(), glob.toLowerCase()];
  let [at, place] = [0, 0];
  /** The last star, and how far what it stands for may reach. */
  let star: { readonly place: number; at: number } | undefined;
  while (at < text.length) {
    if (pattern[place] === '*') {
      star = { place, at };
      place += 1;
    } else if (pattern[place] === '?' || pattern[place] === text[at]) {
      at += 1;
      place += 1;
    } else if (star !== undefined) {
      star.at += 1;
      [at, place] = [star.at, star.place + 1];
    } else return false;
  }
  return /^\**$/.test(pattern.slice(place));
}
