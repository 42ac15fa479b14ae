import { type Line, type Span, span } from '../draw/line.ts';
import type { Loaded, Model } from '../model/model.ts';
import { freshnessOf } from '../model/reading-pace.ts';
import { sayProblem } from '../view/say-problem.ts';
import type { DrawContext } from './draw-context.ts';
import { paragraph } from './labelled.ts';

/** For the end of a title: how what is shown is kept up to date, and that it is old where it could not be read since. */
export function freshnessSpan(model: Model, list: 'services' | 'instances', { words }: DrawContext): Span {
  const freshness = freshnessOf(model, list, model.now);
  const said = words.screens.freshness;
  switch (freshness.kind) {
    case 'unread':
      return span('');
    case 'old':
      return span(`${said.old(freshness.ageMs)} `, 'warn');
    case 'just-read':
      return span(`${said.justRead} `, 'dim');
    case 'live':
      return span(`${said.live} `, 'dim');
    case 'every':
      return span(`${said.every(freshness.ms)} `, 'dim');
  }
}

/** Why a list could not be read, as long as that is so. */
export function unreadLines(
  loaded: Loaded<unknown>,
  list: 'services' | 'instances' | 'namespaces',
  { words, columns, keys }: DrawContext,
): readonly Line[] {
  const { problem } = loaded;
  if (problem === undefined) return [];
  const again =
    list === 'namespaces' ? '' : `${words.screens.between}${words.screens.connecting.again(keys, 'refresh')}`;
  return paragraph(
    `${words.screens.unread[list]}${words.screens.between}${sayProblem(words, problem)}${again}`,
    columns,
    'bad',
  );
}
