import type { Offered } from './cached-list.ts';

/** Weighted round robin: each gains its weight, the richest is taken and pays for all. Credits outlive a list. */
export function weightedChoice(): (list: readonly Offered[]) => string | undefined {
  let credits: ReadonlyMap<string, number> = new Map();
  return (list) => {
    const total = list.reduce((sum, { weight }) => sum + weight, 0);
    const richer = new Map(
      list.map(({ instance, weight }) => [instance, (credits.get(instance) ?? 0) + weight]),
    );
    let chosen: string | undefined;
    for (const [instance, credit] of richer)
      if (chosen === undefined || credit > (richer.get(chosen) ?? 0)) chosen = instance;
    if (chosen !== undefined) richer.set(chosen, (richer.get(chosen) ?? 0) - total);
    credits = richer;
    return chosen;
  };
}
