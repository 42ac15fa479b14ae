import { targetOf } from '../../../core/rollout/rollout.ts';
import { visible } from '../../../core/text/visible.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { paragraph } from '../../components/labelled.ts';
import { type Line, line, span } from '../../draw/line.ts';
import { drainingTarget, pointedTarget } from '../../keys/meant-target.ts';
import type { Following } from '../../model/following.ts';
import type { Model } from '../../model/model.ts';
import { callsOfTarget } from '../../view/drain-calls.ts';
import { callerLines } from './rollout-callers.ts';
import { secondsLine } from './rollout-drain.ts';
import { toldLines } from './rollout-told.ts';

/** Of the target that drains, or the pointed one: what consumers were told, and who calls; and the calls a second to each that is watched. */
export function consumersLines(model: Model, following: Following, paint: DrawContext): readonly Line[] {
  const { rollout, calls } = following;
  const { words, columns } = paint;
  const shown = (drainingTarget(model) ?? pointedTarget(model))?.name;
  if (rollout === undefined || shown === undefined) return [];
  // The sandbox has no consumers but its gateway, which polls.
  const told = model.setting.isSandbox ? [] : toldLines(following, targetOf(rollout, shown), paint);
  const own = callsOfTarget(following, shown);
  const ended =
    own === undefined || calls.some(({ target }) => target === shown) ? [] : [{ ...own, target: shown }];
  const seconds = [...ended, ...calls].flatMap((one) =>
    secondsLine(one, ended.length === 0 || one !== ended[0], paint),
  );
  const callers = own === undefined || own.callers.length === 0 ? [] : callerLines(model, shown, paint);
  const all = [...told, ...seconds, ...callers];
  return all.length === 0
    ? paragraph(words.panes.noConsumers, columns, 'dim')
    : [line(span(` ${visible(shown)}`, 'strong')), ...all];
}
