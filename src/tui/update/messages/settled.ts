import type { Order } from '../../../runner/ports/protocol.ts';
import { isLive } from '../../model/following.ts';
import { gateAt } from '../../keys/meant-target.ts';
import type { Model } from '../../model/model.ts';
import { closed, front } from '../../model/navigation.ts';
import { noticed } from '../acts/transition.ts';

/** Without a question that what happened meanwhile has answered; that is said. */
export function settled(model: Model): Model {
  if (!isSettled(model)) return model;
  const question = { place: front(model).name, goneAtMs: model.now.monotonicMs };
  return noticed({ ...closed(model), question }, { kind: 'settled' });
}

function isSettled(model: Model): boolean {
  const place = front(model);
  const { following } = model;
  if (following === undefined) return false;
  if (place.name === 'abort' || place.name === 'quit') return !isLive(following);
  if (place.name !== 'confirm' || place.effect.kind !== 'submit') return false;
  return !isLive(following) || !isOpen(model, place.effect.order);
}

/** Whether what the order is about is still so. */
function isOpen({ following }: Model, order: Order): boolean {
  if (order.type === 'pass-gate' || order.type === 'retry-gate')
    return gateAt({ following })?.gate.name === order.gate;
  if (!('target' in order)) return true;
  const target = following?.rollout?.targets.find(({ name }) => name === order.target);
  switch (order.type) {
    case 'decide':
      return target?.phase === 'stuck' && target.steps[target.step].attempt === order.attempt;
    case 'skip-drain':
    case 'extend-drain':
      return target?.phase === 'running' && target.step === 'drain';
  }
}
