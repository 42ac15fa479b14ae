import { cellsOf } from '../../../core/text/cells.ts';
import { paragraph } from '../../components/labelled.ts';
import { countedWindowOf } from '../../components/table.ts';
import { rehearsalSpeed } from '../../../world/clock.ts';
import { type Following, runnerWallMs } from '../../model/following.ts';
import { type Line, line, lineText, span, spread } from '../../draw/line.ts';
import { pointedTarget } from '../../keys/meant-target.ts';
import type { Model } from '../../model/model.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { livePath } from '../../keys/log-path.ts';
import { rolloutRows } from '../../view/rollout-rows.ts';
import { rolloutSummary } from '../../view/rollout-summary.ts';
import { eventLines } from './rollout-events.ts';
import { gatewayLines } from './rollout-gateway.ts';
import { tailLines } from './rollout-log.ts';
import { stateLines } from './rollout-state.ts';
import { rolloutHead, rowLines } from './rollout-table.ts';
import type { Drawn } from '../../components/draw-context.ts';

const tailRows = 6;
/** The head and the pointed target. */
const leastTableRows = 2;

/** Where everything stands; what is under way and why; the end of the command's output; what happened last. */
export function rolloutScreen(model: Model, paint: DrawContext): Drawn {
  const { words, columns, height } = paint;
  const { following } = model;
  if (following?.rollout === undefined)
    return { title: [], body: paragraph(words.rollout.joining, columns, 'dim') };
  const wallMs = runnerWallMs(following, model.now);
  const rows = rolloutRows(following, wallMs);
  const pointed = pointedTarget(model)?.name;
  const at = Math.max(
    0,
    rows.findIndex((row) => row.target.name === pointed),
  );
  const state = fitted(stateLines(model, following, wallMs, paint), height - leastTableRows, paint);
  const gateway = height - state.length > 8 ? gatewayLines(model, paint) : [];
  const blocks = rows.map((row, index) => rowLines(row, index === at, paint));
  const whole = blocks.flat().length;
  const rest = height - 1 - state.length - gateway.length;
  const tableRoom = Math.max(1, Math.min(whole, rest));
  const tableLines = [
    rolloutHead(rows[0]?.steps ?? [], paint, following.rollout.planned.world === 'rehearsal'),
    ...countedWindowOf(
      { blocks, heightOf: ({ length }) => length, pointed: at },
      tableRoom,
      (block) => block,
      words.screens.more,
    ),
  ];
  const room = height - tableLines.length - state.length - gateway.length;
  const tail = tailLines(following, livePath(model), {
    ...paint,
    height: Math.min(tailRows, Math.floor(room / 2)),
  });
  const below = [...tail, ...eventLines(following, { ...paint, height: room - tail.length })];
  return {
    title: titleLine(following, wallMs, paint),
    body: [...tableLines, ...state, ...gateway, ...below].slice(0, height),
  };
}

/** Without the blank line first; what still does not fit is counted. */
function fitted(lines: readonly Line[], room: number, { words }: DrawContext): readonly Line[] {
  const needed = lines.length <= room ? lines : lines.slice(1);
  const hidden = needed.length - room;
  return hidden <= 0
    ? needed
    : [...needed.slice(0, Math.max(0, room - 1)), line(span(` ${words.screens.more(hidden + 1)}`, 'dim'))];
}

function titleLine(following: Following, wallMs: number, { words, columns }: DrawContext): Line {
  const said = words.rollout;
  const { services, done, count, off, elapsedMs, capacity } = rolloutSummary(following, wallMs);
  const left = line(
    ' ',
    span(services, 'strong'),
    ` · ${said.summary(done, count, off, words.time(Math.floor(elapsedMs / 1000) * 1000))}`,
    capacity === undefined ? '' : ` · ${said.capacity(capacity.on, capacity.minimum)}`,
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
