import { visible } from '../../core/text/visible.ts';
import { type Line, line, span, spread } from '../draw/line.ts';
import type { Model } from '../model/model.ts';
import { screenOf } from '../model/navigation.ts';
import type { DrawContext } from './draw-context.ts';

export type ScreenWorld = 'real' | 'rehearsal' | 'sandbox';

/** What a key on this screen would act on: never to be guessed. */
export function worldOf(model: Model): ScreenWorld {
  const isRehearsal =
    screenOf(model).name === 'rollout' && model.following?.rollout?.planned.world === 'rehearsal';
  if (isRehearsal) return 'rehearsal';
  return model.setting.isSandbox ? 'sandbox' : 'real';
}

export function header(model: Model, paint: DrawContext): Line {
  const { words, glyphs, columns } = paint;
  const world = worldOf(model);
  const tag = span(words.screens.worlds[world], world === 'real' ? 'strong' : 'accent');
  const following = screenOf(model).name === 'rollout' ? model.following : undefined;
  // Whom we were connected to before is not whom this is about.
  const connection = screenOf(model).name === 'connecting' ? undefined : model.connection;
  const reached = following?.rollout?.planned.reached ?? connection?.reached;
  if (reached === undefined) return spread(line(' nacos-rollout'), [tag, span(' ')], columns);
  const { screens } = words;
  const left = line(
    ' ',
    span(visible(reached.profile ?? reached.servers[0] ?? ''), 'strong'),
    reached.isProduction ? span(` ${glyphs.production}${screens.production}`, 'bad') : '',
    reached.isReadOnly ? span(` (${screens.readOnly})`, 'warn') : '',
    following === undefined ? '' : `  ${words.rollout.rollout(following.id.slice(0, 8))}`,
    `  ${screens.namespace(visible(following === undefined ? model.namespace : reached.namespace))}`,
    `  ${visible(`${reached.product} ${reached.version}`)}`,
    reached.username === undefined ? '' : `  ${screens.as(visible(reached.username))}`,
  );
  return spread(left, [tag, span(' ')], columns);
}
