import { minimumFrom } from '../../../core/plan/plan-settings.ts';
import { parseMinimum } from '../../../core/plan/plan-text.ts';
import { type ServiceId, serviceKey } from '../../../core/registry/service.ts';
import { oneOfEach, servingProcesses } from '../../../core/registry/twins.ts';
import type { Draft } from '../../draft/draft.ts';
import type { Model } from '../../model/model.ts';

export type Capacity = {
  readonly service: ServiceId;
  /** On and well, a process that is registered twice once. */
  readonly serving: number;
  readonly all: number;
  /** As the guard of the plan would have it now; undefined where what is typed is none. */
  readonly minimum: number | undefined;
  readonly chosen: number;
};

/** Of each service that is to be rolled and was read. */
export function capacities({ draft, instances }: Model): readonly Capacity[] {
  if (draft === undefined) return [];
  return draft.services.flatMap((service) => {
    const key = serviceKey(service);
    const items = instances.value?.[key]?.items;
    if (items === undefined) return [];
    const serving = servingProcesses(items).length;
    const setting = minimumSetting(draft, key);
    return {
      service,
      serving,
      all: oneOfEach(items, 'on').length,
      minimum: setting === undefined ? undefined : minimumFrom(setting, serving),
      chosen: draft.order.filter((one) => one.service === key).length,
    };
  });
}

/** What the profile knows of the service holds until another one is typed. */
function minimumSetting({ settings, given, known }: Draft, key: string): number | string | undefined {
  const own = known[key]?.minimum;
  return own !== undefined && settings.minimum === given.minimum
    ? own
    : parseMinimum(settings.minimum.trim());
}
