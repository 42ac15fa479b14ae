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

/** What is kept of each record, and who is told of that while more is on its way. */
export type Keeping<Kept> = {
  readonly keep: (record: unknown) => Kept;
  /** What is new on the page that came, and how many there are on all of them. */
  readonly come?: ((kept: readonly Kept[], total: number) => void) | undefined;
};

export const defaultPageSize = 500;

/** Services that come with all of their instances: who is off stands nowhere else, and ten thousand make one answer late. */
export const fullPageSize = 100;

/** A list that never ends is a fault of the server, not a reason to read on for ever. */
const pageMax = 2000;

/** While one page is read through, the server makes the next. Never more: it has others to serve. */
const askedAtOnce = 2;

/**
 * Every record of a paged list, or an error where the pages do not make up the list that the server counts: each page may
 * come from another server node, in another order. They are read again then, and at last as one larger page, which one
 * node answers at one time.
 */
export async function allPages(list: PagedList): Promise<Answer<readonly unknown[]>> {
  return await allPagesKept(list, { keep: (record) => record });
}

/** The same, and of each record only what `keep` makes of it: what a server says of thousands is much. */
export async function allPagesKept<Kept>(
  list: PagedList,
  { keep, come }: Keeping<Kept>,
): Promise<Answer<readonly Kept[]>> {
  const first = await readPass(list, { keep, come });
  if (!first.ok || first.value.isWhole) return recordsOf(first);
  const second = await readPass(list, { keep });
  if (!second.ok || second.value.isWhole) return recordsOf(second);
  const { total, records } = second.value;
  const larger = await list.read(1, Math.max(total, records.length) + list.pageSize);
  if (larger.ok && larger.value.items.length >= larger.value.total)
    return { ok: true, value: larger.value.items.map(keep) };
  const found = Math.max(records.length, larger.ok ? larger.value.items.length : 0);
  return { ok: false, error: { kind: 'incomplete', path: list.path, found, total } };
}

type Pass<Kept> = {
  readonly records: readonly Kept[];
  readonly total: number;
  /** As many as the server counted, and it counted the same all the time. */
  readonly isWhole: boolean;
};

function recordsOf<Kept>(pass: Answer<Pass<Kept>>): Answer<readonly Kept[]> {
  return pass.ok ? { ok: true, value: pass.value.records } : pass;
}

/** Once from the first page to the last. */
async function readPass<Kept>(list: PagedList, { keep, come }: Keeping<Kept>): Promise<Answer<Pass<Kept>>> {
  const { pageSize } = list;
  const found = createCollection(keep);
  const ahead = readAhead(list);
  const totals = new Set<number>();
  let total = 0;
  let longest = 0;
  let inVain = 0;
  for (let pageNo = 1; pageNo <= pageMax; pageNo += 1) {
    const page = await ahead(pageNo, Math.ceil(total / pageSize));
    if (!page.ok) return page;
    ({ total } = page.value);
    totals.add(total);
    longest = Math.max(longest, page.value.items.length);
    const added = found.add(page.value.items);
    inVain = added.length > 0 ? 0 : inVain + 1;
    come?.(added, total);
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

/** Reads a page, and asks for those behind it already, as far as there are any by the count. */
function readAhead(list: PagedList): (pageNo: number, last: number) => Promise<Answer<Page>> {
  const begun = new Map<number, Promise<Answer<Page>>>();
  const begin = (pageNo: number): Promise<Answer<Page>> => {
    const page = begun.get(pageNo) ?? list.read(pageNo, list.pageSize);
    begun.set(pageNo, page);
    return page;
  };
  return async (pageNo, last) => {
    const page = begin(pageNo);
    for (let next = pageNo + 1; next < pageNo + askedAtOnce && next <= last; next += 1) void begin(next);
    const answer = await page;
    begun.delete(pageNo);
    return answer;
  };
}

/**
 * Records of several pages, each once where pages overlap. One page speaks of one moment: what stands on it twice is
 * there twice, as an address is that two clients registered.
 */
function createCollection<Kept>(keep: (record: unknown) => Kept) {
  const byKey = new Map<string, readonly Kept[]>();
  let count = 0;
  return {
    /** Those of them that are new. */
    add: (page: readonly unknown[]): readonly Kept[] => {
      const added: Kept[] = [];
      for (const [key, alike] of Map.groupBy(page, recordKey)) {
        const known = byKey.get(key)?.length ?? 0;
        if (alike.length <= known) continue;
        const kept = alike.map(keep);
        byKey.set(key, kept);
        count += alike.length - known;
        added.push(...kept.slice(known));
      }
      return added;
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
