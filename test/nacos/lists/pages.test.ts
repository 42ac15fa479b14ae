import { array, assert, asyncProperty, constantFrom, infiniteStream, integer, nat, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allPages, allPagesKept, type Page, type PagedList } from '../../../src/nacos/wire/pages.ts';
import { valueOf } from '../../contract/subjects/subject.ts';
import { named, turned } from './served-lists.ts';

const many = (count: number): readonly object[] => Array.from({ length: count }, (_, index) => named(index));

type Asked = { readonly pageNo: number; readonly pageSize: number; readonly count: number };

/** A list whose pages are given out as the test says; `asked` are all questions so far. */
function listOf(give: (asked: Asked) => Page): PagedList & { readonly asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    path: '/list',
    pageSize: 100,
    asked,
    read: async (pageNo, pageSize) => {
      asked.push({ pageNo, pageSize, count: asked.length });
      return { ok: true, value: give({ pageNo, pageSize, count: asked.length - 1 }) };
    },
  };
}

const slice = (all: readonly unknown[], { pageNo, pageSize }: Asked): readonly unknown[] =>
  all.slice((pageNo - 1) * pageSize, pageNo * pageSize);

const sorted = (records: readonly unknown[]): readonly string[] =>
  records.map((one) => JSON.stringify(one)).toSorted();

async function readAll(list: PagedList): Promise<readonly unknown[]> {
  return valueOf(await allPages(list));
}

describe('pages that do not fit together', () => {
  const all = many(151);
  /** The second page comes from a server node with another order. */
  const mixed = (asked: Asked): readonly unknown[] =>
    slice(asked.pageNo === 2 ? turned(all, 60) : all, asked);

  test('are read again', async () => {
    const list = listOf((asked) => ({
      total: 151,
      items: asked.count < 2 ? mixed(asked) : slice(all, asked),
    }));
    expect(sorted(await readAll(list))).toEqual(sorted(all));
    expect(Math.max(...list.asked.map(({ pageSize }) => pageSize))).toBe(100);
  });

  test('are read as one larger page at last', async () => {
    const list = listOf((asked) => ({ total: 151, items: mixed(asked) }));
    expect(sorted(await readAll(list))).toEqual(sorted(all));
    expect(list.asked.at(-1)).toMatchObject({ pageNo: 1, pageSize: 251 });
  });

  test('are an error where that does not help either: never a part of the list', async () => {
    const list = listOf((asked) => ({
      total: 151,
      items: mixed({ ...asked, pageSize: Math.min(asked.pageSize, 100) }),
    }));
    expect(await allPages(list)).toEqual({
      ok: false,
      error: { kind: 'incomplete', path: '/list', found: 100, total: 151 },
    });
  });

  test('are an error where the server gives the same page for every number', async () => {
    const list = listOf(() => ({ total: 151, items: all.slice(0, 100) }));
    expect(await allPages(list)).toMatchObject({ error: { kind: 'incomplete', found: 100 } });
    expect(list.asked.length).toBeLessThan(10);
  });

  test('are an error where there are fewer than the server counts', async () => {
    const list = listOf((asked) => ({ total: 152, items: slice(all, asked) }));
    expect(await allPages(list)).toMatchObject({ error: { kind: 'incomplete', found: 151, total: 152 } });
  });

  test('are read again where the count changes between them: somebody came or went', async () => {
    const later = all.slice(1);
    const list = listOf((asked) => {
      const now = asked.count === 0 ? all : later;
      return { total: now.length, items: slice(now, asked) };
    });
    expect(sorted(await readAll(list))).toEqual(sorted(later));
  });
});

