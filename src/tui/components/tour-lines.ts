import { wrap } from '../../core/text/cells.ts';
import { type Line, span } from '../draw/line.ts';
import { keyName } from '../draw/words.ts';
import { keyOf } from '../keys/keymap.ts';
import { tourStep } from '../tour/tour-step.ts';
import type { Model } from '../model/model.ts';
import { front } from '../model/navigation.ts';
import type { DrawContext } from './draw-context.ts';

/** What the tour says to press next, over the keys; nothing where nobody takes it. */
export function tourLines(model: Model, { words, columns }: DrawContext): readonly Line[] {
  const step = tourStep(model);
  if (step === undefined) return [];
  const said = words.tour.steps[step.name](keyName(words, step.key), keyName(words, step.other));
  const leaveKey = keyOf(model, front(model).name, 'tour');
  const text = leaveKey === '' ? said : `${said} ${words.tour.leave(keyName(words, leaveKey))}`;
  return wrap(`${words.tour.title} ${text}`, columns - 2)
    .slice(0, 2)
    .map((part) => [span(` ${part}`, 'accent')]);
}

/** That there is a tour, where somebody may begin with it. */
export function tourOffer(model: Model, { words }: DrawContext): string | undefined {
  const key = keyOf(model, front(model).name, 'tour');
  const isOffered = key !== '' && model.tour === undefined && front(model).name === 'services';
  return isOffered && model.leaving === undefined ? words.tour.offer(keyName(words, key)) : undefined;
}
