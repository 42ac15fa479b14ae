import { failedSteps, fellShort } from '../../../core/rollout/target-state.ts';
import { visible } from '../../../core/text/visible.ts';
import { companionsMax } from '../../../core/planning/companion-notes.ts';
import { wrap } from '../../../core/text/cells.ts';
import { type Line, cell, line, span } from '../../draw/line.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { progressTones, stateTones } from '../../draw/theme.ts';
import type { Saying } from '../../view/nacos-says.ts';
import type { RolloutRow, StepCell } from '../../view/rollout-rows.ts';

const stepCells = 8;
const doingCells = 13;
/** From here on these steps have columns of their own; a warm-up and a soak take more. */
const wideFrom = 78;
const usualSteps = 5;

function isWide(columns: number, steps: readonly StepCell[]): boolean {
  return columns >= wideFrom + (steps.length - usualSteps) * stepCells;
}

function nameCells(columns: number, steps: readonly StepCell[]): number {
  return Math.min(30, Math.max(16, columns - 4 - steps.length * stepCells - 20));
}

function narrowName(columns: number): number {
  return Math.max(14, Math.min(24, columns - 34));
}

export function rolloutHead(
  steps: readonly StepCell[],
  { words, columns, glyphs }: DrawContext,
  source: 'says' | 'asIf' | 'said',
): Line {
  const titles = words.rollout.columns;
  const says = titles[source];
  if (!isWide(columns, steps))
    return [
      cell('', 4),
      cell(titles.target, narrowName(columns) + 1, 'dim'),
      cell('', doingCells + 1),
      span(says, 'dim'),
    ];
  return [
    cell('', 4),
    cell(titles.target, nameCells(columns, steps), 'dim'),
    ...steps.map(({ step }) => cell(titles[step], stepCells, 'dim')),
    span(`${glyphs.wall} ${says}`, 'dim'),
  ];
}

export function rowLines(row: RolloutRow, isPointed: boolean, paint: DrawContext): readonly Line[] {
  return isWide(paint.columns, row.steps)
    ? wideLines(row, isPointed, paint)
    : narrowLines(row, isPointed, paint);
}

function wideLines(row: RolloutRow, isPointed: boolean, paint: DrawContext): readonly Line[] {
  const { glyphs, columns } = paint;
  const width = nameCells(columns, row.steps);
  const stepsWidth = stepCells * row.steps.length;
  const result = row.target.result;
  const isPlain = result === undefined || result === 'done';
  const steps = isPlain
    ? row.steps.map((each) => stepSpan(each, paint))
    : [cell(resultText(row, result, paint), stepsWidth, result === 'left-off' ? 'bad' : 'warn')];
  const head: Line = [
    span(isPointed ? glyphs.cursor.slice(0, 1) : ' ', 'accent'),
    cell(String(row.index), 2, 'dim', 'right'),
    span(' '),
    cell(visible(row.target.name), width, row.isCurrent ? 'strong' : 'plain'),
    ...steps,
    span(`${glyphs.wall} `, 'dim'),
    ...sayingSpans(row.saying, paint),
  ];
  if (row.companions.length > companionsMax)
    return [head, foldedLine(row, width + stepsWidth, paint), ...differingLines(row, paint)];
  const companions = row.companions.map(
    ({ label, saying }): Line => [
      span('    '),
      cell(`${glyphs.branch} ${visible(label)}`, width + stepsWidth, 'dim'),
      span(`${glyphs.wall} `, 'dim'),
      ...sayingSpans(saying, paint),
    ],
  );
  return [head, ...companions, ...differingLines(row, paint)];
}

/** Many are counted by what Nacos says of them. */
function foldedLine({ companions }: RolloutRow, width: number, paint: DrawContext): Line {
  const { words, glyphs } = paint;
  const states = Map.groupBy(companions, ({ saying }) => (saying.asked === 0 ? undefined : saying.state));
  const counts = [...states].flatMap(
    ([state, { length }], index): Line => [
      span(index === 0 ? '' : '  '),
      state === undefined
        ? span(words.rollout.notReadYet, 'dim')
        : span(countedText(state, length, paint), stateTones[state]),
    ],
  );
  return [
    span('    '),
    cell(`${glyphs.branch} ${words.rollout.companions(companions.length)}`, width, 'dim'),
    span(`${glyphs.wall} `, 'dim'),
    ...counts,
  ];
}

/** The ASCII glyphs are words already. */
function countedText(state: Saying['state'], count: number, { words, glyphs }: DrawContext): string {
  const glyph = glyphs.state[state];
  return glyph.startsWith('[')
    ? `${glyph} ${count}`
    : `${glyph} ${count} ${words.screens.instances.states[state]}`;
}

