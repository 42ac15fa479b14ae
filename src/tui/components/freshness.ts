import { type Line, type Span, span } from '../draw/line.ts';
import { shownAgeMs } from '../model/age.ts';
import type { Loaded, Model } from '../model/model.ts';
import { sayProblem } from '../view/say-problem.ts';
import type { DrawContext } from './draw-context.ts';
import { paragraph } from './labelled.ts';

/** For the end of a title: when what is shown was read, and that it is old where it could not be read since. */
export function ageSpan({ now }: Model, loaded: Loaded<unknown>, { words }: DrawContext): Span {
  const ageMs = shownAgeMs(loaded, now);
  if (ageMs === undefined) return span('');
  const isOld = loaded.problem !== undefined;
  return span(`${words.screens.readAgo(ageMs, isOld)} `, isOld ? 'warn' : 'dim');
}

/** Why a list could not be read, as long as that is so. */
export function unreadLines(
  loaded: Loaded<unknown>,
  list: 'services' | 'instances' | 'namespaces',
  { words, columns }: DrawContext,
): readonly Line[] {
  const { problem } = loaded;
  if (problem === undefined) return [];
  const again = list === 'namespaces' ? '' : ` ${words.screens.connecting.again}`;
  return paragraph(`${words.screens.unread[list]} ${sayProblem(words, problem)}${again}`, columns, 'bad');
}
