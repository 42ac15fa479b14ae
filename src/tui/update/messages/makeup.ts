import { serviceId } from '../../../core/registry/service.ts';
import type { Model } from '../../model/model.ts';
import type { Now } from '../../model/now.ts';
import { screenOf } from '../../model/navigation.ts';
import { layoutFor } from '../../panes/layouts.ts';
import { serviceRows } from '../../view/service-rows.ts';
import { type Step, and, stay } from '../acts/transition.ts';

/** What a service consists of is no list that anybody decides by: it is read more rarely than one. */
const againMs = 10_000;

/** The instances of the service that the cursor has stayed on since the second before, where a pane shows them. */
export function makeupWanted(model: Model, now: Now): Step {
  const screen = screenOf(model);
  if (screen.name !== 'services' || layoutFor(screen, model.size) === undefined) return stay(model);
  const row = serviceRows(model)[screen.cursor];
  if (row === undefined || model.services.problem !== undefined) return stay(model);
  const { makeup, connection } = model;
  if (makeup?.key !== row.key || makeup.connection !== connection)
    return stay({ ...model, makeup: { key: row.key, connection } });
  if (now.monotonicMs - (makeup.askedAtMs ?? -Infinity) < againMs) return stay(model);
  const asked = { ...model, makeup: { ...makeup, askedAtMs: now.monotonicMs } };
  return and(asked, { kind: 'count-service', service: serviceId(row) });
}
