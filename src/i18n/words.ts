import type { Diagnosis } from '../runner/ports/diagnosis.ts';
import { ailments } from './en/ailments.ts';
import { cli } from './en/cli.ts';
import { events, planWords } from './en/events.ts';
import { failures } from './en/failures.ts';
import { help } from './en/help.ts';
import { profiles } from './en/profiles.ts';
import { reportWords } from './en/report.ts';
import { reportPageWords } from './en/report-page.ts';
import { say } from './grammar/say.ts';
import type { Language } from './language.ts';
import { ailments as ailmentsZhCn } from './zh-cn/ailments.ts';
import { cli as cliZhCn } from './zh-cn/cli.ts';
import { events as eventsZhCn, planWords as planWordsZhCn } from './zh-cn/events.ts';
import { failures as failuresZhCn } from './zh-cn/failures.ts';
import { help as helpZhCn } from './zh-cn/help.ts';
import { profiles as profilesZhCn } from './zh-cn/profiles.ts';
import { reportPageWords as reportPageWordsZhCn } from './zh-cn/report-page.ts';
import { reportWords as reportWordsZhCn } from './zh-cn/report.ts';

const en = {
  cli,
  events,
  plan: planWords,
  failures,
  help,
  profiles,
  report: reportWords,
  reportPage: reportPageWords,
  ailment: (ailment: Diagnosis): string => say(ailments, ailment),
};

/** Everything that the command line says, in one language. */
export type Words = typeof en;

const zhCn: Words = {
  cli: cliZhCn,
  events: eventsZhCn,
  plan: planWordsZhCn,
  failures: failuresZhCn,
  help: helpZhCn,
  profiles: profilesZhCn,
  report: reportWordsZhCn,
  reportPage: reportPageWordsZhCn,
  ailment: (ailment) => say(ailmentsZhCn, ailment),
};

export function wordsOf(language: Language): Words {
  return language === 'zh-CN' ? zhCn : en;
}
