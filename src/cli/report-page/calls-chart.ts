import type { ReportedDrain } from '../../core/report/report-drain.ts';
import type { ReportedTarget } from '../../core/report/report-target.ts';
import { stampMs } from '../../core/text/stamp.ts';
import type { Words } from '../../i18n/words.ts';
import { type Html, element } from './html.ts';
import { quietMoments, uprightAt } from './lane.ts';
import type { Scale } from '../../core/report/scale.ts';
import { spanOf } from './span.ts';

/** The calls of one second. */
type Second = { readonly atMs: number; readonly calls: number };

const chartHeight = 56;

/** The calls a second to a target, as far as the journal has them, and when the last one came and it was called quiet. */
export function callsChart(
  target: ReportedTarget,
  scale: Scale,
  { reportPage: page }: Words,
): Html | undefined {
  const seconds = secondsOf(target.drains);
  if (seconds.length === 0) return undefined;
  const most = Math.max(1, ...seconds.map(({ calls }) => calls));
  const bars = seconds
    .filter(({ calls, atMs }) => calls > 0 && atMs + 1000 > scale.fromMs)
    .map(({ calls, atMs }) => {
      const percent = Math.round((calls / most) * 1000) / 10;
      const place = spanOf(scale, atMs, atMs + 1000);
      return element('rect', { class: 'calls', ...place, y: `${100 - percent}%`, height: `${percent}%` });
    });
  const label = page.callsASecond(Math.round(most * 10) / 10);
  return element(
    'figure',
    {},
    element('figcaption', {}, label),
    element(
      'svg',
      { class: 'chart', role: 'img', 'aria-label': label, width: '100%', height: chartHeight },
      bars,
      lastCalls(target.drains).map((ms) => uprightAt(scale, ms, 'last')),
      quietMoments(target).map((ms) => uprightAt(scale, ms, 'quiet')),
    ),
  );
}

/** From when on the journal has calls of a target, at the earliest `longestMs` before a drain of it. */
export function callsFrom({ drains }: ReportedTarget, longestMs: number): number | undefined {
  const froms = drains.flatMap(({ beganAt, calls }) =>
    calls === undefined ? [] : [stampMs(beganAt) + Math.max(calls.perSecond.fromMs, -longestMs)],
  );
  return froms.length === 0 ? undefined : Math.min(...froms);
}

/** What a later drain tells of a second stands before what an earlier one did. */
function secondsOf(drains: readonly ReportedDrain[]): readonly Second[] {
  const bySecond = new Map<number, Second>();
  for (const { beganAt, calls } of drains)
    for (const [index, count] of (calls?.perSecond.counts ?? []).entries()) {
      const atMs = stampMs(beganAt) + (calls?.perSecond.fromMs ?? 0) + index * 1000;
      bySecond.set(Math.round(atMs / 1000), { atMs, calls: count });
    }
  return [...bySecond.values()];
}

function lastCalls(drains: readonly ReportedDrain[]): readonly number[] {
  return drains.flatMap(({ beganAt, lastCallMs }) =>
    lastCallMs === undefined || lastCallMs <= 0 ? [] : [stampMs(beganAt) + lastCallMs],
  );
}
