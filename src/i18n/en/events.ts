import { foundText } from '../../core/plan/companion-rules.ts';
import type { ChangeCause, Purpose } from '../../core/event/event-parts.ts';
import type { EventType, Facts } from '../../core/event/event.ts';
import { endpointText } from '../../core/registry/service.ts';
import { say } from '../grammar/say.ts';
import { hookNames } from './hooks.ts';
import { stepNames } from './steps.ts';
import { timeEn as time } from '../grammar/time-words.ts';
import { callersText, certaintyText, lastCall } from './calls.ts';
import { forecastText } from './forecast.ts';
import { limitEvents, restReasons } from './limits.ts';
import { registryErrors } from './registry-errors.ts';
import { commandResults, readings, stepFailures } from './step-failures.ts';
import { notWarmed } from './not-warmed.ts';
import { gateFailure, gateName } from './gates.ts';
import { noticeFailed } from './notices.ts';

/** What a registration's index means in the journal that the event stands in. */
export type RegistrationName = (target: string, registration: number) => string;

export type EventWords = {
  readonly [Type in EventType]: (fact: Facts[Type], nameOf: RegistrationName) => string;
};

const purposes: Record<Purpose, string> = {
  disable: '',
  enable: '',
  restore: ' (to put it back)',
  'keep-out': ' (to keep it out)',
  'hold-absent': ' (held while it is away)',
  'warm-up': ' (to warm up)',
};

const writeOutcomes = { accepted: 'accepted', refused: 'refused', unknown: 'of unknown fate' } as const;

const pauseReasons = {
  asked: 'as asked',
  'terminal-lost': 'the terminal is lost',
  'registry-lost': 'Nacos is lost',
  'lease-lost': 'the lease is lost',
} as const;

const causes: Record<ChangeCause, string> = {
  'new-version': ': it came with the restart',
  'override-dropped':
    ': what somebody had set in the console of Nacos was lost when we kept it off while it was away; set it there again',
  'new-version-or-override-dropped':
    ": it came with the restart; a value that was set in Nacos's console is to be set there again",
  unknown: '',
};

const decisions = {
  retry: 'run the step again',
  'retry-target': 'begin this target again',
  'leave-off': 'leave it off and go on',
  'put-on': 'put it on as it is',
  'take-as-done': 'take the step as done',
  'take-new': 'take the new instance for it',
  'roll-back': 'roll it back',
} as const;

const outcomes = {
  done: 'The rollout is done.',
  'done-with-some-failed': 'The rollout is through, and some targets are on without a good release.',
  'done-with-some-off': 'The rollout is through, and some instances were left off.',
  aborted: 'The rollout was aborted.',
  abandoned: 'The rollout was given up.',
} as const;

/** What consumers were told, by node. */
function toldText(told: Facts['read-back']['told']): string {
  if (told === undefined) return '';
  const texts = told.map(({ node, ms }) => `${node} (${ms === undefined ? 'not in time' : time(ms)})`);
  return `; consumers were told by ${texts.join(', ')}`;
}

