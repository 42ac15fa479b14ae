import type { Target } from '../../../core/plan/plan.ts';
import { visible } from '../../../core/text/visible.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { paragraph } from '../../components/labelled.ts';
import type { Line } from '../../draw/line.ts';
import type { Following } from '../../model/following.ts';
import { toldGone, unheardAt } from '../../view/told.ts';

/** Since when consumers know that a target is gone, by server node; and where that cannot be heard, why. */
export function toldLines(
  { events, snapshot }: Following,
  target: Target,
  { words, columns }: DrawContext,
): readonly Line[] {
  const said = words.rollout.told;
  const told = toldGone(events, target.name);
  const gone = told.flatMap(({ node, ms }) =>
    ms === undefined ? [] : [{ node: visible(node), time: words.time(ms) }],
  );
  const late = told.flatMap(({ node, ms }) => (ms === undefined ? [visible(node)] : []));
  return [
    ...(gone.length === 0 ? [] : paragraph(said.gone(gone), columns)),
    ...(late.length === 0 ? [] : paragraph(said.late(late), columns, 'warn')),
    ...unheardAt(snapshot, target).flatMap(({ nodes, error }) => {
      const isSilent = error.kind === 'unreachable' || error.kind === 'timeout';
      const why = isSilent ? undefined : visible(words.failures.registryError(error));
      return paragraph(said.unheard(nodes.map(visible), why), columns, 'dim');
    }),
  ];
}
