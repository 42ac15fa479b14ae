import { type Line, type Span, lineText } from '../draw/line.ts';

/** Which lines have the text, whatever its case; also where it goes on in the next line of one that was folded. */
export function foundIn(lines: readonly Line[], text: string): readonly number[] {
  const wanted = text.toLowerCase();
  if (wanted === '') return [];
  const texts = lines.map((line) => lineText(line).toLowerCase());
  return [...texts.keys()].filter((at) => {
    const next = texts[at + 1] ?? '';
    const more = next.startsWith('  ') ? next.slice(2, wanted.length + 1) : '';
    return `${texts[at] ?? ''}${more}`.includes(wanted);
  });
}

/** With what was looked for the other way round. */
export function withFound(line: Line, text: string): Line {
  const wanted = text.toLowerCase();
  return wanted === '' ? line : line.flatMap((part) => markedIn(part, wanted));
}

function markedIn(part: Span, wanted: string): readonly Span[] {
  const searched = part.text.toLowerCase();
  // Where a small letter is longer than its capital, no place can be told.
  if (searched.length !== part.text.length) return [part];
  const spans: Span[] = [];
  let done = 0;
  for (let at = searched.indexOf(wanted); at >= 0; at = searched.indexOf(wanted, done)) {
    if (at > done) spans.push({ ...part, text: part.text.slice(done, at) });
    done = at + wanted.length;
    spans.push({ ...part, text: part.text.slice(at, done), isInverse: true });
  }
  return done === 0 ? [part] : [...spans, { ...part, text: part.text.slice(done) }];
}
