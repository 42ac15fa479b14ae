import { type Hold, holds, isIdle } from '../../../core/rollout/holds.ts';
import { isSameNacos } from '../../../core/registry/same-nacos.ts';
import { paragraph } from '../../components/labelled.ts';
import { countedWindowOf } from '../../components/table.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { type Line, line, span } from '../../draw/line.ts';
import { pointedTarget } from '../../keys/meant-target.ts';
import { type Following, isLive, runnerWallMs } from '../../model/following.ts';
import type { Model } from '../../model/model.ts';
import { silenceOf } from '../../view/nacos-says.ts';
import { rolloutRows } from '../../view/rollout-rows.ts';
import { gatewayLines } from './rollout-gateway.ts';
import { stateLines } from './rollout-state.ts';
import { rolloutHead, rowLines } from './rollout-table.ts';

/** The head and the pointed target. */
const leastTableRows = 2;

/** Where every target stands; what is under way and why, and what may be decided; the demo's gateway. */
export function progressLines(model: Model, following: Following, paint: DrawContext): readonly Line[] {
  const { words, height } = paint;
  const wallMs = runnerWallMs(following, model.now);
  const rows = rolloutRows(following, wallMs);
  const pointed = pointedTarget(model)?.name;
  const at = Math.max(
    0,
    rows.findIndex((row) => row.target.name === pointed),
  );
  const [gap = [], ...standing] = stateLines(model, following, wallMs, paint);
  const state = fitted([gap, ...silenceLines(following, paint), ...standing], height - leastTableRows, paint);
  const gateway = height - state.length > 8 ? gatewayLines(model, paint) : [];
  const blocks = rows.map((row, index) => rowLines(row, index === at, paint));
  const whole = blocks.flat().length;
  const rest = height - 1 - state.length - gateway.length;
  const tableRoom = Math.max(1, Math.min(whole, rest));
  return [
    rolloutHead(rows[0]?.steps ?? [], paint, sourceOf(model, following)),
    ...countedWindowOf(
      { blocks, heightOf: ({ length }) => length, pointed: at },
      tableRoom,
      (block) => block,
      words.screens.more,
    ),
    ...state,
    ...gateway,
  ];
}

/** Where no node answers, and since when what stands above is old. */
function silenceLines(following: Following, { words, columns }: DrawContext): readonly Line[] {
  const { rollout, snapshot } = following;
  if (isAtFirstReading(following)) return paragraph(words.rollout.firstAnswer, columns, 'busy');
  const silence = silenceOf(snapshot);
  // A rehearsal's clock is not ours, and nothing is off because of it.
  if (silence === undefined || rollout?.planned.world === 'rehearsal') return [];
  const { since, isSilent } = silence;
  const at = since && `${since.slice(11, 19)}Z`;
  return paragraph(words.rollout[isSilent ? 'silent' : 'unread'](at), columns, 'bad');
}

/** It was carried on, and nothing goes on before Nacos has answered: a reading takes seconds to fail. */
function isAtFirstReading(following: Following): boolean {
  const { rollout, snapshot } = following;
  if (rollout?.planned.world !== 'real' || snapshot !== undefined || !isLive(following)) return false;
  const held = holds(rollout);
  return (rollout.hasWritten || held.length > 0) && isIdle(rollout) && held.every(endsByNacos);
}

function endsByNacos(hold: Hold): boolean {
  if (hold.kind === 'nodes-lost') return true;
  return hold.kind === 'paused' && (hold.why === 'lease-lost' || hold.why === 'registry-lost');
}

/** Whose word the last column is: it is read on by nobody where the runner is gone and this console is at no Nacos, or another. */
function sourceOf({ connection }: Model, following: Following): 'says' | 'asIf' | 'said' {
  const planned = following.rollout?.planned;
  if (planned?.world === 'rehearsal') return 'asIf';
  if (silenceOf(following.snapshot) !== undefined) return 'said';
  if (planned === undefined || !following.isClosed) return 'says';
  return connection !== undefined && isSameNacos(connection.spec, planned.reached) ? 'says' : 'said';
}

/** Without the blank line first; what still does not fit is counted. */
function fitted(lines: readonly Line[], room: number, { words }: DrawContext): readonly Line[] {
  const needed = lines.length <= room ? lines : lines.slice(1);
  const hidden = needed.length - room;
  return hidden <= 0
    ? needed
    : [...needed.slice(0, Math.max(0, room - 1)), line(span(` ${words.screens.more(hidden + 1)}`, 'dim'))];
}
