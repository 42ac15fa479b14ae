import { offStretches, segmentsOf } from '../../core/report/lane.ts';
import type { ReportedTarget } from '../../core/report/report-target.ts';
import { type Scale, placeOf, ticksOf } from '../../core/report/scale.ts';
import type { ReportedStep } from '../../core/report/report-steps.ts';
import { stepNames } from '../../core/event/failure.ts';
import { stampMs } from '../../core/text/stamp.ts';
import type { Words } from '../../i18n/words.ts';
import { type Html, element } from './html.ts';
import { spanOf } from './span.ts';

const laneHeight = 30;
const [barTop, barHeight] = [6, 18];

/** What was done to a target, to scale: on, off, each step, when it was seen on meanwhile, and what was decided. */
export function laneSvg(target: ReportedTarget, scale: Scale, lastMs: number, words: Words): Html {
  const segments = segmentsOf(target, lastMs);
  const bar = { y: barTop, height: barHeight };
  const steps = segments.map(({ step, fromMs, toMs }) =>
    element(
      'rect',
      { class: `${step.step} ${step.outcome}`, ...spanOf(scale, fromMs, toMs), ...bar },
      element('title', {}, stepTitle(step, words)),
    ),
  );
  const off = offStretches(segments, lastMs).map(({ fromMs, toMs }) =>
    element('rect', { class: 'off', ...spanOf(scale, fromMs, toMs), ...bar }),
  );
  const exposed = target.exposures.map(({ at, ms = 0 }) =>
    element('rect', {
      class: 'exposed',
      ...spanOf(scale, stampMs(at), stampMs(at) + ms),
      y: barTop + barHeight + 1,
      height: 4,
    }),
  );
  const decided = target.decisions.map(({ at }) =>
    element('circle', { class: 'decided', cx: `${placeOf(scale, stampMs(at))}%`, cy: barTop - 1, r: 4 }),
  );
  return element(
    'svg',
    { class: 'lane', role: 'img', 'aria-label': target.name, width: '100%', height: laneHeight },
    element('rect', { class: 'on', x: 0, width: '100%', ...bar }),
    off,
    steps,
    quietMoments(target).map((ms) => uprightAt(scale, ms, 'quiet')),
    exposed,
    decided,
  );
}

/** When its drains were called quiet. */
export function quietMoments({ drains }: ReportedTarget): readonly number[] {
  return drains.flatMap(({ endedBy, beganAt, ms }) =>
    endedBy === 'quiet' && ms !== undefined ? [stampMs(beganAt) + ms] : [],
  );
}

export function uprightAt(scale: Scale, ms: number, kind: 'quiet' | 'last'): Html {
  const x = `${placeOf(scale, ms)}%`;
  return element('line', { class: kind, x1: x, x2: x, y1: 0, y2: '100%' });
}

function stepTitle({ step, attempt, ms, outcome }: ReportedStep, { report: say }: Words): string {
  const length = ms === undefined ? say.outcomes[outcome] : say.time(ms);
  return say.item(`${say.steps[step]}${say.attempt(attempt)}`, length);
}

/** The times below: round ones from `zeroMs`. */
export function axisSvg(scale: Scale, zeroMs: number, { report: say }: Words): Html {
  const ticks = ticksOf(scale, zeroMs).map((ms) => {
    const place = placeOf(scale, zeroMs + ms);
    const anchor = place < 4 ? 'start' : place > 94 ? 'end' : 'middle';
    const text = ms < 0 ? `−${say.time(-ms)}` : say.time(ms);
    return [
      element('line', { class: 'tick', x1: `${place}%`, x2: `${place}%`, y1: 0, y2: 4 }),
      element('text', { x: `${place}%`, y: 16, 'text-anchor': anchor }, text),
    ];
  });
  return element('svg', { class: 'axis', 'aria-hidden': 'true', width: '100%', height: 20 }, ticks);
}

/** What each colour means. */
export function legend({ report: say, reportPage: page }: Words): Html {
  const kinds: readonly (readonly [string, string])[] = [
    ['on', page.on],
    ...stepNames.map((step) => [step, say.steps[step]] as const),
    ['off', page.off],
    ['failed', say.outcomes.failed],
    ['exposed', page.exposed],
    ['decided', page.decided],
    ['quiet', page.quiet],
    ['last', page.lastCall],
  ];
  return element(
    'ul',
    { class: 'legend' },
    kinds.map(([kind, text]) =>
      element(
        'li',
        {},
        element(
          'svg',
          { width: 14, height: 14, 'aria-hidden': 'true' },
          kind === 'decided'
            ? element('circle', { class: kind, cx: 7, cy: 7, r: 4 })
            : kind === 'quiet' || kind === 'last'
              ? element('line', { class: kind, x1: 7, x2: 7, y1: 0, y2: 14 })
              : element('rect', { class: kind, x: 1, y: 1, width: 12, height: 12 }),
        ),
        text,
      ),
    ),
  );
}
