import { visible } from '../../../core/text/visible.ts';
import { targetOf } from '../../../core/rollout/rollout.ts';
import { type Line, cell, span } from '../../draw/line.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { runnerWallMs } from '../../model/following.ts';
import type { Model } from '../../model/model.ts';
import { rolloutRows } from '../../view/rollout-rows.ts';
import { shortName } from '../../../core/registry/service-name.ts';
import { sayingSpans } from './rollout-table.ts';

/** What Nacos says takes so many cells. */
const sayingCells = 20;

/** Every registration of a target, with what Nacos says of it now. */
export function registrationLines(model: Model, target: string, paint: DrawContext): readonly Line[] {
  const { following, now } = model;
  if (following?.rollout === undefined) return [];
  const row = rolloutRows(following, runnerWallMs(following, now)).find((one) => one.target.name === target);
  const [main] = targetOf(following.rollout, target).registrations;
  if (row === undefined || main === undefined) return [];
  const own = { label: `:${main.port} ${shortName(main)}`, saying: row.saying };
  return [own, ...row.companions].map(
    ({ label, saying }): Line => [
      span(' '),
      cell(visible(label), Math.max(10, paint.columns - sayingCells - 2)),
      span(' '),
      ...sayingSpans({ ...saying, weight: undefined, version: undefined }, paint),
    ],
  );
}
