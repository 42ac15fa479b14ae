/**
 * What was listed at each of many looks, kept as what changed from one to the next: the list of a thousand is not kept
 * a thousand times. Keys are those of `instanceKey`.
 */
export type ListingHistory = {
  readonly looks: number;
  /** The looks at which each came and went, by turns; the first is the one that it came at. */
  readonly turns: ReadonlyMap<string, readonly number[]>;
};

/** What a look showed that the one before it did not, and the other way round. */
export type ListingChanges = { readonly appeared: readonly string[]; readonly vanished: readonly string[] };

export const noLooks: ListingHistory = { looks: 0, turns: new Map() };

/** Of the services that were looked at, by their `serviceKey`; what is listed of others is as it was. */
export function changesTo(
  history: ListingHistory,
  services: readonly string[],
  listed: readonly string[],
): ListingChanges {
  const now = new Set(listed);
  const last = history.looks;
  return {
    appeared: [...now].filter((key) => !wasListed(history, last, key)),
    vanished: [...history.turns.keys()].filter(
      (key) => !now.has(key) && services.includes(serviceOf(key)) && wasListed(history, last, key),
    ),
  };
}

/** With one look more, whose number is then `looks`. */
export function withLook(history: ListingHistory, { appeared, vanished }: ListingChanges): ListingHistory {
  const look = history.looks + 1;
  const came = appeared.filter((key) => !wasListed(history, history.looks, key));
  const gone = vanished.filter((key) => wasListed(history, history.looks, key));
  if (came.length + gone.length === 0) return { ...history, looks: look };
  const turns = new Map(history.turns);
  for (const key of new Set([...came, ...gone])) turns.set(key, [...(turns.get(key) ?? []), look]);
  return { looks: look, turns };
}

/** Whether it was listed at that look, or at the last one before it that looked at its service. */
export function wasListed({ turns }: ListingHistory, look: number, key: string): boolean {
  return (turns.get(key) ?? []).filter((turn) => turn <= look).length % 2 === 1;
}

/** The key of its service. */
export function serviceOf(key: string): string {
  return key.slice(0, key.lastIndexOf('#'));
}
