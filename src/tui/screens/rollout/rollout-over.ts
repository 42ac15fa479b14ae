import { aheadSaving } from '../../../core/report/ahead-saving.ts';
import { type DrainSaving, drainDifference } from '../../../core/report/drain-saving.ts';
import { notRestarted } from '../../../core/report/report.ts';
import { endpointText } from '../../../core/registry/service.ts';
import { reachedGate } from '../../../core/rollout/gate-state.ts';
import { type Rollout, isOver, planOf, targetOf } from '../../../core/rollout/rollout.ts';
import { visible } from '../../../core/text/visible.ts';
import { paragraph } from '../../components/labelled.ts';
import type { Following } from '../../model/following.ts';
import type { Line } from '../../draw/line.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { putOnCommands, reportCommand } from '../../view/shell-commands.ts';
import { nacosSays, offByOthersNames } from '../../view/nacos-says.ts';
import { offNames } from '../../view/left-off.ts';

/** How it ended, what its drains saved, what is off because of us, and how that gets back on. */
export function overLines(
  following: Following,
  isSandbox: boolean,
  { words, columns, keys }: DrawContext,
): readonly Line[] {
  const { rollout, events } = following;
  if (rollout === undefined) return [];
  const said = words.rollout;
  const { ended } = rollout;
  if (!isOver(rollout)) return [];
  if (rollout.planned.world === 'rehearsal') return rehearsedLines(rollout, { words, columns });
  const off = offNames(rollout);
  const others = rollout.targets.flatMap((target) => offByOthersNames(following, target));
  const outcome = ended === undefined ? said.rested(keys) : said.outcomes[ended.outcome];
  const unproven = notRestarted(rollout);
  const difference = drainDifference(events);
  const ahead = aheadSaving(planOf(rollout), events);
  return [
    ...paragraph(outcome, columns, ended?.outcome === 'done' ? 'good' : 'warn'),
    ...atGateLines(following, { words, columns, keys }),
    ...(difference === undefined ? [] : drainsLines(difference, { words, columns })),
    ...(ahead === undefined
      ? []
      : paragraph(said.savedAhead(ahead.targets, words.time(ahead.savedMs)), columns, 'good')),
    ...(unproven.length === 0
      ? []
      : paragraph(said.notRestarted(visible(unproven.join(', '))), columns, 'warn')),
    ...(off.length === 0
      ? nothingOffLines(rollout, following, { words, columns })
      : paragraph(said.offNow(off.join(', ')), columns, 'bad')),
    ...(others.length === 0 ? [] : paragraph(said.isTakenOff(others.join(', ')), columns, 'warn')),
    ...(off.length === 0 || ended === undefined
      ? []
      : paragraph(isSandbox ? said.keyToPutOn(keys) : `${said.keyToPutOn(keys)} ${said.orInShell}`, columns)),
    ...(off.length === 0 || ended === undefined || isSandbox
      ? []
      : putOnCommands(following).flatMap((text) => paragraph(visible(text), columns, 'dim'))),
    ...(ended === undefined ? [] : reportLines(following, isSandbox, { words, columns })),
  ];
}

/** Where another runner would go on. */
function atGateLines(
  { rollout, mayDecide }: Following,
  { words, columns, keys }: Pick<DrawContext, 'words' | 'columns' | 'keys'>,
): readonly Line[] {
  const gate = rollout?.ended === undefined ? rollout && reachedGate(rollout) : undefined;
  if (gate === undefined) return [];
  return [
    ...paragraph(visible(words.gates.waitsFor(gate)), columns, 'warn'),
    ...(mayDecide ? paragraph(words.gates.keys(false, keys), columns) : []),
  ];
}

function reportLines(
  following: Following,
  isSandbox: boolean,
  { words, columns }: Pick<DrawContext, 'words' | 'columns'>,
): readonly Line[] {
  const { report, reportOfSandbox } = words.rollout;
  const command = visible(reportCommand(following, isSandbox));
  return paragraph(isSandbox ? reportOfSandbox(command) : report(command), columns, 'dim');
}

/** What Nacos shows off all the same is somebody else's doing. */
function nothingOffLines(
  rollout: Rollout,
  { snapshot }: Following,
  { words, columns }: Pick<DrawContext, 'words' | 'columns'>,
): readonly Line[] {
  const others = rollout.targets.flatMap(({ name, registrations }) =>
    registrations.flatMap((ours, index) => {
      const planned = targetOf(rollout, name).registrations[index];
      if (planned === undefined) return [];
      const { state, isDifferent } = nacosSays(planned, ours, snapshot);
      return isDifferent && state === 'off' ? [visible(endpointText(planned))] : [];
    }),
  );
  return others.length === 0
    ? paragraph(words.rollout.nothingOff, columns)
    : paragraph(words.rollout.othersOff(others.join(', ')), columns, 'warn');
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
