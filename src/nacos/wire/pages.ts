import type { Answer } from '../../world/registry.ts';

export type Page = {
  /** How many there are on all pages, as the server counts them. */
  readonly total: number;
  readonly items: readonly unknown[];
};

/** A list that a server gives out page by page. */
export type PagedList = {
  readonly path: string;
  readonly pageSize: number;
  read(pageNo: number, pageSize: number): Promise<Answer<Page>>;
};

export const defaultPageSize = 500;

/** Services that come with all of their instances: who is off stands nowhere else, and ten thousand make one answer late. */
export const fullPageSize = 100;

/** A list that never ends is a fault of the server, not a reason to read on for ever. */
const pageMax = 2000;

/**
 * Every record of a paged list, or an error where the pages do not make up the list that the server counts: each page may
 * come from another server node, in another order. They are read again then, and at last as one larger page, which one
 * node answers at one time.
 */
export async function allPages(list: PagedList): Promise<Answer<readonly unknown[]>> {
  const first = await readPass(list);
  if (!first.ok || first.value.isWhole) return recordsOf(first);
  const second = await readPass(list);
  if (!second.ok || second.value.isWhole) return recordsOf(second);
  const { total, records } = second.value;
  const larger = await list.read(1, Math.max(total, records.length) + list.pageSize);
  if (larger.ok && larger.value.items.length >= larger.value.total)
    return { ok: true, value: larger.value.items };
  const found = Math.max(records.length, larger.ok ? larger.value.items.length : 0);
  return { ok: false, error: { kind: 'incomplete', path: list.path, found, total } };
}

type Pass = {
  readonly records: readonly unknown[];
  readonly total: number;
  /** As many as the server counted, and it counted the same all the time. */
  readonly isWhole: boolean;
};

function recordsOf(pass: Answer<Pass>): Answer<readonly unknown[]> {
  return pass.ok ? { ok: true, value: pass.value.records } : pass;
}

/** Once from the first page to the last. */
async function readPass(list: PagedList): Promise<Answer<Pass>> {
  const { pageSize } = list;
  const found = createCollection();
  const totals = new Set<number>();
  let total = 0;
  let longest = 0;
  let inVain = 0;
  for (let pageNo = 1; pageNo <= pageMax; pageNo += 1) {
    const page = await list.read(pageNo, pageSize);
    if (!page.ok) return page;
    ({ total } = page.value);
    totals.add(total);
    longest = Math.max(longest, page.value.items.length);
    inVain = found.add(page.value.items) ? 0 : inVain + 1;
    if (found.count() === total) break;
    // More than were counted: the count is out of date, and what else is missing from it shows on the next page.
    if (found.count() > total && inVain > 0) break;
    // A page may be empty though others follow; and some servers give out fewer a page than they are asked for.
    const isLast = pageNo * Math.min(pageSize, longest || pageSize) >= total + pageSize;
    if (found.count() < total && (isLast || inVain > 1)) break;
  }
  const isWhole = totals.size === 1 && found.count() >= total;
  return { ok: true, value: { records: found.records(), total, isWhole } };
}

/**
 * Records of several pages, each once where pages overlap. One page speaks of one moment: what stands on it twice is
 * there twice, as an address is that two clients registered.
 */
function createCollection() {
  const byKey = new Map<string, readonly unknown[]>();
  let count = 0;
  return {
    /** Whether any of them is new. */
    add: (page: readonly unknown[]): boolean => {
      const before = count;
      for (const [key, alike] of Map.groupBy(page, recordKey)) {
        const known = byKey.get(key)?.length ?? 0;
        if (alike.length <= known) continue;
        byKey.set(key, alike);
        count += alike.length - known;
      }
      return count > before;
    },
    count: () => count,
    records: () => [...byKey.values()].flat(),
  };
}

/** The fields that name a service, an instance or a subscriber; what else a record says may change between two pages. */
const namingFields = [
  'serviceName',
  'name',
  'groupName',
  'clusterName',
  'ip',
  'port',
  'address',
  'addrStr',
] as const;

function recordKey(record: unknown): string {
  if (typeof record !== 'object' || record === null) return JSON.stringify(record);
  const naming = namingFields.map((field): unknown => Reflect.get(record, field));
  const isNamed = naming.some((value) => value !== undefined);
  return JSON.stringify(isNamed ? naming : record);
}
