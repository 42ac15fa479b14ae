import { type ServiceSummary, serviceKey } from '../../core/registry/service.ts';
import type { Model } from '../model/model.ts';
import { screenNamed } from '../model/navigation.ts';
import { leftOffCount } from './left-off.ts';
import { fullName } from '../../core/registry/service-name.ts';

export type ServiceRow = ServiceSummary & {
  readonly key: string;
  readonly isMarked: boolean;
  readonly leftOff: number;
};

/** Who draws one picture asks several times, and there may be ten thousand. */
const known = new WeakMap<Model, readonly ServiceRow[]>();

/** The services that the filter lets through. `!` in front turns it round. */
export function serviceRows(model: Model): readonly ServiceRow[] {
  const rows = known.get(model) ?? rowsOf(model);
  known.set(model, rows);
  return rows;
}

function rowsOf(model: Model): readonly ServiceRow[] {
  const place = model.places.find((each) => each.name === 'services');
  const filter = screenNamed(model, 'services')?.filter ?? (place?.name === 'services' ? place.filter : '');
  const marks = new Set(model.marks);
  return (model.services.value?.items ?? [])
    .filter((service) => isMatch(service, filter))
    .map((service) => {
      const key = serviceKey(service);
      const leftOff = service.off === 0 ? 0 : leftOffCount(model, service, service.off);
      return { ...service, key, isMarked: marks.has(key), leftOff };
    });
}

function isMatch(service: ServiceSummary, filter: string): boolean {
  const isInverse = filter.startsWith('!');
  const wanted = (isInverse ? filter.slice(1) : filter).trim().toLowerCase();
  if (wanted === '') return true;
  return fullName(service).toLowerCase().includes(wanted) !== isInverse;
}
