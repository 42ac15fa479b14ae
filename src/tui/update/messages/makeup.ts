import { serviceId, serviceKey } from '../../../core/registry/service.ts';
import type { MessageOf } from '../../model/message.ts';
import type { Model } from '../../model/model.ts';
import type { Now } from '../../model/now.ts';
import { screenOf } from '../../model/navigation.ts';
import { layoutFor } from '../../panes/layouts.ts';
import { serviceRows } from '../../view/service-rows.ts';
import { type Step, and, stay } from '../acts/transition.ts';

/** What a service consists of is no list that anybody decides by: it is read more rarely than one. */
const againMs = 10_000;
/** Who consumes it changes with releases, not with seconds. */
const consumersAgainMs = 60_000;

/** The instances of the service that the cursor has stayed on since the second before, where a pane shows them. */
export function makeupWanted(model: Model, now: Now): Step {
  const screen = screenOf(model);
  if (screen.name !== 'services' || layoutFor(screen, model.size) === undefined) return stay(model);
  const row = serviceRows(model)[screen.cursor];
  if (row === undefined || model.services.problem !== undefined) return stay(model);
  const { makeup, connection } = model;
  if (makeup?.key !== row.key || makeup.connection !== connection)
    return stay({ ...model, makeup: { key: row.key, connection } });
  const nowMs = now.monotonicMs;
  if (nowMs - (makeup.askedAtMs ?? -Infinity) < againMs) return stay(model);
  const service = serviceId(row);
  const counting = { kind: 'count-service', service } as const;
  const asked = { ...makeup, askedAtMs: nowMs };
  if (nowMs - (makeup.consumersAskedAtMs ?? -Infinity) < consumersAgainMs)
    return and({ ...model, makeup: asked }, counting);
  return and({ ...model, makeup: { ...asked, consumersAskedAtMs: nowMs } }, counting, {
    kind: 'read-service-consumers',
    service,
  });
}

/** Of the service that the cursor stays on still. */
export function consumersRead(model: Model, { consumers }: MessageOf<'service-consumers-read'>): Model {
  const { makeup } = model;
  if (makeup?.key !== serviceKey(consumers.service)) return model;
  return { ...model, makeup: { ...makeup, consumers } };
}

/** What was read before stays, and that it is old is said. */
export function makeupUnread(model: Model, { service, problem }: MessageOf<'service-uncounted'>): Model {
  const { makeup } = model;
  if (makeup?.key !== serviceKey(service)) return model;
  return { ...model, makeup: { ...makeup, unread: problem ?? 'hides-off' } };
}
