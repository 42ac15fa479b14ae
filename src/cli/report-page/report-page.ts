import { createHash } from 'node:crypto';
import type { Report } from '../../core/report/report.ts';
import { stampMs } from '../../core/text/stamp.ts';
import type { Language } from '../../i18n/language.ts';
import type { Words } from '../../i18n/words.ts';
import type { CommandPorts } from '../io/command-ports.ts';
import {
  askedCount,
  askedRows,
  headRows,
  namesOf,
  loweredNames,
  outcomeText,
} from '../rollout/report-text.ts';
import { type Html, element, styleElement } from './html.ts';
import { legend } from './lane.ts';
import { pageStyle } from './style.ts';
import { clockOf, tableOf } from './table.ts';
import { overview, targetSection } from './target-section.ts';

/** A browser loads nothing for it and runs nothing in it: the one style is known by its hash. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(pageStyle).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** A report as one page that needs nothing else. What came from a registry is text in it, wherever it stands. */
export function reportPage(
  report: Report,
  words: Words,
  language: Language,
  curlOf: CommandPorts['curlOf'],
): string {
  const title = words.report.title(report.rollout, report.command !== undefined);
  const lastMs = stampMs(report.lastAt);
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('title', {}, title),
    styleElement(pageStyle),
  );
  const body = element(
    'body',
    {},
    element('h1', {}, title),
    leadLines(report, lastMs, words),
    element(
      'section',
      {},
      element('h2', {}, words.reportPage.all),
      overview(report.targets, stampMs(report.plannedAt), lastMs, words),
      legend(words),
    ),
    report.targets.map((target) => targetSection(target, lastMs, words)),
    ...(report.controls.length === 0 ? [] : [wholeSection(report, words)]),
    requestSection(report, words, curlOf),
    askedCount(report) === 0 ? [] : askedSection(report, words),
    element('section', {}, headList(report, words)),
  );
  return `<!doctype html>\n${element('html', { lang: language }, head, body).html}\n`;
}

/** How it ended, what waiting was saved, what is off. */
function leadLines(report: Report, lastMs: number, words: Words): readonly Html[] {
  const { report: say, reportPage: page } = words;
  const off = namesOf(report, report.off);
  const onAgain = namesOf(report, report.onAgain);
  const lowered = loweredNames(report);
  const through = report.targets.filter(({ result }) => result === 'done').length;
  const took = say.time(lastMs - stampMs(report.plannedAt));
  const lead = (text: string, kind = 'lead'): Html => element('p', { class: kind }, text);
  return [
    lead(page.summary(outcomeText(report, words), through, report.targets.length, took)),
    ...(report.drains === undefined ? [] : [lead(say.saved(report.drains))]),
    ...(report.ahead === undefined ? [] : [lead(say.ahead(report.ahead))]),
    off.length > 0
      ? lead(page.stillOff(off), 'lead bad')
      : lead(say.nothingOff(report.command !== undefined)),
    ...(onAgain.length > 0 ? [lead(page.onAgain(onAgain))] : []),
    ...(lowered.length > 0 ? [lead(page.stillLowered(lowered), 'lead bad')] : []),
    ...(report.notRestarted.length > 0 ? [lead(page.notRestarted(report.notRestarted), 'lead bad')] : []),
  ];
}

function headList(report: Report, words: Words): Html {
  return element(
    'dl',
    {},
    headRows(report, words).flatMap(([name, value, form]) =>
      value
        ? [element('dt', {}, name), element('dd', {}, form === 'code' ? element('code', {}, value) : value)]
        : [],
    ),
  );
}

function wholeSection({ controls }: Report, words: Words): Html {
  return element(
    'section',
    {},
    element('h2', {}, words.report.whole),
    element(
      'ul',
      { class: 'notes' },
      controls.map(({ at, fact }) => {
        const saying = words.events[fact.type] as (fact: object) => string;
        return element('li', {}, clockOf(at), ' ', saying(fact));
      }),
    ),
  );
}

function askedSection(report: Report, words: Words): Html {
  const [titles = [], ...rows] = askedRows(report, words);
  const heading = element('h2', {}, words.report.asked(askedCount(report)));
  return element('section', {}, heading, tableOf('asked', titles, rows));
}

function requestSection({ requests }: Report, { report: say }: Words, curlOf: CommandPorts['curlOf']): Html {
  return element(
    'section',
    {},
    element('h2', {}, say.requests(requests.length)),
    element(
      'details',
      {},
      element('summary', {}, say.secretless),
      element(
        'ol',
        { class: 'requests' },
        requests.map(({ at, target, outcome, request }) =>
          element(
            'li',
            {},
            clockOf(at),
            ' ',
            say.item(target, say.requestOutcomes[outcome]),
            element('code', {}, curlOf(request)),
          ),
        ),
      ),
    ),
  );
}
