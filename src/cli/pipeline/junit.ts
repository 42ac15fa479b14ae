import type { Report } from '../../core/report/report.ts';
import type { ReportedGate } from '../../core/report/report-gate.ts';
import type { ReportedTarget } from '../../core/report/report-target.ts';
import type { ReportedStep } from '../../core/report/report-steps.ts';
import { visible } from '../../core/text/visible.ts';
import type { Words } from '../../i18n/words.ts';
import { outcomeText, resultOf } from '../rollout/report-text.ts';

/** How a case went. What was not its turn is `skipped`; what nobody could judge is an `error`. */
type Verdict = { readonly kind: 'failure' | 'error' | 'skipped'; readonly message: string };

type Case = {
  readonly name: string;
  readonly ms: number;
  readonly verdict: Verdict | undefined;
  /** What happened, a line each. */
  readonly lines: readonly string[];
};

type Suite = { readonly name: string; readonly at: string; readonly cases: readonly Case[] };

/** The suite that is not a service's: the rollout as a whole. */
const wholeSuite = 'nacos-rollout';

/**
 * A rollout as JUnit XML: a suite for each service with a case for each target, timed from its first disable to its last
 * enable, and before them a suite with the rollout as a whole, and a case for each gate that was reached.
 */
export function junitOf(report: Report, words: Words): string {
  const { exitCode = 1, rollout, plannedAt } = report;
  const outcome = outcomeText(report, words);
  const whole: Case = {
    name: words.report.title(rollout, false),
    ms: Math.max(0, ...report.targets.map(({ tookMs = 0 }) => tookMs)),
    verdict: exitCode === 0 ? undefined : { kind: 'failure', message: outcome },
    lines: [outcome],
  };
  const byService = Map.groupBy(report.targets, serviceOf);
  const services = [...byService].map(([name, targets]) => ({
    name,
    at: plannedAt,
    cases: targets.map((target) => caseOf(target, words)),
  }));
  const gates = report.gates.map((gate) => gateCase(gate, report, words));
  return documentOf([{ name: wholeSuite, at: plannedAt, cases: [whole, ...gates] }, ...services]);
}

/** Where nothing came to be a rollout: one case, with why. */
export function junitOfNone(kind: 'failure' | 'error', lines: readonly string[], at: string): string {
  const verdict = { kind, message: lines[0] ?? '' };
  return documentOf([{ name: wholeSuite, at, cases: [{ name: wholeSuite, ms: 0, verdict, lines }] }]);
}

function serviceOf({ name, registrations }: ReportedTarget): string {
  return registrations[0]?.service ?? name;
}

function caseOf(target: ReportedTarget, words: Words): Case {
  const lines = target.steps.map((step) => stepLine(step, words));
  const spentMs = target.steps.reduce((sum, { ms = 0 }) => sum + ms, 0);
  return { name: target.name, ms: target.tookMs ?? spentMs, verdict: verdictOf(target, words), lines };
}

function verdictOf(target: ReportedTarget, words: Words): Verdict | undefined {
  const told = resultOf(target, words);
  const failed = target.steps.findLast(({ outcome }) => outcome === 'failed');
  const message = failed === undefined ? told : endsOf(failed, words).reduce(words.report.item, told);
  switch (target.result) {
    case 'done':
      return undefined;
    case 'waiting':
    case 'untouched':
    case 'put-back':
      return { kind: 'skipped', message };
    // A person put it on: whether that is a failure is what failed of it.
    case 'put-on':
      return target.failed.length === 0 ? undefined : { kind: 'failure', message };
    case 'left-off':
    case 'rolled-back':
    case 'stuck':
      return { kind: 'failure', message };
    case 'ready':
    case 'running':
    case 'ended':
      return { kind: 'error', message };
  }
}

function gateCase(gate: ReportedGate, { controls }: Report, words: Words): Case {
  const told = controls.flatMap(({ at, fact }) => {
    if (!('gate' in fact) || fact.gate !== gate.name) return [];
    const saying = words.events[fact.type] as (fact: object) => string;
    return [{ at, said: saying(fact) }];
  });
  const { name, place, ms } = gate;
  const last = told.at(-1)?.said ?? '';
  return {
    name: words.gates.name(name, place),
    ms,
    verdict: gateVerdict(gate, last, words),
    lines: told.map(({ at, said }) => `${at} ${said}`),
  };
}

/** One that failed and was let go on has failed: a pipeline that is green says that it was good. */
function gateVerdict(gate: ReportedGate, last: string, words: Words): Verdict | undefined {
  if (gate.failure !== undefined) {
    const { why, target } = gate.failure;
    const failed = words.gates.failure(why);
    return { kind: 'failure', message: target === undefined ? failed : words.report.item(target, failed) };
  }
  switch (gate.phase) {
    case 'passed':
      return undefined;
    case 'waiting':
    case 'asking':
    case 'called-off':
      return { kind: 'skipped', message: last };
    case 'running':
    case 'ready':
    case 'stuck':
      return { kind: 'error', message: last };
  }
}

function stepLine(told: ReportedStep, words: Words): string {
  const { step, attempt, beganAt, ms, outcome } = told;
  const ends = endsOf(told, words);
  const { steps, attempt: nth, outcomes, time, item } = words.report;
  const took = ms === undefined ? '' : ` ${time(ms)}`;
  return `${beganAt} ${steps[step]}${nth(attempt)}${took} ${ends.reduce(item, outcomes[outcome])}`;
}

/** How its command ended, and why it failed. */
function endsOf({ result, why }: ReportedStep, { failures }: Words): readonly string[] {
  return [
    ...(result === undefined ? [] : [failures.commandResult(result)]),
    ...(why === undefined ? [] : [failures.failure(why)]),
  ];
}

function documentOf(suites: readonly Suite[]): string {
  const all = suites.flatMap(({ cases }) => cases);
  const root = element('testsuites', { name: wholeSuite, ...countsOf(all) }, suites.map(suiteText));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function suiteText({ name, at, cases }: Suite): string {
  // Stamps of JUnit have no zone.
  const timestamp = at.replace(/\.\d+Z$/, '');
  const texts = cases.map((one) => caseText(one, name));
  return element('testsuite', { name, ...countsOf(cases), timestamp }, texts);
}

function caseText({ name, ms, verdict, lines }: Case, classname: string): string {
  const inner = verdict && element(verdict.kind, { message: verdict.message }, []);
  const told = lines.length === 0 ? [] : [`<system-out>${lines.map(escaped).join('\n')}</system-out>`];
  return element('testcase', { classname, name, time: seconds(ms) }, [...(inner ? [inner] : []), ...told]);
}

function countsOf(cases: readonly Case[]): Readonly<Record<string, string>> {
  const count = (kind: Verdict['kind']): string =>
    String(cases.filter(({ verdict }) => verdict?.kind === kind).length);
  const ms = cases.reduce((sum, one) => sum + one.ms, 0);
  const [failures, errors, skipped] = [count('failure'), count('error'), count('skipped')];
  return { tests: String(cases.length), failures, errors, skipped, time: seconds(ms) };
}

function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  inner: readonly string[],
): string {
  const opened = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const head = `<${name}${opened.join('')}`;
  return inner.length === 0 ? `${head}/>` : `${head}>\n${inner.join('\n')}\n</${name}>`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** As XML has it, in text and in attributes; two characters that are visible are none of XML's. */
function escaped(text: string): string {
  return visible(text)
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
    .replaceAll(/[\uFFFE\uFFFF]/g, '\uFFFD');
}
