import { fit } from '../../../core/text/cells.ts';
import { visible } from '../../../core/text/visible.ts';
import { stamp, stampMs } from '../../../core/text/stamp.ts';
import type { Event } from '../../../core/event/event.ts';
import { type Scale, placeOf, roundScale, ticksOf } from '../../../core/report/scale.ts';
import { type Moment, momentsOf, stretchOf } from '../../../core/report/lane.ts';
import { type ReportedTarget, reportTarget } from '../../../core/report/report-target.ts';
import { type Rollout, targetOf } from '../../../core/rollout/rollout.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { paragraph } from '../../components/labelled.ts';
import { type Line, type Tone, cell, line, span } from '../../draw/line.ts';
import { pointedTarget } from '../../keys/meant-target.ts';
import { type Following, runnerWallMs } from '../../model/following.ts';
import type { Model } from '../../model/model.ts';

/** The times and what the signs mean, under the lanes. */
const feetRows = 2;
const mostNameCells = 22;
const leastLaneCells = 20;

/** Around the pointed target, what was done to each, to scale and until now: the lanes that the report has. */
export function timelineLines(model: Model, following: Following, paint: DrawContext): readonly Line[] {
  const { rollout, events } = following;
  const { words, columns, height } = paint;
  const pointed = pointedTarget(model)?.name;
  if (rollout === undefined || height <= feetRows) return [];
  const nowMs = runnerWallMs(following, model.now);
  const targets = reportedAround(rollout, events, pointed, height - feetRows);
  const stretches = targets.flatMap((target) => stretchOf(target, nowMs) ?? []);
  const fromMs = Math.min(...stretches.map((one) => one.fromMs));
  if (stretches.length === 0) return paragraph(words.panes.timeline.none, columns, 'dim');
  const scale = roundScale(fromMs, Math.max(...stretches.map((one) => one.toMs)));
  const names = Math.min(mostNameCells, columns - leastLaneCells - 2);
  const cells = Math.max(1, columns - names - 3);
  const drawn = targets.map((target) => ({ target, moments: momentsOf(target, scale, cells, nowMs) }));
  return [
    ...drawn.map(({ target, moments }): Line => {
      const isPointed = target.name === pointed;
      return [
        span(isPointed ? paint.glyphs.cursor.slice(0, 1) : ' ', 'accent'),
        cell(visible(target.name), names, isPointed ? 'strong' : 'plain'),
        span(' '),
        ...laneSpans(moments, paint),
      ];
    }),
    line(span(`${' '.repeat(names + 2)}${axisText(scale, cells, rollout)}`, 'dim')),
    legendLine(new Set(drawn.flatMap(({ moments }) => moments)), paint),
  ];
}

/** As many targets as there are rows for, the pointed one among them, with what the journal tells of each. */
function reportedAround(
  rollout: Rollout,
  events: readonly Event[],
  pointed: string | undefined,
  rows: number,
): readonly ReportedTarget[] {
  const at = Math.max(
    0,
    rollout.targets.findIndex(({ name }) => name === pointed),
  );
  const from = Math.max(0, Math.min(at - Math.floor(rows / 2), rollout.targets.length - rows));
  const shown = rollout.targets.slice(from, from + rows);
  const names = new Set(shown.map(({ name }) => name));
  const own = Map.groupBy(
    events.filter((event) => 'target' in event && names.has(event.target)),
    (event) => ('target' in event ? event.target : ''),
  );
  return shown.map((state) =>
    reportTarget(targetOf(rollout, state.name), state, own.get(state.name) ?? [], true),
  );
}

const tones: Readonly<Record<Moment, Tone>> = {
  on: 'on',
  off: 'dim',
  'before-target': 'plain',
  disable: 'warn',
  'after-disable': 'plain',
  drain: 'busy',
  deploy: 'strong',
  check: 'plain',
  enable: 'good',
  'warm-up': 'busy',
  soak: 'on',
  'after-target': 'plain',
  failed: 'bad',
  exposed: 'bad',
  later: 'plain',
};

function laneSpans(moments: readonly Moment[], { glyphs }: DrawContext): Line {
  const runs: { moment: Moment; count: number }[] = [];
  for (const moment of moments) {
    const last = runs.at(-1);
    if (last?.moment === moment) last.count += 1;
    else runs.push({ moment, count: 1 });
  }
  return runs.map(({ moment, count }) => span(glyphs.lane[moment].repeat(count), tones[moment]));
}

/** Round times, each from the column that it stands for. A rehearsal's clock runs ahead of ours: its times are told from its beginning. */
function axisText(scale: Scale, cells: number, { planned, plannedAt }: Rollout): string {
  const zeroMs = planned.world === 'real' ? 0 : stampMs(plannedAt);
  let text = '';
  for (const ms of ticksOf(scale, zeroMs)) {
    const label = planned.world === 'real' ? `${stamp(ms).slice(11, 19)}Z` : `+${Math.round(ms / 1000)} s`;
    const at = Math.floor((placeOf(scale, zeroMs + ms) / 100) * cells);
    if (at + label.length <= cells && (text === '' || at > text.length)) text = fit(text, at) + label;
  }
  return text;
}

/** Only what is to be seen. */
function legendLine(shown: ReadonlySet<Moment>, { words, glyphs }: DrawContext): Line {
  const said = words.panes.timeline.moments;
  return (Object.keys(said) as (keyof typeof said)[])
    .filter((moment) => shown.has(moment))
    .flatMap((moment) => [span(` ${glyphs.lane[moment]}`, tones[moment]), span(` ${said[moment]} `, 'dim')]);
}
