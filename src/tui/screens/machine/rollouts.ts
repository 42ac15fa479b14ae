import { visible } from '../../../core/text/visible.ts';
import type { OpenRollout } from '../../../runner/ports/face-ports.ts';
import { openState } from '../../../runner/ports/open-state.ts';
import type { DrawContext, Drawn } from '../../components/draw-context.ts';
import { labelled, paragraph } from '../../components/labelled.ts';
import { type Cell, table } from '../../components/table.ts';
import { type Line, type Tone, line, span } from '../../draw/line.ts';
import type { Model } from '../../model/model.ts';
import type { PlaceNamed } from '../../model/place.ts';
import { offNames } from '../../view/left-off.ts';
import { minuteText, rolloutDetail, servicesOf } from './rollout-detail.ts';

/** The rollouts of this machine by their journals, newest first; of the pointed one also where its targets stand. */
export function rolloutsScreen(model: Model, screen: PlaceNamed<'rollouts'>, paint: DrawContext): Drawn {
  const { words, columns, height, glyphs } = paint;
  const said = words.machine.rollouts;
  const all = model.rollouts;
  const running = all.filter(({ isRunning }) => isRunning).length;
  const off = all.filter(({ rollout }) => offNames(rollout).length > 0).length;
  const title = line(' ', span(said.title(all.length, running, off), 'strong'));
  if (all.length === 0) {
    const text = model.rolloutsReadAtMs === undefined ? words.screens.loading : said.empty;
    return { title, body: paragraph(text, columns, 'dim') };
  }
  const body = table(
    [
      { title: said.columns.services, max: 40, min: 12 },
      { title: said.columns.state, max: 44, min: 16 },
      { title: said.columns.id, max: 8 },
      { title: said.columns.done, max: 9, align: 'right' },
      { title: said.columns.off, max: 5, align: 'right' },
      { title: said.columns.started, max: 17, dispensable: 1 },
      { title: said.columns.by, max: 30, dispensable: 2 },
    ],
    all.map((open, index) => ({
      isPointed: index === screen.cursor,
      // Cells are made of what is in the window.
      get cells() {
        return cellsOf(open, paint);
      },
      below: index === screen.cursor ? detailLines(open, paint) : [],
    })),
    { columns, height, cursor: glyphs.cursor, more: words.screens.more },
  );
  return { title, body };
}

function cellsOf(open: OpenRollout, paint: DrawContext): readonly Cell[] {
  const { rollout, id } = open;
  const off = offNames(rollout).length;
  const done = rollout.targets.filter(({ result }) => result === 'done').length;
  const isOnce = rollout.planned.command !== undefined;
  return [
    { text: servicesOf(open) },
    stateCell(open, off, paint),
    { text: id.slice(0, 8), tone: 'dim' },
    { text: isOnce ? '' : `${done}/${rollout.targets.length}` },
    { text: off === 0 ? '' : String(off), tone: 'bad' },
    { text: minuteText(rollout.plannedAt), tone: 'dim' },
    { text: visible(rollout.planned.by), tone: 'dim' },
  ];
}

function stateCell(open: OpenRollout, off: number, { words }: DrawContext): Cell {
  const said = words.machine.rollouts;
  const { rollout, isRunning } = open;
  if (rollout.planned.command !== undefined) {
    const state = isRunning ? 'working' : off > 0 ? 'off' : 'done';
    return { text: said.onceState[state], tone: state === 'off' ? 'warn' : 'plain' };
  }
  const state = openState(open);
  if (rollout.ended !== undefined) {
    const { outcome } = rollout.ended;
    return { text: said.outcomes[outcome], tone: outcome === 'done' ? 'good' : 'warn' };
  }
  const tone: Tone = state === 'running' ? 'busy' : 'warn';
  return { text: said.state[state], tone };
}

function detailLines(open: OpenRollout, paint: DrawContext): readonly Line[] {
  const { words, columns } = paint;
  const said = words.machine.rollouts;
  const { rollout } = open;
  const space = { columns, label: 10 };
  const { command } = rollout.planned;
  const failed = rollout.targets.flatMap(({ name, failure }) =>
    failure === undefined ? [] : [`${name}: ${words.failures.failure(failure.why)}`],
  );
  return [
    ...(command === undefined ? [] : labelled(`  ${said.command}`, visible(command), space)),
    ...rolloutDetail(open, paint),
    ...failed.slice(0, 3).flatMap((text) => labelled(`  ${said.why}`, visible(text), space, 'warn')),
  ];
}
