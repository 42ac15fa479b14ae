const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Characters as people see them. */
export function charactersOf(text: string): readonly string[] {
  return Array.from(graphemes.segment(text), (part) => part.segment);
}
