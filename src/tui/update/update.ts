import type { Message } from '../model/message.ts';
import type { Model } from '../model/model.ts';
import { catalogueRead } from './messages/catalogue-messages.ts';
import { connectingTo } from './acts/connecting-acts.ts';
import { withHeldExit } from './held-exit.ts';
import { pressed } from './keys.ts';
import { examined, mended } from './stay/doctor-acts.ts';
import { withTrial } from './stay/trial.ts';
import { withoutOutdated } from './messages/outdated.ts';
import { pasted } from './acts/typing.ts';
import { planningHappened } from './messages/planning-messages.ts';
import { profilesHappened } from './messages/profile-messages.ts';
import { rolloutHappened } from './messages/rollout-messages.ts';
import { type Step, and, noticed, stay } from './acts/transition.ts';
import { changeTold, ticked } from './messages/tick.ts';

/** The only way the model changes. */
export function update(model: Model, message: Message): Step {
  const [next, effects] = withHeldExit(model, happened(model, message), message);
  return withTrial(withoutOutdated(model, next), effects);
}

/** Whoever presses a key has seen what is there. */
function looking(model: Model): Model {
  const { services, instances, now } = model;
  return {
    ...model,
    looked: { atMs: now.monotonicMs, services: services.value?.items, instances: instances.value },
  };
}

function happened(model: Model, message: Message): Step {
  switch (message.type) {
    case 'began':
      return and(
        { ...model, profiles: { isLoading: true } },
        { kind: 'read-profiles' },
        { kind: 'read-open-rollouts' },
      );
    case 'key-pressed':
      return pressed(looking({ ...model, now: message.now }), message.press);
    case 'pasted':
      return pasted(model, message.text);
    case 'input-held':
      return stay(noticed(model, { kind: 'input-held', by: message.by }));
    case 'input-released':
      return stay(model.notice?.kind === 'input-held' ? noticed(model, undefined) : model);
    case 'silence-told':
      return stay({ ...model, silence: message.silence, now: message.now });
    case 'connection-given':
      return connectingTo({ ...model, now: message.now }, message.spec, { isGiven: true });
    case 'resized':
      return stay({ ...model, size: message.size });
    case 'ticked':
      return ticked(model, message.now);
    case 'profiles-read':
    case 'profile-tried':
    case 'profile-saved':
    case 'profile-removed':
    case 'connected':
    case 'connect-failed':
    case 'password-needed':
      return profilesHappened(model, message);
    case 'examined':
      return examined(model, message);
    case 'mended':
      return mended(model, message);
    case 'change-told':
      return changeTold(model, message);
    case 'services-read':
    case 'services-came':
    case 'service-counted':
    case 'service-uncounted':
    case 'service-consumers-read':
    case 'namespaces-read':
    case 'instances-read':
    case 'beside-read':
    case 'switched-on':
      return catalogueRead(model, message);
    case 'copied':
      return stay(noticed(model, { kind: 'copied', lines: message.lines, path: message.path }));
    case 'plan-made':
    case 'reviewed':
    case 'requests-listed':
    case 'consumers-read':
    case 'report-told':
    case 'plan-saved':
      return planningHappened(model, message);
    default:
      return rolloutHappened(model, message);
  }
}
