import type { Unreadable } from '../../core/registry/listed.ts';

/** A record that cannot be read, as it stands among the others: with what is known of it, and the `problem`. */
export function unreadableJson({ field, found, ...whose }: Unreadable): object {
  return { ...whose, problem: { field, ...(found !== undefined && { found }) } };
}
