import { compareTexts } from '../../../core/text/compare-texts.ts';
import type { Instance } from '../../../core/registry/service.ts';

type Part = {
  /** Undefined for those that do not say. */
  readonly value: string | undefined;
  readonly on: number;
  readonly off: number;
  readonly ill: number;
};

/** The instances of a service, divided by what they say of themselves. */
export type Division = { readonly by: 'zone' | 'version' | 'cluster'; readonly parts: readonly Part[] };

/** By zone and by version where any of them says so, by cluster where there are several or nothing else is said. */
export function makeupOf(instances: readonly Instance[]): readonly Division[] {
  const said = (['zone', 'version'] as const).flatMap((by) => {
    const parts = partsBy(instances, ({ metadata }) =>
      Object.hasOwn(metadata, by) ? metadata[by] : undefined,
    );
    return parts.some(({ value }) => value !== undefined) ? [{ by, parts }] : [];
  });
  const parts = partsBy(instances, ({ cluster }) => cluster);
  return said.length > 0 && parts.length < 2 ? said : [...said, { by: 'cluster', parts }];
}

/** Who takes no part: those that are off, then those that are ill. */
export function notServing(instances: readonly Instance[]): readonly Instance[] {
  return instances
    .filter(({ enabled, healthy }) => !enabled || !healthy)
    .toSorted((a, b) => Number(a.enabled) - Number(b.enabled));
}

function partsBy(
  instances: readonly Instance[],
  valueOf: (instance: Instance) => string | undefined,
): readonly Part[] {
  const groups = Map.groupBy(instances, valueOf);
  return [...groups]
    .map(([value, group]): Part => {
      const enabled = group.filter((one) => one.enabled);
      const on = enabled.filter(({ healthy }) => healthy).length;
      return { value, on, off: group.length - enabled.length, ill: enabled.length - on };
    })
    .toSorted((a, b) =>
      a.value === undefined || b.value === undefined
        ? Number(a.value === undefined) - Number(b.value === undefined)
        : compareTexts(a.value, b.value),
    );
}
