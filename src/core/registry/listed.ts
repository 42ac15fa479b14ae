/** A list as a server gave it: what could be read of it, and beside that the records that could not. */
export type Listed<T> = { readonly items: readonly T[]; readonly unreadable: readonly Unreadable[] };

/** What about a record cannot be read. */
export type Unread = {
  /** As the server calls it, such as `weight`; '' where the whole record is none. */
  readonly field: string;
  /** What stands there, as JSON and not without end; undefined where nothing does. */
  readonly found?: string | undefined;
};

/** A record that cannot be read, with whatever of it tells whose it is. It is shown, never rolled and never counted. */
export type Unreadable = Unread & {
  readonly namespace?: string;
  readonly group?: string;
  readonly service?: string;
  readonly cluster?: string;
  readonly ip?: string;
  readonly port?: number;
  readonly metadata?: Readonly<Record<string, string>>;
};

/** What about it cannot be read, without whose it is. */
export function unreadOf({ field, found }: Unread): Unread {
  return { field, found };
}

/** Several lists as one. */
export function joinedLists<T>(lists: readonly Listed<T>[]): Listed<T> {
  return {
    items: lists.flatMap(({ items }) => items),
    unreadable: lists.flatMap(({ unreadable }) => unreadable),
  };
}

/** A list without a record that cannot be read. */
export function allRead<T>(items: readonly T[]): Listed<T> {
  return { items, unreadable: [] };
}
