import { type ServiceSummary, serviceKey } from '../../core/registry/service.ts';
import { fullName } from '../../core/registry/service-name.ts';
import { cellsOf } from '../../core/text/cells.ts';
import { serviceFilter } from '../../core/which/service-filter.ts';
import { visible } from '../../core/text/visible.ts';
import type { Model } from '../model/model.ts';
import { screenNamed } from '../model/navigation.ts';
import { leftOffCount } from './left-off.ts';

export type ServiceRow = ServiceSummary & {
  readonly key: string;
  /** In cells of a terminal. */
  readonly serviceWidth: number;
  readonly groupWidth: number;
  readonly isMarked: boolean;
  readonly leftOff: number;
};

/** What the rows are made of. */
type Parts = Pick<Model, 'marks' | 'rollouts' | 'connection'> & { readonly filter: string };
type Made = { readonly parts: Parts; readonly rows: readonly ServiceRow[] };

/** Who draws one picture asks several times, and there may be ten thousand: the last ones made of a list. */
const lastMade = new WeakMap<readonly ServiceSummary[], Made>();

/** The services that the filter lets through. */
export function serviceRows(model: Model): readonly ServiceRow[] {
  const place = model.places.find((each) => each.name === 'services');
  const filter = screenNamed(model, 'services')?.filter ?? (place?.name === 'services' ? place.filter : '');
  const { marks, rollouts, connection } = model;
  const parts = { marks, rollouts, connection, filter };
  const items = model.services.value?.items ?? [];
  const last = lastMade.get(items);
  if (last !== undefined && isSame(last.parts, parts)) return last.rows;
  const rows = rowsOf(model, items, filter);
  lastMade.set(items, { parts, rows });
  return rows;
}

function isSame(a: Parts, b: Parts): boolean {
  return (
    a.filter === b.filter && a.marks === b.marks && a.rollouts === b.rollouts && a.connection === b.connection
  );
}

function rowsOf(model: Model, items: readonly ServiceSummary[], filter: string): readonly ServiceRow[] {
  const marks = new Set(model.marks);
  const isWanted = serviceFilter(filter);
  return items
    .filter((service) => isWanted(knownOf(service)))
    .map((service) => {
      const { row } = knownOf(service);
      const leftOff = service.off === 0 ? 0 : leftOffCount(model, service, service.off);
      const isMarked = marks.has(row.key);
      return leftOff === 0 && !isMarked ? row : { ...row, isMarked, leftOff };
    });
}

type Known = Pick<ServiceSummary, 'service' | 'group' | 'on' | 'off' | 'ill'> & {
  readonly row: ServiceRow;
  readonly searched: string;
};

/** What follows from the service alone is made once, and not with each key that is pressed. */
const knownRows = new WeakMap<ServiceSummary, Known>();

function knownOf(service: ServiceSummary): Known {
  const known = knownRows.get(service) ?? madeOf(service);
  knownRows.set(service, known);
  return known;
}

function madeOf(service: ServiceSummary): Known {
  const [serviceWidth, groupWidth] = [service.service, service.group].map((name) => cellsOf(visible(name)));
  const widths = { serviceWidth: serviceWidth ?? 0, groupWidth: groupWidth ?? 0 };
  const row = { ...service, key: serviceKey(service), ...widths, isMarked: false, leftOff: 0 };
  return { ...service, row, searched: fullName(service).toLowerCase() };
}
