import {
  type ServiceSummary,
  byServiceName,
  isSameService,
  serviceKey,
} from '../../../core/registry/service.ts';
import { withPutOn } from '../../view/leaving.ts';
import { consumersRead, makeupUnread } from './makeup.ts';
import type { MessageOf } from '../../model/message.ts';
import type { Model } from '../../model/model.ts';
import type { Now } from '../../model/now.ts';
import { pointedAt, pointedService, withinRows } from '../acts/move.ts';
import { companionServices, withAllWanted } from '../acts/instance-acts.ts';
import { type Step, and, failed, noticed, stay } from '../acts/transition.ts';

type CatalogueMessage = MessageOf<
  | 'services-read'
  | 'services-came'
  | 'service-counted'
  | 'service-uncounted'
  | 'service-consumers-read'
  | 'namespaces-read'
  | 'instances-read'
  | 'beside-read'
  | 'switched-on'
>;

/** What was read of Nacos. A reading that failed leaves the last good one on the screen, and says so. */
export function catalogueRead(model: Model, message: CatalogueMessage): Step {
  switch (message.type) {
    case 'services-read':
      return stay(servicesRead(model, message));
    case 'services-came':
      return stay(servicesCame(model, message));
    case 'service-counted':
      return stay(serviceCounted(model, message));
    case 'service-uncounted':
      return stay(makeupUnread(model, message));
    case 'service-consumers-read':
      return stay(consumersRead(model, message));
    case 'namespaces-read':
      return stay({ ...model, namespaces: { isLoading: false, ...message.outcome } });
    case 'instances-read':
      return stay(instancesRead(model, message));
    case 'switched-on':
      return switchedOn(model, message);
    case 'beside-read':
      return stay({ ...model, beside: message.beside });
  }
}

function servicesRead(model: Model, message: MessageOf<'services-read'>): Model {
  const { outcome, now, namespace, isHeard, chance } = message;
  if (namespace !== model.namespace) return model;
  // What was told meanwhile may be younger than what was read.
  const { value: before, expected, valueAtMs, beganAtMs, isOutdated = false, failures = 0 } = model.services;
  // A part says nothing of what is not in it.
  const value = expected === undefined ? before : undefined;
  const read = { isLoading: false, isOutdated, chance, ...readBy(now, beganAtMs) };
  if ('problem' in outcome) {
    const services = { ...read, value, valueAtMs, problem: outcome.problem, failures: failures + 1 };
    return { ...model, now, services };
  }
  const counted = model.counted.filter(({ askedAtMs }) => askedAtMs >= (beganAtMs ?? Infinity));
  const items = counted.reduce((list, { service }) => withCount(list, service), outcome.value.items);
  const askedAtMs = model.services.isAsked === true ? now.monotonicMs : model.services.askedAtMs;
  const whole = { value: { ...outcome.value, items }, valueAtMs: now.monotonicMs, askedAtMs };
  const services = { ...read, ...whole, isHeard };
  return withinRows(pointedAt({ ...model, now, services, counted }, pointedService(model)));
}

function serviceCounted(model: Model, { service, list, askedAtMs }: MessageOf<'service-counted'>): Model {
  const { value } = model.services;
  const makeup =
    model.makeup?.key === serviceKey(service) ? { ...model.makeup, list, unread: undefined } : model.makeup;
  if (value === undefined) return model;
  const others = model.counted.filter((one) => serviceKey(one.service) !== serviceKey(service));
  const services = { ...model.services, value: { ...value, items: withCount(value.items, service) } };
  return { ...model, services, makeup, counted: [...others, { service, askedAtMs }] };
}

function withCount(items: readonly ServiceSummary[], service: ServiceSummary): readonly ServiceSummary[] {
  const at = items.findIndex((one) => isSameService(one, service));
  return at < 0 ? items : items.with(at, service);
}

/** What has come of the first list is shown at once; a later one takes the place of the one before when it is whole. */
function servicesCame(model: Model, { namespace, part, total }: MessageOf<'services-came'>): Model {
  const { value, expected, isLoading } = model.services;
  if (namespace !== model.namespace || !isLoading || (value !== undefined && expected === undefined))
    return model;
  const items = [...(value?.items ?? []), ...part.items].toSorted(byServiceName);
  const unreadable = [...(value?.unreadable ?? []), ...part.unreadable];
  const services = { ...model.services, value: { items, unreadable }, expected: total };
  return pointedAt({ ...model, services }, pointedService(model));
}

function readBy({ monotonicMs: readAtMs }: Now, beganAtMs: number | undefined) {
  return { readAtMs, tookMs: beganAtMs === undefined ? 0 : readAtMs - beganAtMs };
}

function switchedOn(model: Model, { outcome, rollout, target }: MessageOf<'switched-on'>): Step {
  const services = model.draft === undefined ? [] : companionServices(model.draft);
  const answered: Model = { ...model, waitingFor: undefined };
  const said =
    'problem' in outcome
      ? failed(answered, outcome.problem)
      : noticed(
          { ...answered, leaving: withPutOn(answered.leaving, rollout, target) },
          { kind: 'switched-on' },
        );
  return and(said, { kind: 'read-instances', services }, { kind: 'read-open-rollouts' });
}

function instancesRead(model: Model, message: MessageOf<'instances-read'>): Model {
  const { outcome, now, isHeard, chance } = message;
  const { value, valueAtMs, beganAtMs, isOutdated = false, failures = 0 } = model.instances;
  const read = { isLoading: false, isOutdated, chance, ...readBy(now, beganAtMs) };
  if ('problem' in outcome) {
    const instances = { ...read, value, valueAtMs, problem: outcome.problem, failures: failures + 1 };
    return { ...model, now, instances };
  }
  const instances = { ...read, value: outcome.value, valueAtMs: now.monotonicMs, isHeard };
  return withinRows(withAllWanted({ ...model, now, instances }));
}
