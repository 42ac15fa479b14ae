import { type Instance, type ServiceId } from '../registry/service.ts';
import { type ZoneRule, type Zoned, zoneOf, zoneRulesOf } from './zones.ts';

/** Of one service on one server node: who is on and well, before and after somebody goes off. */
export type Spared = {
  readonly serving: readonly Instance[];
  readonly left: readonly Instance[];
  /** It is on by us, though its list does not show it yet. */
  readonly isHidden: boolean;
};

export type ZoneShortfall = {
  readonly zone: string;
  readonly now: number;
  readonly after: number;
  readonly minimum: number;
};

/** For each rule of the service by which the zone of `own` cannot spare it. */
export function zoneShortfalls(
  plan: { readonly zones?: readonly ZoneRule[] | undefined },
  service: ServiceId,
  own: Zoned,
  { serving, left, isHidden }: Spared,
): readonly ZoneShortfall[] {
  return zoneRulesOf(plan, service).flatMap((rule) => {
    const { minimum } = rule;
    const zone = zoneOf(rule, own);
    const now = inZone(rule, zone, serving) + (isHidden ? 1 : 0);
    const after = inZone(rule, zone, left);
    return now === after || after >= minimum ? [] : [{ zone, now, after, minimum }];
  });
}

/** How many of these are in the zone. */
export function inZone(rule: ZoneRule, zone: string, instances: readonly Zoned[]): number {
  return instances.filter((one) => zoneOf(rule, one) === zone).length;
}
