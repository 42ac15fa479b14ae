/** What is filled into the URLs of a plan, and into the words of a command that no shell sees. */
export const placeholderNames = [
  'ip',
  'port',
  'management.port',
  'instance',
  'service',
  'group',
  'namespace',
  'cluster',
] as const;
export type PlaceholderName = (typeof placeholderNames)[number];

export function filled(text: string, values: Readonly<Record<PlaceholderName, string>>): string {
  return text.replaceAll(inBraces, (whole, name: string) => (isPlaceholder(name) ? values[name] : whole));
}

/** A name in braces into which nothing is filled, and the name that was meant, where one is near. */
export type StrayPlaceholder = { readonly placeholder: string; readonly similar: string | undefined };

export function strayPlaceholder(text: string): StrayPlaceholder | undefined {
  const [, stray] = [...text.matchAll(inBraces)].find(([, name = '']) => !isPlaceholder(name)) ?? [];
  if (stray === undefined) return undefined;
  const near = placeholderNames
    .map((name) => ({ name, distance: distanceOf(stray.toLowerCase(), name) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(name.length / 3)))
    .toSorted((one, other) => one.distance - other.distance)[0];
  return { placeholder: `{${stray}}`, similar: near && `{${near.name}}` };
}

const inBraces = /\{([\w.-]+)\}/g;

function isPlaceholder(name: string): name is PlaceholderName {
  return (placeholderNames as readonly string[]).includes(name);
}

/** How many letters must be put in, left out or changed (Levenshtein). */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [at, letter] of one.split('').entries()) {
    const next = [at + 1];
    for (const [index, wanted] of other.split('').entries())
      next.push(
        Math.min(
          (row[index] ?? 0) + (letter === wanted ? 0 : 1),
          (row[index + 1] ?? 0) + 1,
          (next[index] ?? 0) + 1,
        ),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}
