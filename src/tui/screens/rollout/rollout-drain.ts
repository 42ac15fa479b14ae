import type { CallsSeen } from '../../../core/drain/calls-seen.ts';
import { cellsOf } from '../../../core/text/cells.ts';
import { visible } from '../../../core/text/visible.ts';
import type { TuiWords } from '../../../i18n/en/tui.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { paragraph } from '../../components/labelled.ts';
import { type Line, type Span, line, span } from '../../draw/line.ts';
import { sparkline } from '../../draw/sparkline.ts';
import type { Following } from '../../model/following.ts';
import { type DrainLimits, type DrainWait, drainWait } from '../../view/drain-calls.ts';
import type { Timer } from '../../view/timer.ts';

/** Seconds that are shown at most, and at least beside the timer. */
const mostSeconds = 60;
const leastSeconds = 30;
/** And beside a name in a pane. */
const leastBeside = 10;

/** A drain by evidence: since when, the calls a second, what it waits for and how sure it is. */
export function drainLines(
  { calls }: Following,
  { target, elapsedMs }: Timer,
  limits: DrainLimits,
  paint: DrawContext,
): readonly Line[] {
  const { words, columns } = paint;
  const live = calls.find((one) => one.target === target.name);
  const timer = timerText(visible(target.name), elapsedMs, limits, words);
  const wait = drainWait(live, limits, elapsedMs);
  const sentence = waitSentence(wait, target.drain.watch?.certainty ?? 0, words);
  return [
    ...headLines(timer, live && wholeSeconds(live.perSecond), paint),
    ...paragraph(sentence, columns, wait.kind === 'late' ? 'warn' : 'plain'),
  ];
}

function timerText(
  name: string,
  elapsedMs: number,
  { floorMs, presetMs, ceilingMs }: DrainLimits,
  { time, drain }: TuiWords,
): string {
  const took = time(Math.floor(elapsedMs / 1000) * 1000);
  return elapsedMs < presetMs
    ? drain.timer(name, took, time(floorMs), time(presetMs))
    : drain.lateTimer(name, took, time(presetMs), time(ceilingMs));
}

/** The calls of the last seconds beside the timer, or under it where that leaves too little room. */
function headLines(
  timer: string,
  perSecond: CallsSeen['perSecond'] | undefined,
  paint: DrawContext,
): readonly Line[] {
  const { columns } = paint;
  if (perSecond === undefined || perSecond.counts.length === 0) return paragraph(timer, columns, 'busy');
  const room = columns - 2 - labelCells(perSecond, paint);
  const beside = room - cellsOf(timer) - 2;
  const spark = (cells: number): readonly Span[] =>
    sparkSpans(perSecond, Math.min(mostSeconds, cells), paint);
  if (beside >= leastSeconds) return [line(span(` ${timer}  `, 'busy'), ...spark(beside))];
  return [...paragraph(timer, columns, 'busy'), line(' ', ...spark(room))];
}

/** The calls a second to one target, as many as there is room for; `isLive`: they are still counted. */
export function secondsLine(
  { target, perSecond }: Pick<Following['calls'][number], 'target' | 'perSecond'>,
  isLive: boolean,
  paint: DrawContext,
): readonly Line[] {
  const shown = isLive ? wholeSeconds(perSecond) : perSecond;
  if (shown.counts.length === 0) return [];
  const name = ` ${visible(target)}  `;
  const room = paint.columns - cellsOf(name) - labelCells(shown, paint);
  return room < leastBeside
    ? [
        line(span(name, 'dim')),
        line(' ', ...sparkSpans(shown, paint.columns - 1 - labelCells(shown, paint), paint)),
      ]
    : [line(span(name, 'dim'), ...sparkSpans(shown, Math.min(mostSeconds, room), paint))];
}

/** Without the second that is not over: it would look like a silence. */
function wholeSeconds({ fromMs, counts }: CallsSeen['perSecond']): CallsSeen['perSecond'] {
  return { fromMs, counts: counts.slice(0, -1) };
}

function labelCells(perSecond: CallsSeen['perSecond'], { words }: DrawContext): number {
  return cellsOf(words.drain.rate(perSecond.counts.at(-1) ?? 0)) + 2;
}

/** What came before it went off is dim. */
function sparkSpans(
  { fromMs, counts }: CallsSeen['perSecond'],
  seconds: number,
  { words, glyphs }: DrawContext,
): readonly Span[] {
  const shown = counts.slice(-Math.max(1, seconds));
  const drawn = sparkline(shown, glyphs.spark);
  const fromSecond = fromMs / 1000 + counts.length - shown.length;
  const before = Math.min(shown.length, Math.max(0, -Math.round(fromSecond)));
  return [
    span(drawn.slice(0, before), 'dim'),
    span(drawn.slice(before), 'busy'),
    span(`  ${words.drain.rate(Math.round(counts.at(-1) ?? 0))}`, 'dim'),
  ];
}

function waitSentence(wait: DrainWait, certainty: number, words: TuiWords): string {
  const said = words.drain;
  switch (wait.kind) {
    case 'untold':
      return said.untold;
    case 'counting':
      return said.counting;
    case 'floor':
      return said.floor(wait.floorMs);
    case 'active':
      return said.active(wait.ceilingMs);
    case 'calls':
      return said.calls(names(wait.callers, words), wait.presetMs);
    case 'silence': {
      const { caller, neededMs, count } = wait;
      const who = callerName(caller.caller, words);
      return said.silence(who, caller.silentMs, neededMs, count - 1, certainty);
    }
    case 'seldom':
      return said.seldom(callerName(wait.caller.caller, words), wait.presetMs);
    case 'preset':
      return said.preset(
        wait.doubts.map((doubt) => said.doubtWords[doubt]),
        wait.presetMs,
      );
    case 'late':
      return said.late(names(wait.callers, words), wait.ceilingMs);
  }
}

const namesShown = 2;

function names(callers: readonly { readonly caller: string }[], words: TuiWords): string {
  const all = [...new Set(callers.map(({ caller }) => caller))];
  if (all.length === 0 || all.includes('all')) return '';
  const shown = all.slice(0, namesShown).map((name) => callerName(name, words));
  return words.drain.several(shown, all.length - shown.length);
}

/** As the source names it; one that does not tell its callers apart stands for everybody. */
export function callerName(caller: string, { drain }: TuiWords): string {
  return caller === 'all' ? drain.everybody : visible(caller);
}
