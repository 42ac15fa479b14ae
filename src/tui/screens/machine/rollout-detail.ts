import { isOffByUs } from '../../../core/rollout/target-state.ts';
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
  const space = { columns, label: 10 };
  return [
    ...labelled(
      `  ${said.done}`,
      namesOf(({ phase, result }) => phase === 'ended' && result !== 'left-off' && result !== 'untouched'),
      space,
      'good',
    ),
    ...labelled(`  ${said.off}`, namesOf(isOffByUs), space, 'bad'),
    ...labelled(
      `  ${said.todo}`,
      namesOf((target) => (target.phase !== 'ended' || target.result === 'untouched') && !isOffByUs(target)),
      space,
    ),
  ];
}

/** The services that it rolls, each once. */
export function servicesOf({ rollout }: OpenRollout): string {
  const names = rollout.planned.plan.targets.map(({ registrations }) => registrations[0]?.service ?? '');
  return visible([...new Set(names)].join(', '));
}
