import type { CallsSeen } from '../../core/drain/calls-seen.ts';
import type { ReportedDrain } from '../../core/report/report-drain.ts';
import type { ReportedTarget, ReportedTold } from '../../core/report/report-target.ts';
import { stamp, stampMs } from '../../core/text/stamp.ts';
import type { Words } from '../../i18n/words.ts';
import { callsChart, callsFrom } from './calls-chart.ts';
import { type Html, type Part, element } from './html.ts';
import { stretchOf } from '../../core/report/lane.ts';
import { axisSvg, laneSvg } from './lane.ts';
import { aheadText, leftOutText, resultOf } from '../rollout/report-text.ts';
import { clockOf, tableOf } from './table.ts';

/** How much of the calls before a drain is drawn. */
const beforeMs = 30_000;

/** One target: its lane and its calls on a scale of its own, and everything that was done or seen. */
export function targetSection(target: ReportedTarget, lastMs: number, words: Words): Html {
  const bad = target.failed.length > 0 ? ' bad' : '';
  const services = target.registrations.map(({ instance, service }) => `${service} ${instance}`);
  return element(
    'section',
    {},
    element(
      'h2',
      {},
      target.name,
      ' ',
      element('span', { class: `result ${target.result}${bad}` }, resultOf(target, words)),
    ),
    element('p', { class: 'dim' }, services.join(', ')),
    drawing(target, lastMs, words),
    notes(target, words),
    ...target.drains.flatMap(({ calls }) => (calls === undefined ? [] : [callerTable(calls, words)])),
    stepTable(target, words),
  );
}

function drawing(target: ReportedTarget, lastMs: number, words: Words): readonly Html[] {
  const stretch = stretchOf(target, lastMs);
  if (stretch === undefined) return [];
  const scale = {
    fromMs: Math.min(stretch.fromMs, callsFrom(target, beforeMs) ?? stretch.fromMs),
    toMs: stretch.toMs,
  };
  const chart = callsChart(target, scale, words);
  return [
    laneSvg(target, scale, lastMs, words),
    ...(chart === undefined ? [] : [chart]),
    axisSvg(scale, stretch.fromMs, words),
  ];
}

type Note = { readonly at: string; readonly text: string; readonly isBad?: boolean };

/** What is a sentence of its own, in order: drains, what consumers were told, exposures, decisions; then changes. */
function notes(target: ReportedTarget, words: Words): Html {
  const { report: say } = words;
  const all: readonly Note[] = [
    ...target.told.map((one) => ({ at: one.at, text: toldText(target, one, words) })),
    ...target.drains.flatMap((drain) => drainNotes(drain, words)),
    ...target.ahead.map((one) => ({ at: one.at, text: aheadText(one, words) })),
    ...target.exposures.map((one) => ({ at: one.at, text: say.exposed(one), isBad: true })),
    ...target.warmUpsLeftOut.map((one) => ({
      at: one.at,
      text: leftOutText(target, one, words),
      isBad: true,
    })),
    ...target.decisions.map(({ at, decision, by, via }) => ({
      at,
      text: say.decided(say.decisions[decision], by, via),
    })),
  ];
  const ordered = all.toSorted((one, other) => stampMs(one.at) - stampMs(other.at));
  return element(
    'ul',
    { class: 'notes' },
    ordered.map(({ at, text, isBad = false }) =>
      element('li', isBad ? { class: 'bad' } : {}, clockOf(at), ' ', text),
    ),
    target.changes.map(({ service, what, before, after }) =>
      element('li', {}, say.item(service, say.changed(what, before, after))),
    ),
  );
}

function drainNotes(drain: ReportedDrain, { report: say }: Words): readonly Note[] {
  const endedMs = stampMs(drain.beganAt) + (drain.ms ?? 0);
  return [
    { at: drain.beganAt, text: say.drain(drain) },
    ...drain.calledAfter.map((called) => ({
      at: stamp(endedMs + called.ms),
      text: say.calledAfter(called),
      isBad: true,
    })),
  ];
}

function toldText(
  { registrations, name }: ReportedTarget,
  { registration, enabled, told }: ReportedTold,
  { reportPage: page }: Words,
): string {
  const instance = registrations[registration]?.instance ?? name;
  const nodes = told.map(({ node, ms }) => ({ node: hostOf(node), ms }));
  return page.told(instance, enabled, nodes);
}

function hostOf(node: string): string {
  return URL.canParse(node) ? new URL(node).host : node;
}

function callerTable({ callers }: CallsSeen, { reportPage: page, report: say }: Words): Html {
  if (callers.length === 0) return element('p', {}, page.callers.none);
  const { columns, perSecond, last, unknown } = page.callers;
  const { caller, before, since, last: lastTitle, silent, needed } = columns;
  return tableOf(
    'callers',
    [caller, before, since, lastTitle, silent, needed],
    callers.map((one) => [
      element(
        'span',
        {},
        one.caller === 'all' ? page.everybody : one.caller,
        ' ',
        element('span', { class: 'dim' }, one.source),
      ),
      perSecond(one.perSecond),
      String(one.callsSince),
      last(one.lastMs),
      say.time(one.silentMs),
      one.neededMs === undefined ? unknown : say.time(one.neededMs),
    ]),
  );
}

function stepTable({ steps }: ReportedTarget, { report: say, failures }: Words): readonly Html[] {
  if (steps.length === 0) return [];
  const { at, step, took, outcome } = say.timeline;
  const rows = steps.map((one): readonly Part[] => [
    clockOf(one.beganAt),
    `${say.steps[one.step]}${say.attempt(one.attempt)}`,
    one.ms === undefined ? '' : say.time(one.ms),
    [
      ...(one.result === undefined ? [] : [failures.commandResult(one.result)]),
      ...(one.why === undefined ? [] : [failures.failure(one.why)]),
    ].reduce(say.item, say.outcomes[one.outcome]),
  ]);
  return [tableOf('steps', [at, step, took, outcome], rows)];
}

/** Where everything is on one scale, a lane for each target. */
export function overview(
  targets: readonly ReportedTarget[],
  fromMs: number,
  lastMs: number,
  words: Words,
): readonly Html[] {
  const stretches = targets.flatMap((target) => stretchOf(target, lastMs) ?? []);
  if (stretches.length === 0) return [];
  const scale = {
    fromMs: Math.min(fromMs, ...stretches.map((one) => one.fromMs)),
    toMs: Math.max(lastMs, ...stretches.map((one) => one.toMs)),
  };
  return [
    ...targets.map((target) =>
      element(
        'div',
        { class: 'row' },
        element('span', { class: 'name' }, target.name),
        laneSvg(target, scale, lastMs, words),
      ),
    ),
    element('div', { class: 'row' }, element('span', {}), axisSvg(scale, scale.fromMs, words)),
  ];
}
