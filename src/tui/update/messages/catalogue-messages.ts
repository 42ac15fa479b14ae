import { withPutOn } from '../../view/leaving.ts';
import type { MessageOf } from '../../model/message.ts';
import type { Model } from '../../model/model.ts';
import { withinRows } from '../acts/move.ts';
import { companionServices, withAllWanted } from '../acts/instance-acts.ts';
import { type Step, and, failed, noticed, stay } from '../acts/transition.ts';

type CatalogueMessage = MessageOf<
  'services-read' | 'namespaces-read' | 'instances-read' | 'beside-read' | 'switched-on'
>;

/** What was read of Nacos. A reading that failed leaves the last good one on the screen, and says so. */
export function catalogueRead(model: Model, message: CatalogueMessage): Step {
  switch (message.type) {
    case 'services-read':
      return stay(servicesRead(model, message));
    case 'namespaces-read':
      return 'problem' in message.outcome
        ? stay(
            failed(
              { ...model, namespaces: { isLoading: false, problem: message.outcome.problem } },
              message.outcome.problem,
            ),
          )
        : stay({ ...model, namespaces: { isLoading: false, value: message.outcome.value } });
    case 'instances-read':
      return stay(instancesRead(model, message));
    case 'switched-on':
      return switchedOn(model, message);
    case 'beside-read':
      return stay({ ...model, beside: message.beside });
  }
}

function servicesRead(model: Model, message: MessageOf<'services-read'>): Model {
  const { outcome, now, namespace } = message;
  if (namespace !== model.namespace) return model;
  if ('problem' in outcome) {
    const { value } = model.services;
    return failed(
      { ...model, services: { value, problem: outcome.problem, isLoading: false } },
      outcome.problem,
    );
  }
  return withinRows({
    ...model,
    now,
    services: { value: outcome.value, isLoading: false, readAtMs: now.monotonicMs },
  });
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
  return and(said, { kind: 'read-instances', services });
}

function instancesRead(model: Model, message: MessageOf<'instances-read'>): Model {
  const { outcome, now } = message;
  const readAtMs = now.monotonicMs;
  if ('problem' in outcome) {
    const { value } = model.instances;
    return { ...model, instances: { value, problem: outcome.problem, isLoading: false, readAtMs } };
  }
  const read: Model = { ...model, instances: { value: outcome.value, isLoading: false, readAtMs } };
  return withinRows(withAllWanted(read));
}