/** With the step that failed, where that is why. */
function resultText(
  { target }: RolloutRow,
  result: NonNullable<RolloutRow['target']['result']>,
  { words, glyphs }: DrawContext,
): string {
  const text = words.rollout.results[result];
  const failed = target.failure === undefined ? failedSteps(target) : [target.failure.step];
  return failed.length === 0
    ? text
    : `${text} · ${glyphs.progress.failed} ${failed.map((step) => words.rollout.stuckWords[step]).join(', ')}`;
}

function narrowLines(row: RolloutRow, isPointed: boolean, paint: DrawContext): readonly Line[] {
  const { words, glyphs, columns } = paint;
  const { target } = row;
  const now = row.steps.findLast(({ progress }) => progress === 'running' || progress === 'failed');
  const isShort = fellShort(target);
  const doing =
    target.result !== undefined
      ? `${isShort ? `${glyphs.progress.failed} ` : ''}${words.rollout.results[target.result]}`
      : now === undefined
        ? glyphs.progress['not-yet']
        : `${words.rollout.columns[now.step]} ${now.ms === undefined ? '' : short(now.ms)}`;
  const tone =
    target.result === 'left-off' || now?.progress === 'failed'
      ? 'bad'
      : isShort
        ? 'warn'
        : row.isCurrent
          ? 'busy'
          : 'dim';
  const head: Line = [
    span(isPointed ? glyphs.cursor.slice(0, 1) : ' ', 'accent'),
    cell(String(row.index), 2, 'dim', 'right'),
    span(' '),
    cell(visible(target.name), narrowName(columns), row.isCurrent ? 'strong' : 'plain'),
    span(' '),
    cell(doing, doingCells, tone),
    span(' '),
    ...sayingSpans(alarming(row), paint),
  ];
  return [head, ...differingLines(row, paint)];
}

/** What Nacos says against what we did, in words, whole. */
function differingLines({ target, saying, companions }: RolloutRow, paint: DrawContext): readonly Line[] {
  const { words, glyphs, columns } = paint;
  const all = [{ label: target.name, saying }, ...companions].filter(
    ({ saying: { isDifferent } }) => isDifferent,
  );
  const more = all.length > companionsMax ? all.length - companionsMax : 0;
  const lines = (more === 0 ? all : all.slice(0, companionsMax)).flatMap(({ label, saying: { state } }) =>
    wrap(
      `${glyphs.differs} ${visible(label)}: ${words.rollout.differs(words.screens.instances.states[state])}`,
      Math.max(10, columns - 5),
    ).map((text) => line(span(`    ${text}`, 'bad'))),
  );
  return more === 0 ? lines : [...lines, line(span(`    ${words.rollout.moreDiffer(more)}`, 'bad'))];
}

/** Where companions have no lines of their own, one that is not as we left it speaks for the target. */
function alarming({ saying, companions }: RolloutRow): Saying {
  return companions.find((companion) => companion.saying.isDifferent)?.saying ?? saying;
}

function stepSpan({ progress, ms }: StepCell, { glyphs }: DrawContext): ReturnType<typeof cell> {
  const text = `${glyphs.progress[progress]}${ms === undefined ? '' : ` ${short(ms)}`}`;
  return cell(text, stepCells, progressTones[progress]);
}

export function sayingSpans(saying: Saying, { words, glyphs }: DrawContext): Line {
  const { state, agreeing, asked, weight, version, isDifferent } = saying;
  if (asked === 0) return [span(words.rollout.notReadYet, 'dim')];
  const split = agreeing < asked ? ` ${words.rollout.nodesDisagree(agreeing, asked)}` : '';
  const details = `${weight === undefined ? '' : ` w${weight}`}${version === undefined ? '' : ` v${visible(version)}`}`;
  return [
    isDifferent ? span(`${glyphs.differs} `, 'bad') : span(''),
    // The ASCII glyphs are words already.
    span(
      glyphs.state[state].startsWith('[')
        ? glyphs.state[state]
        : `${glyphs.state[state]} ${words.screens.instances.states[state]}`,
      isDifferent ? 'bad' : stateTones[state],
    ),
    span(split, 'warn'),
    span(details, 'dim'),
  ];
}

/** Seconds that fit a column: `0.6s`, `21s`, `3m05`. */
function short(ms: number): string {
  if (ms < 9950) return `${(ms / 1000).toFixed(1)}s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 100) return `${seconds}s`;
  return `${Math.floor(seconds / 60)}m${String(seconds % 60).padStart(2, '0')}`;
}
