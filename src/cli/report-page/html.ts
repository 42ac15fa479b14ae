import { visible } from '../../core/text/visible.ts';

/** HTML that was made here: of constants, and of texts that are escaped. */
export type Html = { readonly html: string };
export type Part = Html | string | readonly Part[];
type Attributes = Readonly<Record<string, string | number>>;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Elements that have no end tag. */
const empty = new Set(['meta']);

/** One element. Texts and values of attributes may come from anywhere; its name and theirs are ours. */
export function element(name: string, attributes: Attributes, ...parts: readonly Part[]): Html {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const start = `<${name}${given.join('')}>`;
  return { html: empty.has(name) ? start : `${start}${parts.map(htmlOf).join('')}</${name}>` };
}

/** A style of ours, which is not escaped. */
export function styleElement(css: string): Html {
  return { html: `<style>${css}</style>` };
}

function htmlOf(part: Part): string {
  if (typeof part === 'string') return escaped(part);
  return 'html' in part ? part.html : part.map(htmlOf).join('');
}

/** Text that is text in HTML too; what would not be seen, or turns the line around, is written out. */
function escaped(text: string): string {
  return visible(text).replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
