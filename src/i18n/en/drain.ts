import { consumerText } from '../../core/drain/consumers.ts';
import type { Doubt } from '../../core/drain/drain-verdict.ts';
import { type EvidenceKind, evidenceKinds } from '../../core/drain/evidence-kind.ts';
import type { EvidenceFlaw } from '../../core/drain/evidence-flaw.ts';
import type { DrainProblem } from '../../core/plan/drain-settings.ts';
import type { EvidenceLimits } from '../../core/drain/evidence.ts';
import type { Drain } from '../../core/plan/plan.ts';
import type { Finding, MeasuredCalls } from '../../runner/review/review.ts';
import { type Sayings, say } from '../grammar/say.ts';
import { timeEn as time } from '../grammar/time-words.ts';
import { certaintyText } from './calls.ts';
import { registryErrors } from './registry-errors.ts';
import { readings, refusals } from './step-failures.ts';

/** Without a capital or a full stop: it stands inside a sentence that says whose drain it is. */
export const drainProblems: Sayings<DrainProblem> = {
  'two-presets': ({ consumers, time: given }) =>
    `consumers (${consumers}) and time (${given}) both say how long is waited without evidence; give one of them`,
  'needs-evidence': ({ setting }) =>
    setting === 'floor'
      ? 'a floor beside a time or a kind of consumer needs evidence; give evidence, or leave floor out'
      : `${setting} means nothing without evidence; give evidence, or leave ${setting} out`,
  'floor-over-ceiling': ({ floorMs, ceilingMs }) =>
    `its floor of ${time(floorMs)} is over its ceiling of ${time(ceilingMs)}; give a smaller floor or a larger ceiling`,
  'floor-over-preset': ({ floorMs, presetMs }) =>
    `its floor of ${time(floorMs)} is over the ${time(presetMs)} that are waited without evidence; give a smaller floor, or a longer time`,
  'ceiling-under-preset': ({ ceilingMs, presetMs }) =>
    `its ceiling of ${time(ceilingMs)} is under the ${time(presetMs)} that are waited without evidence; give a larger ceiling, or a shorter time`,
  'login-in-url': ({ source }) =>
    `a login in a URL would stand in the journal (${source}); give a command that takes it from where it is kept, as command:'curl -fsS -K login.curl …'`,
  placeholder: ({ run, placeholder, variable }) =>
    `nothing is filled into a command line, and "${run}" has ${placeholder}; in a command use "$${variable}"`,
};

const sources = `There are ${evidenceKinds.join(', ')}, and none alone`;
const evidenceForms: Readonly<Record<EvidenceKind, string>> = {
  connections: 'connections or connections:COMMAND',
  actuator: 'actuator:URL',
  prometheus: 'prometheus:URL#METRIC',
  json: 'json:URL#PATH',
  command: 'command:LINE',
};

/** Without a capital or a full stop: it stands behind what was typed. */
export function evidenceFlaw(flaw: EvidenceFlaw): string {
  return 'source' in flaw
    ? `${say(evidenceFlaws, flaw)}; write ${evidenceForms[flaw.source]}`
    : say(evidenceFlaws, flaw);
}

const evidenceFlaws: Sayings<EvidenceFlaw> = {
  'no-such-source': ({ typed, similar }) =>
    `there is no source ${typed}${similar === undefined ? '.' : `; did you mean ${similar}?`} ${sources}`,
  'none-alone': () => 'none stands alone, and takes away what the profile has',
  'open-brackets': () => 'its brackets do not end',
  'empty-brackets': () => 'the brackets name nobody',
  'stray-brackets': () => 'it does not tell of callers, so nobody can be ignored in brackets',
  'nothing-behind': ({ source }) => `nothing stands behind ${source}${source === 'connections' ? ':' : ''}`,
  'no-part': ({ source }) => `the ${source === 'json' ? 'path' : 'metric'} is missing behind #`,
  'no-url': ({ text }) => `${text} is no URL, which begins with http:// or https://`,
  'stray-part': ({ text }) => `nothing belongs behind its URL, and ${text} is there`,
  'bad-metric': ({ text }) => `${text} is no metric, which is written calls_total or calls_total{code="200"}`,
};

