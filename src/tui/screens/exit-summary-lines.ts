import { sayProblem } from '../view/say-problem.ts';
import { visible } from '../../core/text/visible.ts';
import type { TuiWords } from '../../i18n/en/tui.ts';
import type { ExitSummary, LoweredName } from '../model/exit-summary.ts';

/** A sandbox is gone by then: nothing of it can be attached to, carried on or read. */
export function exitSummaryLines(
  words: TuiWords,
  exitSummary: ExitSummary,
  isSandbox: boolean,
): readonly string[] {
  const said = words.rollout.exitSummary;
  const weightOf = ({ name, weight, full }: LoweredName): string =>
    said.weightOf(visible(name), weight, full);
  switch (exitSummary.kind) {
    case 'nothing':
    case 'to-sandbox':
      return [];
    case 'not-reached':
      return [sayProblem(words, exitSummary.problem)];
    case 'several':
      return exitSummary.of.flatMap((one) => exitSummaryLines(words, one.exitSummary, isSandbox));
    case 'goes-on':
      return isSandbox ? [said.endedWithSandbox(exitSummary.id)] : [said.goesOn(exitSummary.id)];
    case 'ended': {
      const { id, done, count, off, lowered, directory, isRehearsal, isOpen, saving, gateway } = exitSummary;
      if (isRehearsal) return [said.rehearsed(done, count)];
      return [
        said.ended(id, done, count),
        ...(saving === undefined
          ? []
          : [words.rollout.saved(words.time(saving.waitedMs), words.time(saving.savedMs))]),
        ...(gateway === undefined ? [] : [said.lost(gateway.requests, gateway.failures)]),
        ...(off.length === 0 ? [] : [said.off, ...off.map((name) => `  ${visible(name)}`)]),
        ...(lowered.length === 0 ? [] : [said.lowered, ...lowered.map((one) => `  ${weightOf(one)}`)]),
        ...(isOpen && !isSandbox ? [said.carryOn(id)] : []),
        ...(isSandbox ? [] : [said.journal(directory)]),
      ];
    }
  }
}
