import type { Answer } from '../world/registry.ts';

export type Page<T> = { readonly total: number; readonly items: readonly T[] };

export const defaultPageSize = 500;

/** Services that come with all of their instances: who is off stands nowhere else, and ten thousand make one answer late. */
export const fullPageSize = 100;

/** A list that never ends is a fault of the server, not a reason to read on for ever. */
const pageMax = 200;

/**
 * Every item of a paged list. Pages are counted by the total: some versions give out the whole list for a page that does
 * not exist, and say a wrong number of pages.
 */
export async function allPages<T>(
  pageSize: number,
  read: (pageNo: number) => Promise<Answer<Page<T>>>,
): Promise<Answer<readonly T[]>> {
  const items: T[] = [];
  for (let pageNo = 1; pageNo <= pageMax; pageNo += 1) {
    const page = await read(pageNo);
    if (!page.ok) return page;
    items.push(...page.value.items);
    if (pageNo * pageSize >= page.value.total || page.value.items.length === 0) break;
  }
  return { ok: true, value: items };
}
