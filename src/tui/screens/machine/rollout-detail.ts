import { rolledNames } from '../../../core/plan/plan.ts';
import { planOf } from '../../../core/rollout/rollout.ts';
import { type TargetResult, isOffByUs } from '../../../core/rollout/target-state.ts';
import { visible } from '../../../core/text/visible.ts';
import type { OpenRollout } from '../../../runner/ports/face-ports.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { labelled } from '../../components/labelled.ts';
import type { Line } from '../../draw/line.ts';

/** What is done of a rollout, what is off because of it, and what is to do. */
export function rolloutDetail({ rollout }: OpenRollout, { words, columns }: DrawContext): readonly Line[] {
  const said = words.screens.offer;
  const namesOf = (isWanted: (target: (typeof rollout.targets)[number]) => boolean): string =>
    visible(
      rollout.targets
        .filter(isWanted)
        .map(({ name }) => name)
        .join(', '),
    ) || '-';
  // On again, with what they ran before or with what nobody has checked.
  const notDone = namesOf(({ result }) => isOnOtherwise(result));
  const space = { columns, label: 10 };
  return [
    ...labelled(
      `  ${said.done}`,
      namesOf(({ result }) => result === 'done'),
      space,
      'good',
    ),
    ...(notDone === '-' ? [] : labelled(`  ${said.notDone}`, notDone, space)),
    ...labelled(`  ${said.off}`, namesOf(isOffByUs), space, 'bad'),
    ...labelled(
      `  ${said.todo}`,
      namesOf((target) => (target.phase !== 'ended' || target.result === 'untouched') && !isOffByUs(target)),
      space,
    ),
  ];
}

function isOnOtherwise(result: TargetResult | undefined): boolean {
  return result === 'put-back' || result === 'put-on' || result === 'rolled-back';
}

/** To the minute, in the time of the journals. */
export function minuteText(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')}Z`;
}

/** The services that it rolls, each once. */
export function servicesOf({ rollout }: OpenRollout): string {
  return visible(rolledNames(planOf(rollout)).join(', '));
}
