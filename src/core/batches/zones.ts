import * as z from 'zod';
import { type ServiceId, isSameService, serviceKey } from '../registry/service.ts';

/** What says in which zone an instance is: its cluster, or a value of its metadata. */
const by = z.enum(['cluster', 'metadata']);

const otherwise = 'zones are written { by: cluster } or { by: metadata, key: zone }';

const minimum = z
  .number({
    error: ({ code }) =>
      code === 'invalid_type'
        ? 'how many stay on in each zone is a number from 0 to 1000; a percent is for the minimum of the service'
        : undefined,
  })
  .int()
  .min(0)
  .max(1000);

/** As a plan file has it; by default no zone falls below one, and one zone goes at a time. */
export const zonesFileSchema = z
  .strictObject({
    by,
    key: z.string().min(1).optional(),
    /** Never fewer on and well than this in a zone because of us; 0 for none. */
    minimum: minimum.optional(),
    oneAtATime: z.boolean().optional(),
  })
  .refine((zones) => (zones.by === 'metadata') === (zones.key !== undefined), otherwise);
export type FileZones = z.infer<typeof zonesFileSchema>;

/** As a plan has it, for one service. */
export const zoneRuleSchema = z.object({
  namespace: z.string(),
  group: z.string(),
  service: z.string(),
  by,
  key: z.string().optional(),
  minimum: z.number().int().nonnegative(),
});
export type ZoneRule = z.infer<typeof zoneRuleSchema>;

/** What of an instance says in which zone it is. */
export type Zoned = { readonly cluster: string; readonly metadata: Readonly<Record<string, string>> };
type Zones = { readonly by: 'cluster' | 'metadata'; readonly key?: string | undefined };

export const builtInZoneMinimum = 1;

/** '' where its metadata does not say. */
export function zoneOf(zones: Zones, instance: Zoned): string {
  return zones.by === 'cluster' ? instance.cluster : (instance.metadata[zones.key ?? ''] ?? '');
}

export function isOneAtATime(zones: FileZones | undefined): boolean {
  return zones !== undefined && zones.oneAtATime !== false;
}

/** Those of a zone beside each other, zones in the order of their first, which stays the first of all. */
export function byZone<T extends Zoned>(zones: Zones, instances: readonly T[]): readonly T[] {
  return [...Map.groupBy(instances, (one) => zoneOf(zones, one)).values()].flat();
}

/** Of rules that say zones of one service alike, that which asks for most. */
export function strictestOfEach(rules: readonly ZoneRule[]): readonly ZoneRule[] {
  const keyOf = (rule: ZoneRule): string => `${serviceKey(rule)} ${zonesText(rule)}`;
  const alike = Map.groupBy(rules, keyOf);
  return [...alike.values()].flatMap((same) => same.toSorted((a, b) => b.minimum - a.minimum).slice(0, 1));
}

export function zoneRulesOf(
  { zones = [] }: { readonly zones?: readonly ZoneRule[] | undefined },
  service: ServiceId,
): readonly ZoneRule[] {
  return zones.filter((rule) => isSameService(rule, service));
}

/** `cluster` or `metadata:KEY`, as an order is written. */
export function parseZones(text: string): FileZones | undefined {
  if (text === 'cluster') return { by: 'cluster' };
  const key = /^metadata:(.+)$/.exec(text)?.[1];
  return key === undefined ? undefined : { by: 'metadata', key };
}

export function parseZoneMinimum(text: string): number | undefined {
  const parsed = minimum.safeParse(/^\d+$/.test(text) ? Number(text) : text);
  return parsed.success ? parsed.data : undefined;
}

/** What `parseZones` takes for these; their minimum does not fit in a word. */
export function zonesText({ by: what, key }: Zones): string {
  return what === 'cluster' ? 'cluster' : `metadata:${key ?? ''}`;
}

/** Those whose metadata does not say in which zone they are: they make one of their own. */
export function withoutZone<T extends Zoned>(
  zones: Zones | undefined,
  instances: readonly T[],
): readonly T[] {
  return zones === undefined ? [] : instances.filter((one) => zoneOf(zones, one) === '');
}
