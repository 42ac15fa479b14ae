import { cellsOf } from '../../../core/text/cells.ts';
import { paragraph } from '../../components/labelled.ts';
import { panedBody } from '../../components/panes.ts';
import { rehearsalSpeed } from '../../../world/clock.ts';
import { type Following, runnerWallMs } from '../../model/following.ts';
import { type Line, line, lineText, span, spread } from '../../draw/line.ts';
import type { Model } from '../../model/model.ts';
import { capacityBar } from '../../components/capacity-bar.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { livePath } from '../../keys/log-path.ts';
import { type Capacity, rolloutSummary } from '../../view/rollout-summary.ts';
import { eventLines } from './rollout-events.ts';
import { tailLines } from './rollout-log.ts';
import { rolloutPanes } from './rollout-panes.ts';
import { progressLines } from './rollout-progress.ts';
import type { Drawn } from '../../components/draw-context.ts';

const tailRows = 6;

/** Where everything stands; the end of the command's output; what happened last. In panes where there is room for them. */
export function rolloutScreen(model: Model, paint: DrawContext): Drawn {
  const { words, columns, height } = paint;
  const { following } = model;
  if (following?.rollout === undefined)
    return { title: [], body: paragraph(words.rollout.joining, columns, 'dim') };
  const paned = panedBody(model, rolloutPanes(model, following), paint);
  const title = titleLine(following, runnerWallMs(following, model.now), paned !== undefined, paint);
  if (paned !== undefined) return { title, ...paned };
  const progress = progressLines(model, following, paint);
  const room = height - progress.length;
  const tail = tailLines(following, livePath(model), {
    ...paint,
    height: Math.min(tailRows, Math.floor(room / 2)),
  });
  const below = [...tail, ...eventLines(following, { ...paint, height: room - tail.length })];
  return { title, body: [...progress, ...below].slice(0, height) };
}

function titleLine(following: Following, wallMs: number, isPaned: boolean, paint: DrawContext): Line {
  const { words, columns } = paint;
  const said = words.rollout;
  const { services, done, count, off, elapsedMs, capacity } = rolloutSummary(following, wallMs);
  const left = line(
    ' ',
    span(services, 'strong'),
    ` · ${said.summary(done, count, off, words.time(Math.floor(elapsedMs / 1000) * 1000))}`,
    capacity === undefined ? '' : ` · ${capacityText(capacity, isPaned, paint)}`,
  );
  const isRehearsal = following.rollout?.planned.world === 'rehearsal';
  const isWide = cellsOf(lineText(left)) + cellsOf(said.rehearsing(rehearsalSpeed)) + 2 <= columns;
  const rehearsing = isWide ? said.rehearsing(rehearsalSpeed) : said.faster(rehearsalSpeed);
  const right = [
    ...(isRehearsal ? [span(`${rehearsing} `, 'accent')] : []),
    ...(following.mayDecide ? [] : [span(`${said.watching} `, 'warn')]),
  ];
  return spread(left, right, columns);
}

const mostBarCells = 20;

/** Where there is room, as a bar of all there are, with the minimum marked in it. */
function capacityText({ on, minimum, all }: Capacity, isPaned: boolean, paint: DrawContext): string {
  const said = paint.words.rollout;
  if (!isPaned || all === undefined || all === 0) return said.capacity(on, minimum);
  const cells = Math.min(mostBarCells, all);
  const bar = capacityBar({ serving: on, all, minimum, cells }, paint);
  return said.capacityBar(lineText(bar), on, all, minimum);
}