const doubts: Readonly<Record<Doubt, string>> = {
  'not-watched': 'nothing tells of it from before the disable on',
  'unknown-consumers': 'Nacos does not tell of each client that consumes it',
  'several-consumers':
    'several consume it, and these sources cannot tell them apart: a rare one hides behind a busy one, unless slowest says how often it calls',
  'unseen-consumer': 'Nacos names nobody who consumes it',
  uncovered: 'no source tells of one of its registrations',
};

export type WatchedDrain = Drain & { readonly watch: EvidenceLimits };

/** How long a drain by evidence takes. Without a capital or a full stop. */
export function drainTime({ ms, consumers, watch }: WatchedDrain): string {
  if (watch.floorMs >= ms)
    return `never less than ${time(ms)} (${consumers ?? 'as given'}), as its floor is no shorter: evidence only lengthens it, up to ${time(watch.ceilingMs)} while calls go on`;
  return `at least ${time(watch.floorMs)}, at most ${time(ms)} (${consumers ?? 'as given'}), or up to ${time(watch.ceilingMs)} while calls go on`;
}

function measuredText({ source, perSecond, isLeast, silent }: MeasuredCalls): string {
  const rate = Math.round(perSecond * 10) / 10;
  const calls = rate === 0 ? 'no call within 1 s' : `${isLeast ? 'at least ' : ''}${rate} calls/s now`;
  const nobody = silent.length === 0 ? '' : `, none to ${silent.slice(0, shownMax).join(', ')}`;
  return `${source} (${calls}${nobody})`;
}

const shownMax = 10;

/** What a review says of a drain and of who is waited for. */
export const drainFindings = {
  'evidence-fails': ({ targets, source, reading }) =>
    `The evidence ${source} tells nothing of ${targets.join(', ')}, which ${targets.length === 1 ? 'works' : 'work'} now (${say(readings, reading)}): correct it, or leave it out.`,
  'evidence-counts-us': ({ source, instances }) =>
    `The evidence ${source} of ${instances.join(', ')} grows each time we read it, so it never falls silent: leave our own requests out of it (as a metric with {uri!~"/metrics"}, or ignore), or take another source.`,
  evidence: ({ service, drain, because, untried, measured }) => {
    const { ms, watch } = drain;
    const going = `up to ${time(watch.ceilingMs)} while calls go on`;
    const when =
      because.length === 0
        ? `ends when nobody calls any more (${certaintyText(watch.certainty)} sure): ${drainTime(drain)}`
        : `takes ${time(ms)} (${drain.consumers ?? 'as given'}), never less, because ${because.map((doubt) => doubts[doubt]).join('; ')}; ${going}`;
    const notTried = untried.map((source) => `${source} (not tried: commands run only before a real start)`);
    const told = [...measured.map(measuredText), ...notTried].join(', ');
    return `The drain of ${service} ${when}.${told === '' ? '' : ` Evidence: ${told}.`}`;
  },
  consumers: ({ service, consumers, assumed, neededMs, plannedMs, level }) => {
    if (consumers.length === 0)
      return `Nacos names nobody who consumes ${service}: who only asks for its list is not named.`;
    const shown = consumers.slice(0, shownMax).map(consumerText).join(', ');
    const more = consumers.length > shownMax ? `, and ${consumers.length - shownMax} more` : '';
    const taken = `the slowest is taken for ${assumed}, which may call for ${time(neededMs)} after a disable`;
    const short = `; the plan waits ${time(plannedMs)}: make its drain ${assumed} (in the console the field drain, else --drain ${assumed}), unless you know them to be faster`;
    return `${service} is consumed by ${shown}${more}; ${taken}${level === 'good' ? '' : short}.`;
  },
  'consumers-unknown': ({ service, error }) =>
    `Who consumes ${service} cannot be read, so nothing is said of how long they need: ${say(registryErrors, error)}`,
  'drain-ahead': ({ targets, eachMs, allMs, isLate }) =>
    `${targets === 1 ? '1 target' : `${targets} targets`} may drain while those before are deployed and checked: where these take as long as a drain, that saves ${time(eachMs)} each time, ${time(allMs)} in all${isLate ? '. Some wait until those that came on last have been on for a drain: before that some consumers do not know of them, and the minimum counts them as off; so less is saved' : ''}.`,
  'drain-ahead-refused': ({ targets, refusal }) =>
    `${targets === 1 ? '1 target' : `${targets} targets`} will wait in spite of drain ahead until those before are through, for want of room: ${say(refusals, refusal)}`,
} satisfies Partial<Sayings<Finding>>;