describe('pages that are out of the ordinary and fit together', () => {
  const all = many(151);

  test('are as many as it takes: twenty thousand and more', async () => {
    const list = listOf((asked) => ({ total: 20_345, items: slice(many(20_345), asked) }));
    expect(await readAll({ ...list, pageSize: 5000 })).toHaveLength(20_345);
    const long = many(20_345);
    const short = listOf((asked) => ({ total: long.length, items: slice(long, asked) }));
    expect(await readAll(short)).toHaveLength(20_345);
    expect(short.asked).toHaveLength(204);
  });

  test('may be shorter than they were asked for', async () => {
    const list = listOf((asked) => ({ total: 151, items: slice(all, { ...asked, pageSize: 20 }) }));
    expect(sorted(await readAll(list))).toEqual(sorted(all));
  });

  test('may be empty in between', async () => {
    const list = listOf((asked) => ({
      total: 151,
      items: asked.pageNo === 2 ? [] : slice(all, { ...asked, pageNo: Math.max(1, asked.pageNo - 1) }),
    }));
    expect(sorted(await readAll(list))).toEqual(sorted(all));
  });

  test('may hold more than are counted', async () => {
    const list = listOf((asked) => ({ total: 3, items: slice(all, asked) }));
    expect(sorted(await readAll(list))).toEqual(sorted(all));
    const whole = listOf(() => ({ total: 3, items: all }));
    expect(sorted(await readAll(whole))).toEqual(sorted(all));
  });

  test('hold an address twice that is there twice, together or apart', async () => {
    const twins = [...all.slice(0, 99), named(0), ...all.slice(99), named(150)];
    for (const by of [0, 1, 60, 120]) {
      const list = listOf((asked) => ({ total: twins.length, items: slice(turned(twins, by), asked) }));
      expect(sorted(await readAll(list))).toEqual(sorted(twins));
    }
  });

  test('hold nothing where nothing is counted', async () => {
    const list = listOf(() => ({ total: 0, items: [] }));
    expect(await readAll(list)).toEqual([]);
    expect(list.asked).toHaveLength(1);
  });
});

describe('pages of a long list', () => {
  const all = many(551);

  test('are told of as they come: what is new, and how many there are', async () => {
    const list = listOf((asked) => ({ total: 551, items: slice(all, asked) }));
    const told: string[] = [];
    const keep = (record: unknown): string => JSON.stringify(record);
    const come = (part: readonly string[], total: number): void => {
      expect(total).toBe(551);
      told.push(...part);
    };
    expect(valueOf(await allPagesKept(list, { keep, come }))).toEqual(told);
    expect(told).toEqual(all.map(keep));
  });

  test('are asked for while those before are read, two at a time and never more', async () => {
    const list = listOf((asked) => ({ total: 551, items: slice(all, asked) }));
    let [underWay, most] = [0, 0];
    const counted: PagedList = {
      ...list,
      read: async (pageNo, pageSize) => {
        underWay += 1;
        most = Math.max(most, underWay);
        await new Promise(setImmediate);
        underWay -= 1;
        return await list.read(pageNo, pageSize);
      },
    };
    expect(await readAll(counted)).toHaveLength(551);
    expect(most).toBe(2);
    expect(list.asked).toHaveLength(6);
  });
});

test('whatever order each page comes in, the list is whole or an error', async () => {
  const anyList = record({
    size: integer({ min: 0, max: 30 }),
    twins: array(nat(29), { maxLength: 4 }),
    pageSize: integer({ min: 1, max: 8 }),
    cap: constantFrom(1, 3, 8, 1000),
    turns: infiniteStream(nat(40)),
  });
  await assert(
    asyncProperty(anyList, async ({ size, twins, pageSize, cap, turns }) => {
      const all = [...many(size), ...twins.filter((index) => index < size).map(named)];
      const list = listOf((asked) => {
        const [by = 0] = turns.take(1);
        const capped = { ...asked, pageSize: Math.min(asked.pageSize, cap) };
        return { total: all.length, items: slice(turned(all, by % (all.length || 1)), capped) };
      });
      const answer = await allPages({ ...list, pageSize });
      if (answer.ok) expect(sorted(answer.value)).toEqual(sorted(all));
      else expect(answer.error.kind).toBe('incomplete');
      if (cap === 1000) expect(answer.ok).toBe(true);
    }),
  );
});
