import { type DrainSaving, drainDifference } from '../../../core/report/drain-saving.ts';
import { notRestarted } from '../../../core/report/report.ts';
import { type Rollout, isOver } from '../../../core/rollout/rollout.ts';
import { visible } from '../../../core/text/visible.ts';
import { paragraph } from '../../components/labelled.ts';
import type { Following } from '../../model/following.ts';
import type { Line } from '../../draw/line.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { enableCommands } from '../../view/enable-command.ts';
import { offNames } from '../../view/left-off.ts';

/** How it ended, what its drains saved, what is off because of us, and how that gets back on. */
export function overLines(
  { rollout, events }: Following,
  isSandbox: boolean,
  { words, columns }: DrawContext,
): readonly Line[] {
  if (rollout === undefined) return [];
  const said = words.rollout;
  const { ended } = rollout;
  if (!isOver(rollout)) return [];
  if (rollout.planned.world === 'rehearsal') return rehearsedLines(rollout, { words, columns });
  const off = offNames(rollout);
  const outcome = ended === undefined ? said.rested : said.outcomes[ended.outcome];
  const unproven = notRestarted(rollout);
  const difference = drainDifference(events);
  return [
    ...paragraph(outcome, columns, ended?.outcome === 'done' ? 'good' : 'warn'),
    ...(difference === undefined ? [] : drainsLines(difference, { words, columns })),
    ...(unproven.length === 0
      ? []
      : paragraph(said.notRestarted(visible(unproven.join(', '))), columns, 'warn')),
    ...(off.length === 0
      ? paragraph(said.nothingOff, columns)
      : paragraph(said.offNow(off.join(', ')), columns, 'bad')),
    ...(off.length === 0 || ended === undefined
      ? []
      : paragraph(isSandbox ? said.keyToPutOn : `${said.keyToPutOn} ${said.orInShell}`, columns)),
    ...(off.length === 0 || ended === undefined || isSandbox
      ? []
      : enableCommands(rollout).flatMap((text) => paragraph(visible(text), columns, 'dim'))),
  ];
}

function drainsLines(
  { waitedMs, savedMs }: DrainSaving,
  { words, columns }: Pick<DrawContext, 'words' | 'columns'>,
): readonly Line[] {
  const { saved, added } = words.rollout;
  const waited = words.time(waitedMs);
  return savedMs < 0
    ? paragraph(added(waited, words.time(-savedMs)), columns)
    : paragraph(saved(waited, words.time(savedMs)), columns, 'good');
}

function rehearsedLines(
  rollout: Rollout,
  { words, columns }: Pick<DrawContext, 'words' | 'columns'>,
): readonly Line[] {
  const said = words.rollout;
  const off = offNames(rollout);
  const isGood = rollout.ended?.outcome === 'done';
  return [
    ...paragraph(isGood ? said.rehearsed : said.rehearsedWithTrouble, columns, isGood ? 'good' : 'warn'),
    ...(off.length === 0 ? [] : paragraph(said.wouldBeOff(off.join(', ')), columns, 'warn')),
  ];
}
