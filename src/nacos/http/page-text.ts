/** What a page shows, without its markup. */
export type PageText = {
  readonly title: string;
  /** The texts between its tags, in their order. */
  readonly phrases: readonly string[];
};

/** An error page says what it has to say at its beginning. */
const readMax = 8_000;

const unseen = /<(script|style)\b.*?<\/\1\s*>|<!--.*?-->/gis;

const shown = (text: string): string =>
  text
    .replace(/&nbsp;|&#160;/g, ' ')
    .replace(/&#(?:39|x27);|&apos;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();

export function pageText(page: string): PageText {
  const text = page.slice(0, readMax).replace(unseen, ' ');
  const phrases = text
    .split(/<[^<>]*>/)
    .map(shown)
    .filter((phrase) => phrase !== '');
  return { title: shown(/<title[^<>]*>([^<]{0,120})/i.exec(text)?.[1] ?? ''), phrases };
}
