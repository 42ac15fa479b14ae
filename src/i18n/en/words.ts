import type { Diagnosis } from '../../runner/ports/diagnosis.ts';
import { say } from '../grammar/say.ts';
import { ailments, byCommand } from './ailments.ts';
import { cli } from './cli.ts';
import { consoleSettings } from './console-settings.ts';
import { events } from './events.ts';
import { planWords } from './plan-words.ts';
import { failures } from './failures.ts';
import { gateWords } from './gates.ts';
import { guide } from './guide.ts';
import { help } from './help.ts';
import { planDiff } from './plan-diff.ts';
import { planFlaws } from './plan-flaws.ts';
import { notices } from './notices.ts';
import { planOrigin } from './plan-origin.ts';
import { profiles } from './profiles.ts';
import { reportPageWords } from './report-page.ts';
import { reportWords } from './report.ts';

export const words = {
  cli,
  consoleSettings,
  events,
  plan: planWords,
  planDiff,
  planFlaws,
  planOrigin,
  failures,
  gates: gateWords,
  guide,
  help,
  notices,
  profiles,
  report: reportWords,
  reportPage: reportPageWords,
  ailment: (ailment: Diagnosis, mayAsk: boolean): string => say(ailments(byCommand(mayAsk)), ailment),
};

/** Everything that the command line says, in one language. */
export type Words = typeof words;
