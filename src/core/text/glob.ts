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
