import type { CallsSeen } from '../../../core/drain/calls-seen.ts';
import { endpointText } from '../../../core/registry/service.ts';
import { targetOf } from '../../../core/rollout/rollout.ts';
import { visible } from '../../../core/text/visible.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { paragraph } from '../../components/labelled.ts';
import { table } from '../../components/table.ts';
import { type Line, line, span } from '../../draw/line.ts';
import type { Model } from '../../model/model.ts';
import { callsOfTarget } from '../../view/drain-calls.ts';
import { callerName } from './rollout-drain.ts';

type Caller = CallsSeen['callers'][number];

/** Everybody who was seen calling a target, by the source that tells of it. */
export function callerLines({ following }: Model, target: string, paint: DrawContext): readonly Line[] {
  const calls = following && callsOfTarget(following, target);
  const { words, columns } = paint;
  const said = words.drain.callers;
  if (following?.rollout === undefined || calls === undefined || calls.callers.length === 0)
    return paragraph(said.none, columns, 'dim');
  const { registrations } = targetOf(following.rollout, target);
  const watched = Map.groupBy(calls.callers, ({ source, registration }) => `${registration} ${source}`);
  const doubts = calls.doubts.map((doubt) => words.drain.doubtWords[doubt]);
  return [
    ...[...watched.values()].flatMap((callers): readonly Line[] => {
      const [first] = callers;
      const registration = first && registrations[first.registration];
      const name = registration === undefined ? '' : endpointText(registration);
      return [line(span(` ${visible(`${name} ${first?.source}`)}`, 'dim')), ...callerTable(callers, paint)];
    }),
    ...(doubts.length === 0 ? [] : paragraph(said.doubts(doubts), columns, 'warn')),
  ];
}

function callerTable(callers: readonly Caller[], paint: DrawContext): readonly Line[] {
  const { words, columns } = paint;
  const { columns: titles, perSecond, last, unknown } = words.drain.callers;
  const ordered = callers.toSorted((one, other) => other.lastMs - one.lastMs);
  return table(
    [
      { title: titles.caller, max: 40 },
      { title: titles.before, max: 12, align: 'right' },
      { title: titles.since, max: 8, align: 'right' },
      { title: titles.last, max: 16, align: 'right' },
      { title: titles.silent, max: 12, align: 'right' },
      { title: titles.needed, max: 12, align: 'right' },
    ],
    ordered.map((one) => ({
      isPointed: false,
      cells: [
        { text: callerName(one.caller, words) },
        { text: perSecond(one.perSecond) },
        { text: String(one.callsSince) },
        { text: last(one.lastMs) },
        { text: words.time(one.silentMs) },
        { text: one.neededMs === undefined ? unknown : words.time(one.neededMs) },
      ],
    })),
    { columns, height: ordered.length + 1, cursor: ' ', more: words.screens.more },
  );
}
