import { visible } from '../../core/text/visible.ts';
import type { OpenRollout } from '../../runner/ports/face-ports.ts';
import { labelled } from '../components/labelled.ts';
import { windowOf } from '../components/table.ts';
import { type Line, line, span } from '../draw/line.ts';
import type { Model } from '../model/model.ts';
import type { DrawContext } from '../components/draw-context.ts';
import type { PlaceNamed } from '../model/place.ts';
import { openState } from '../../runner/ports/open-state.ts';
import { sayProblem } from '../view/say-problem.ts';
import type { Drawn } from '../components/draw-context.ts';
import { minuteText, rolloutDetail, servicesOf } from './machine/rollout-detail.ts';

export function offerScreen(model: Model, screen: PlaceNamed<'offer'>, paint: DrawContext): Drawn {
  const said = paint.words.screens.offer;
  const open = model.openRollouts;
  const blocks = open.map((each, index) => {
    const isPointed = index === screen.cursor;
    const block = rolloutBlock(each, isPointed, paint);
    return isPointed ? [...block, ...differenceLines(model, each.id, paint), []] : [...block, []];
  });
  return {
    title: line(' ', span(said.title(open.length), 'strong')),
    body: windowOf(blocks, screen.cursor, paint.height),
  };
}

function rolloutBlock(open: OpenRollout, isPointed: boolean, paint: DrawContext): readonly Line[] {
  const { words, glyphs } = paint;
  const said = words.screens.offer;
  const { rollout } = open;
  const state = openState(open);
  const started = said.started(minuteText(rollout.plannedAt), visible(rollout.planned.by));
  const head = line(
    span(isPointed ? `${glyphs.cursor} ` : '  ', 'accent'),
    span(servicesOf(open), 'strong'),
    `  ${open.id.slice(0, 8)}  `,
    span(said.state[state], state === 'running' ? 'busy' : 'warn'),
    span(`  ${started}`, 'dim'),
  );
  if (!isPointed) return [head];
  return [head, ...rolloutDetail(open, paint)];
}

/** What Nacos says now, where that is not what the journal says. */
function differenceLines(model: Model, id: string, { words, columns }: DrawContext): readonly Line[] {
  const compared = model.differences[id];
  if (compared === undefined) return [];
  const said = words.screens.offer;
  const space = { columns, label: 10 };
  if (compared.problem !== undefined)
    return labelled(`  ${said.nacos}`, sayProblem(words, compared.problem), space, 'warn');
  const found = compared.value ?? [];
  if (found.length === 0) return labelled(`  ${said.nacos}`, said.same, space);
  return found.flatMap((difference, index) =>
    labelled(
      index === 0 ? `  ${said.nacos}` : '',
      visible(words.failures.difference(difference)),
      space,
      'warn',
    ),
  );
}
