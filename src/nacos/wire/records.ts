import * as z from 'zod';
import type { Listed, Unreadable } from '../../core/registry/listed.ts';

export const isSaid = (value: unknown): boolean => value !== null && value !== undefined;

/** Java's range; Nacos itself does not look on 2.x. */
export const portMax = 65_535;
/** Beyond these Nacos refuses every write, ours too. */
export const weightMax = 10_000;

export const ipWire = z.string().regex(/\S/);
export const portWire = z.int().min(0).max(portMax);
export const weightWire = z.number().min(0).max(weightMax);
/** Of a paged list: without it nobody knows whether the list is whole. */
export const countWire = z.int().min(0);
/** A list that is missing, or null, is no empty one: nobody knows what would be in it. */
export const listWire = z.array(z.unknown());
export const nameWire = z.string().regex(/\S/);

/** Nacos keeps strings only; what else a server lists is shown as JSON. */
export const metadataWire = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((record) =>
    Object.fromEntries(
      Object.entries(record ?? {}).map(([key, value]) => [
        key,
        typeof value === 'string' ? value : JSON.stringify(value ?? ''),
      ]),
    ),
  );

/** What tells whose a record is, each as far as it can be read. */
const whoseWire = z
  .object({
    serviceName: nameWire.optional().catch(undefined),
    name: nameWire.optional().catch(undefined),
    groupName: nameWire.optional().catch(undefined),
    clusterName: nameWire.optional().catch(undefined),
    ip: ipWire.optional().catch(undefined),
    port: portWire.optional().catch(undefined),
    metadata: metadataWire.optional().catch(undefined),
  })
  .catch({});

/** Reads records one by one: one that cannot be read is set aside, and spoils no other. */
export function readRecords<Shape extends z.ZodType>(
  records: readonly unknown[],
  shape: Shape,
  given: Partial<Unreadable> = {},
): Listed<z.infer<Shape>> {
  const items: z.infer<Shape>[] = [];
  const unreadable: Unreadable[] = [];
  for (const record of records) {
    const read = shape.safeParse(record);
    if (read.success) items.push(read.data);
    else unreadable.push({ ...given, ...whose(record, given), ...wrongIn(record, read.error) });
  }
  return { items, unreadable };
}

function whose(record: unknown, given: Partial<Unreadable>): Partial<Unreadable> {
  const { serviceName, name, groupName, clusterName, ip, port, metadata } = whoseWire.parse(record);
  const service = given.service ?? serviceName ?? name;
  const group = given.group ?? groupName;
  return {
    ...(service !== undefined && { service }),
    ...(group !== undefined && { group }),
    ...(clusterName !== undefined && { cluster: clusterName }),
    ...(ip !== undefined && { ip }),
    ...(port !== undefined && { port }),
    ...(metadata !== undefined && Object.keys(metadata).length > 0 && { metadata }),
  };
}

function wrongIn(record: unknown, error: z.ZodError): Pick<Unreadable, 'field' | 'found'> {
  const path = error.issues[0]?.path ?? [];
  const found = path.reduce<unknown>(
    (within, key) => (typeof within === 'object' && within !== null ? Reflect.get(within, key) : undefined),
    record,
  );
  return { field: path.join('.'), found: foundText(found) };
}

const foundMax = 60;

function foundText(found: unknown): string | undefined {
  // JSON has no word for a number that is too large.
  const text = typeof found === 'number' ? String(found) : JSON.stringify(found);
  return text !== undefined && text.length > foundMax ? `${text.slice(0, foundMax)}…` : text;
}

/** Each item as something else. */
export function mapped<T, U>({ items, unreadable }: Listed<T>, map: (item: T) => U): Listed<U> {
  return { items: items.map(map), unreadable };
}
