let collator: Intl.Collator | undefined;

/**
 * Sorts by the numbers in them, as people count: `app-9` before `app-10`. The rules are made once, when something is
 * sorted: a `localeCompare` with options makes them anew each time.
 */
export function compareTexts(a: string, b: string): number {
  collator ??= new Intl.Collator('en', { numeric: true });
  return collator.compare(a, b);
}
