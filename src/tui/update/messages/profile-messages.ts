import type { MessageOf } from '../../model/message.ts';
import type { Model } from '../../model/model.ts';
import type { Place } from '../../model/place.ts';
import { arrivedAt, changed, closed, frontNamed, opened } from '../../model/navigation.ts';
import { fieldWith } from '../../model/field.ts';
import { connectFailed, withServices, withoutConnecting } from '../acts/connecting-acts.ts';
import { reviewAsked } from '../acts/planning-acts.ts';
import { withProfileNow } from '../acts/service-acts.ts';
import { type Step, and, failed, noticed, stay } from '../acts/transition.ts';

type ProfileMessage = MessageOf<
  | 'profiles-read'
  | 'profile-tried'
  | 'profile-saved'
  | 'profile-removed'
  | 'connected'
  | 'connect-failed'
  | 'password-needed'
>;

/** Profiles, and the connection to the Nacos of one. */
export function profilesHappened(model: Model, message: ProfileMessage): Step {
  switch (message.type) {
    case 'profiles-read':
      return draftedAgain(model, profilesRead(model, message));
    case 'profile-tried':
      return stay(
        changed(model, 'profile-form', (place) =>
          place.trial?.of === message.of
            ? { ...place, trial: { of: message.of, found: message.found } }
            : place,
        ),
      );
    case 'profile-saved':
      return message.sentence === undefined
        ? and(
            noticed(closed(model), { kind: 'profile-saved' }),
            { kind: 'forget-trial' },
            { kind: 'read-profiles' },
          )
        : stay(failed(model, { kind: 'sentence', sentence: message.sentence }));
    case 'profile-removed':
      return message.sentence === undefined
        ? and(noticed(model, { kind: 'profile-removed' }), { kind: 'read-profiles' })
        : stay(failed(model, { kind: 'sentence', sentence: message.sentence }));
    case 'connected':
      return connected(model, message);
    case 'connect-failed':
      return connectFailed(model, message);
    case 'password-needed': {
      const asked = withoutConnecting({ ...model, waitingFor: undefined });
      if (frontNamed(model, 'prompt') !== undefined) return stay(asked);
      const purpose = { kind: 'password', user: message.user, effect: message.effect } as const;
      return stay(opened(asked, { name: 'prompt', field: fieldWith(''), purpose }));
    }
  }
}

/** A plan that is being made of what a profile said before is made of what it says now. */
function draftedAgain(before: Model, read: Model): Step {
  const next = withProfileNow(read);
  const isBeingMade = before.waitingFor === 'plan' && before.draft === before.planned;
  return isBeingMade && next.draft !== before.draft ? reviewAsked(next) : stay(next);
}

function profilesRead(model: Model, message: MessageOf<'profiles-read'>): Model {
  const { outcome, warning } = message;
  if ('problem' in outcome)
    return failed({ ...model, profiles: { isLoading: false, problem: outcome.problem } }, outcome.problem);
  const at = Math.max(
    0,
    outcome.value.findIndex((entry) => entry.isCurrent),
  );
  const [first, ...rest] = model.places;
  const point = (place: Place): Place =>
    place.name === 'profiles' && model.profiles.value === undefined
      ? { ...place, cursor: at }
      : place.name === 'profiles'
        ? { ...place, cursor: Math.min(place.cursor, Math.max(0, outcome.value.length - 1)) }
        : place;
  const read: Model = {
    ...model,
    profiles: { isLoading: false, value: outcome.value },
    places: [point(first), ...rest.map(point)],
  };
  return warning === undefined
    ? read
    : noticed(read, { kind: 'problem', problem: { kind: 'sentence', sentence: warning } });
}

function connected(model: Model, message: MessageOf<'connected'>): Step {
  const answered = noticed({ ...model, waitingFor: undefined }, undefined);
  if (message.isTest)
    return stay(opened(answered, { name: 'text', title: 'reached', lines: message.found, cursor: 0 }));
  return joinedNacos(withServices(answered), message);
}

function joinedNacos(model: Model, { spec, reached }: MessageOf<'connected'>): Step {
  const { namespace } = spec;
  const there = arrivedAt(model, { spec, reached }, namespace);
  return and({ ...there, namespaces: { isLoading: false } }, { kind: 'read-services', namespace });
}
