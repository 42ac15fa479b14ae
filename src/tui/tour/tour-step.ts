import type { TourStepName } from '../../i18n/en/tui-tour.ts';
import { isRefused } from '../../runner/review/review.ts';
import { isLive } from '../model/following.ts';
import type { Model } from '../model/model.ts';
import { front } from '../model/navigation.ts';
import { type Place, isOverlay } from '../model/place.ts';
import { draftProblem } from '../draft/draft.ts';
import { instanceRows } from '../view/instance-rows.ts';
import { serviceRows } from '../view/service-rows.ts';
import { passGate, pause, start } from '../keys/availability.ts';
import { type CommandName, keyOf } from '../keys/keymap.ts';
import { stuckTarget } from '../keys/meant-target.ts';

/** What the tour says next; `key` is empty where there is nothing but to wait, `other` is one more that it names. */
export type TourStep = { readonly name: TourStepName; readonly key: string; readonly other: string };

/** What to press next, by what the console knows now: wherever somebody went, and whatever they pressed. */
export function tourStep(model: Model): TourStep | undefined {
  const { tour } = model;
  if (tour === undefined) return undefined;
  const place = front(model);
  const at = (name: TourStepName, key?: CommandName, other?: CommandName): TourStep => ({
    name,
    key: key === undefined ? '' : keyOf(model, place.name, key),
    other: other === undefined ? '' : keyOf(model, place.name, other),
  });
  if (isOverlay(place)) return overOverlay(place, at);
  if (model.waitingFor !== undefined) return at('wait');
  if (place.name === 'rollout') return onRollout(model, at);
  // Since it began a rollout was seen to its end.
  if (model.leaving !== tour.before) return at('done', 'palette', 'quit');
  return onScreen(model, at);
}

type At = (name: TourStepName, key?: CommandName, other?: CommandName) => TourStep;

function overOverlay(place: Place, at: At): TourStep {
  if (place.name === 'confirm') return at('answer', 'back', 'yes');
  return 'field' in place && place.name !== 'palette' ? at('typing', 'back', 'keep') : at('close', 'back');
}

function onScreen(model: Model, at: At): TourStep {
  const screen = front(model);
  switch (screen.name) {
    case 'profiles':
      return (model.profiles.value ?? []).length === 0 ? at('wait') : at('connect', 'choose');
    case 'connecting':
      return screen.problem === undefined ? at('wait') : at('reach-again', 'reach-again');
    case 'services':
      return serviceRows(model).length === 0 ? at('wait') : at('open-service', 'choose', 'down');
    case 'instances':
      return atInstances(model, screen.cursor, at);
    case 'order':
      return model.draft !== undefined && draftProblem(model.draft) === undefined
        ? at('review', 'review', 'edit-field')
        : at('fill', 'edit-field');
    case 'review':
      return onReview(model, at);
    case 'offer':
      return at('back', 'leave');
    default:
      return at('back', 'back');
  }
}

function atInstances(model: Model, cursor: number, at: At): TourStep {
  const rows = instanceRows(model);
  const chosen = model.draft?.order.length ?? 0;
  if (rows.length === 0) return at('wait');
  if (chosen === 0) return at('mark', 'mark');
  if (chosen > 1 || rows.length === 1) return at('settings', 'settings', 'move-down');
  // Marked again it would be marked no more.
  if (rows[cursor]?.place !== undefined) return at('elsewhere', cursor === 0 ? 'down' : 'up');
  return at('mark-another', 'mark');
}

function onReview(model: Model, at: At): TourStep {
  const review = model.reviewed?.review;
  if (review === undefined) return at('wait');
  if (isRefused(review) || start(model) !== undefined) return at('refused', 'back');
  return at('start', 'start', 'rehearse');
}

function onRollout(model: Model, at: At): TourStep {
  const { following } = model;
  const rollout = following?.rollout;
  if (following === undefined || rollout === undefined) return at('wait');
  const isRehearsal = rollout.planned.world === 'rehearsal';
  if (!isLive(following)) return isRehearsal ? at('rehearsed', 'back') : at('over', 'back', 'report');
  if (isRehearsal) return at('rehearsing', undefined, 'help');
  if (stuckTarget(model) !== undefined) return at('decide', 'retry');
  if (passGate(model) === undefined) return at('gate', 'pass-gate');
  if (rollout.paused !== undefined) return at('continue', 'continue');
  const wasPaused = following.events.some(({ type }) => type === 'paused');
  return wasPaused || pause(model) !== undefined ? at('watch', undefined, 'help') : at('pause', 'pause');
}
