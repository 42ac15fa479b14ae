import type { Plan } from './plan.ts';
import type { ServiceId } from '../registry/service.ts';
import { shortName, splitName } from '../registry/service-name.ts';

/**
 * The touched services that a typed override may be about; it is one only where that is exactly one. A name without a
 * group is the name in any group.
 */
export function overriddenBy(text: string, touched: readonly ServiceId[]): readonly ServiceId[] {
  const { group, service } = splitName(text);
  return touched.filter((one) => one.service === service && one.group === (group ?? one.group));
}

/** As a plan keeps them; what is about no service or about several is left out. */
export function overridesOf(typed: readonly string[], touched: readonly ServiceId[]): readonly string[] {
  const found = typed.map((text) => overriddenBy(text, touched)).filter(({ length }) => length === 1);
  return [...new Set(found.flat().map(shortName))];
}

/** Whether a person allowed this service to fall below its minimum. */
export function isOverridden({ overrides }: Pick<Plan, 'overrides'>, service: ServiceId): boolean {
  return overrides.includes(shortName(service));
}