/** One line for each kind of event, without its time and target. */
export const events: EventWords = {
  'rollout-planned': ({ plan, by, world }) =>
    `${world === 'rehearsal' ? 'rehearsal' : 'rollout'} of ${plan.targets.length} ${plan.targets.length === 1 ? 'target' : 'targets'} planned by ${by}${plan.rollsBack === undefined ? '' : `, to take back rollout ${plan.rollsBack}`}`,
  'runner-started': ({ pid, host, lease, leaseError, leaseMs }) =>
    `runner ${pid} started on ${host}${leaseMs === undefined ? '' : `; its lease took ${time(leaseMs)}`}${lease === 'awaited' ? '; Nacos does not answer: nothing is written before the lease is held' : ''}${lease === 'unavailable' ? `; no lease can be held here, so only this machine's lock guards the services${leaseError ? `: ${say(registryErrors, leaseError)}` : ''}` : ''}`,
  'disable-began': ({ attempt, isAhead }) =>
    `disable began${again(attempt)}${isAhead === true ? ', ahead of its turn' : ''}`,
  'called-back': ({ why }) =>
    `goes back on until it is its turn, as ${why === 'stuck' ? 'one before it failed' : 'nobody is there'}`,
  forecast: ({ services }) => services.map(forecastText).join('; '),
  'write-began': ({ target, registration, enabled, purpose }, nameOf) =>
    `setting ${nameOf(target, registration)} ${onOff(enabled)}${purposes[purpose]}`,
  'write-ended': ({ target, registration, enabled, outcome, ms, error }, nameOf) =>
    `setting ${nameOf(target, registration)} ${onOff(enabled)} was ${writeOutcomes[outcome]} after ${time(ms)}${error ? `: ${say(registryErrors, error)}` : ''}`,
  'read-back': ({ target, registration, enabled, nodes, told }, nameOf) =>
    `${nameOf(target, registration)} shows ${onOff(enabled)} at ${nodes.map(({ node, ms }) => `${node} (${time(ms)})`).join(', ')}${toldText(told)}`,
  'call-began': ({ purpose, call }) => `asking it to ${purpose === 'leave' ? 'leave' : 'come back'}: ${call}`,
  'call-ended': ({ purpose, reading }) =>
    `the call to ${purpose === 'leave' ? 'leave' : 'come back'} was answered: ${say(readings, reading)}`,
  disabled: ({ ms }) => `disabled, after ${time(ms)}`,
  'drain-began': ({ totalMs, attempt, evidence }) =>
    `draining ${evidence === undefined ? 'for' : 'until nobody calls, usually within'} ${time(totalMs)}${again(attempt)}`,
  'drain-prolonged': ({ ms, ceilingMs, callers, perSecond, active }) =>
    `${callers.length === 0 && active > 0 ? `still answering ${active === 1 ? '1 call' : `${active} calls`}` : 'still called'} after ${time(ms)}${callersText(callers)}, ${Math.round(perSecond)} calls/s: drains on until that ends, ${time(ceilingMs)} at the most`,
  'drain-extended': ({ byMs, by }) => `drain extended by ${time(byMs)} (${by})`,
  'drain-skipped': ({ by }) => `drain skipped (${by})`,
  'drain-ended': ({ ms, endedBy, certainty = 0, calls }) =>
    endedBy === undefined
      ? `drained for ${time(ms)}`
      : `drained for ${time(ms)}: ${endedBy === 'quiet' ? `nobody calls any more (${certaintyText(certainty)} sure)` : 'its time is over'}${lastCall(calls)}`,
  'evidence-lost': ({ source, why }) =>
    `${source} tells nothing (${say(readings, why)}): the drain ends by time`,
  'evidence-returned': ({ source }) => `${source} tells of calls again`,
  'called-after-drain': ({ count, source, ms }) =>
    `${count === 1 ? '1 call' : `${count} calls`} arrived within ${time(ms)} after the drain had ended (${source})`,
  'deploy-began': ({ command, attempt }) => `deploy began${again(attempt)}: ${command}`,
  'hook-began': ({ step, command, attempt }) => `${hookNames[step]} began${again(attempt)}: ${command}`,
  'hook-ended': ({ step, ms, result, mayFail }) =>
    `${hookNames[step]} ended after ${time(ms)}: ${say(commandResults, result)}${mayFail === true ? '; it may fail' : ''}`,
  'retry-awaited': ({ step, ms, left }) =>
    `${stepNames[step]} is tried again in ${time(ms)}; ${left === 1 ? 'the last try' : `${left} tries are left`}`,
  'deploy-ended': ({ ms, result }) => `deploy ended after ${time(ms)}: ${say(commandResults, result)}`,
  'check-began': ({ attempt }) => `check began${again(attempt)}`,
  'check-passed': ({ ms, isRestarted }) =>
    `check passed after ${time(ms)}${isRestarted ? '' : '; no restart was seen'}`,
  identified: ({ registrations, by, isRespelled }) =>
    isRespelled === true
      ? `its address is registered as ${registrations.map(({ ip }) => ip).join(', ')} now: the same in another spelling`
      : `its process is ${registrations.map((one) => endpointText(one)).join(', ')} now (${by})`,
  joined: ({ registrations }) =>
    `the new version registers ${registrations.map(foundText).join(', ')} besides: kept out until the check is good`,
  dropped: ({ target, registrations }, nameOf) =>
    `the new version does without ${registrations.map((one) => nameOf(target, one)).join(', ')}, which is not waited for`,
  'mark-cleared': ({ instance, outcome }) =>
    outcome === 'accepted'
      ? `no mark of ours is left at ${instance}`
      : `the mark at ${instance} could not be taken back for certain: whoever registers there may start off`,
  'enable-began': ({ attempt }) => `enable began${again(attempt)}`,
  enabled: ({ ms }) => `enabled, after ${time(ms)}`,
  'warm-up-began': ({ totalMs, attempt }) => `warm-up of ${time(totalMs)} began${again(attempt)}`,
  'weight-set': ({ percent }) =>
    percent === 100 ? 'has all of its weight' : `has ${percent}% of its weight`,
  'warm-up-passed': ({ ms }) => `warmed up, after ${time(ms)}`,
  'weight-overridden': ({ target, registration, full, found }, nameOf) =>
    `${nameOf(target, registration)} was given weight ${found} by somebody else while it warmed up: that stays (it had ${full})`,
  'warm-up-left-out': ({ target, registrations, why }, nameOf) =>
    notWarmed(
      registrations.map((one) => nameOf(target, one)),
      why,
    ),
  'soak-began': ({ totalMs, attempt }) => `soak of ${time(totalMs)} began${again(attempt)}`,
  'soak-passed': ({ ms }) => `stayed well for ${time(ms)}`,
  'step-failed': ({ step, why }) => `${stepNames[step]} failed: ${say(stepFailures, why)}`,
  exposed: ({ target, registration, sources }, nameOf) =>
    `${nameOf(target, registration)} shows up on though it is ours to keep out (${sources.join(', ')})`,
  'exposure-ended': ({ target, registration, ms, isAtLeast }, nameOf) =>
    `${nameOf(target, registration)} is off again; it was exposed for ${isAtLeast ? `at least ${time(ms)}: nobody had looked before` : time(ms)}`,
  unwatched: ({ target, registration, ms }, nameOf) =>
    `no server node told of ${nameOf(target, registration)} for ${time(ms)}: consumers may have been told otherwise meanwhile`,
  'went-away': ({ target, registration }, nameOf) => `${nameOf(target, registration)} left Nacos`,
  'came-back': ({ target, registration, isEnabled }, nameOf) =>
    `${nameOf(target, registration)} is back, ${onOff(isEnabled)}`,
  changed: ({ target, registration, what, before, after, cause = 'unknown' }, nameOf) =>
    `${what} of ${nameOf(target, registration)} was ${before || 'nothing'} and is ${after || 'nothing'}${causes[cause]}`,
  decided: ({ decision, by, via = 'decided' }) => `${via}: ${decisions[decision]} (${by})`,
  paused: ({ by, why }) => `paused, ${pauseReasons[why]} (${by})`,
  continued: ({ by }) => `continued (${by})`,
  'node-lost': ({ node, error }) =>
    `server node ${node} is lost, nothing begins: ${say(registryErrors, error)}`,
  'node-returned': ({ node }) => `server node ${node} answers again, and counts`,
  'node-dropped': ({ node, by }) => `going on without server node ${node} (${by})`,
  'services-noted': ({ services }) =>
    `noted what Nacos keeps about ${services.length === 1 ? '1 service' : `${services.length} services`}`,
  'consumers-noted': ({ services }) =>
    `noted who consumes: ${services.map(({ service, consumers }) => `${service} ${consumers.length}`).join(', ')}`,
  'consumers-changed': ({ service, came, left }) =>
    [
      ...(came.length > 0 ? [`consumes ${service} since it began: ${came.join(', ')}`] : []),
      ...(left.length > 0 ? [`no longer consumes ${service}: ${left.join(', ')}`] : []),
    ].join('; '),
  'service-changed': ({ service, what, before, after, request }) =>
    `${what} of service ${service} was ${before} and is ${after}; this restores it: ${request.method} ${request.url}`,
  'abort-asked': ({ how, by, via }) =>
    `${via === undefined ? '' : `${via}: `}abort, ${how === 'put-back' ? 'putting back what is well' : 'leaving all as it is'} (${by})`,
  ...limitEvents,
  'stop-asked': ({ by }) => `stop now (${by})`,
  'face-lost': ({ by }) => `the terminal of ${by} is gone`,
  'face-joined': ({ by }) => `${by} is watching`,
  'runner-rested': ({ why }) => `The rollout stands still: ${restReasons[why]}.`,
  'rollout-ended': ({ outcome }) => outcomes[outcome],
  'requests-counted': ({ requests }) =>
    `${requests.reduce((sum, { count }) => sum + count, 0)} requests to Nacos`,
  'occasion-began': ({ on, about, attempt, command }) =>
    `on ${on}, for event ${about}${again(attempt)}: ${command}`,
  'occasion-ended': ({ on, about, ms, result }) =>
    `on ${on}, for event ${about}: ended after ${time(ms)}: ${say(commandResults, result)}`,
  'notification-sent': ({ receiver, about }) => `${receiver} was told of event ${about}`,
  'notification-failed': ({ receiver, about, tries, why }) => noticeFailed(receiver, about, tries, why),
  'gate-reached': ({ gate, place, kind, attempt, text = '', totalMs = 0, command = '' }) => {
    const what = {
      person: `waits for a person: ${text}`,
      time: `waits for ${time(totalMs)}`,
      soak: `all that are through must stay good for ${time(totalMs)}`,
      command: `runs ${command}`,
    }[kind];
    return `${gateName(gate, place)}${again(attempt)}: ${what}`;
  },
  'gate-passed': ({ gate, place, ms, by }) =>
    `${gateName(gate, place)} is passed${by === undefined ? ` after ${time(ms ?? 0)}` : ` (${by})`}`,
  'gate-failed': ({ gate, place, ms, why, instance, againInMs }) =>
    `${gateName(gate, place)} failed after ${time(ms)}: ${instance === undefined ? '' : `${instance} `}${gateFailure(why)}${againInMs === undefined ? '' : `; it is tried again after ${time(againInMs)}`}`,
  'gate-retried': ({ gate, place, by }) => `${gateName(gate, place)} is tried again (${by})`,
  'request-listed': ({ wasSent, request }) =>
    `${wasSent ? 'sent' : 'would send'} ${request.method} ${request.url}`,
};

function again(attempt: number): string {
  return attempt === 1 ? '' : `, attempt ${attempt}`;
}

function onOff(enabled: boolean): string {
  return enabled ? 'on' : 'off';
}
