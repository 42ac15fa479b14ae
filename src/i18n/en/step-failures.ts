import type {
  CommandResult,
  Expectation,
  Failure,
  Reading,
  Refusal,
  TakenOff,
} from '../../core/event/failure.ts';
import { visible } from '../../core/text/visible.ts';
import { type Sayings, say } from '../grammar/say.ts';
import { timeEn as time } from '../grammar/time-words.ts';
import { stillCalling } from './calls.ts';
import { registryErrors, speakerNames } from './registry-errors.ts';
import { unread } from './unreadable.ts';
import { registeredTwice, twinAdvice } from './twins.ts';
import { zoneName } from './zones.ts';

/** Each ends without a full stop: it stands inside other sentences too. */
export const commandResults: Sayings<CommandResult> = {
  exited: ({ code }) => (code === 0 ? 'it ended well' : `it ended with exit code ${code}`),
  'timed-out': ({ afterMs }) => `it was killed after its time of ${time(afterMs)}`,
  killed: () => 'it was killed',
  'not-started': ({ detail }) => `it could not be started (${detail})`,
  'never-began': () => 'it never began',
  lost: () => 'it began, is gone, and left no outcome',
};

const expectations: Readonly<Record<Expectation, string>> = {
  json: 'JSON',
  count: 'a number that is not negative, at that place',
  metric: 'the metric that was asked for',
  selector: 'a metric for a name or a selector that can be read',
  counts: 'one number, or a caller and a number on each line',
  connections: 'connections as ss -tinH prints them',
  'connection-times': 'what each connection received, which ss prints with -i on Linux 4.2 or later',
  health: 'its health as Actuator says it',
  value: 'something at that place',
  'grpc-health': 'the health service of gRPC',
};

/** Each ends without a full stop: it stands inside other sentences too. */
export const readings: Sayings<Reading> = {
  good: ({ ms }) => `good, in ${time(ms)}`,
  'http-status': ({ status }) => `HTTP ${status}, and 2xx was wanted`,
  refused: ({ detail }) =>
    detail === 'UND_ERR_SOCKET'
      ? 'the connection was closed without an answer: does HTTP answer at this port?'
      : `no connection (${detail})`,
  unresolved: ({ host, detail }) => `the name ${host} cannot be resolved (${detail})`,
  'other-speaker': ({ found }) =>
    found === 'no-tls'
      ? 'it answers without TLS: write http:// for https://'
      : found === 'tls'
        ? 'it answers with TLS: write https:// for http://'
        : `${speakerNames[found]} answers there`,
  'timed-out': ({ afterMs }) => `no answer within ${time(afterMs)}`,
  'not-started': ({ detail }) => `its command could not be started (${detail})`,
  'command-failed': ({ code, complaint }) =>
    `its command ended with exit code ${code}${complaint === undefined ? '' : ` (${complaint})`}`,
  'too-large': ({ limitBytes }) => `its answer is longer than ${limitBytes / 1_000_000} MB`,
  unexpected: ({ expected, found }) =>
    `it should have answered with ${expectations[expected]}, but said ${found === '' ? 'nothing' : found}`,
  'not-up': ({ status }) => `it says of its health ${status}`,
  'not-changed': ({ what, value, wanted }) =>
    wanted === undefined
      ? `${what} is ${value === '' ? 'empty' : value}, as before the deploy`
      : `${what} is ${value === '' ? 'empty' : value}, and ${wanted} was wanted`,
  elsewhere: () =>
    'its address is none of this machine: give a command that prints the connections there, connections:COMMAND',
  'not-run': () => 'a rehearsal does not ask it',
  'not-registered': () => 'it is not registered in Nacos',
  unhealthy: () => 'it is registered, and Nacos calls it unhealthy',
  unreadable: (record) => `what Nacos lists at its address cannot be read (${unread(record)})`,
};

function whoTookOff({ rollout, command, by, at }: TakenOff): string {
  const what = command === undefined ? `rollout ${rollout}` : `\`${visible(command)}\``;
  return `${what} (${visible(by)}, ${at})`;
}

export const refusals: Sayings<Refusal> = {
  'below-minimum': ({ service, now, after, minimum, seenBy }) =>
    `${service} would fall from ${now} to ${after} instances on and well, and ${minimum} is its minimum (as ${seenBy} sees it).`,
  'below-zone-minimum': ({ service, zone, now, after, minimum, seenBy }) =>
    `In ${zoneName(zone)} ${service} would fall from ${now} to ${after} instances on and well, and ${minimum} is the minimum of a zone (as ${seenBy} sees it).`,
  'last-one': ({ service, together }) =>
    together === undefined
      ? `It is the last instance of ${service} that is on and well.`
      : `All ${together} of ${service} that are on and well would go off at once.`,
  'protect-threshold': ({ service, threshold, ratio }) =>
    `Of ${service} only ${percent(ratio)} would be healthy, and at its protect threshold of ${percent(threshold)} Nacos lists ill instances as healthy.`,
  'not-registered': ({ instance }) => `${instance} is no longer registered.`,
  unreadable: ({ instance, ...record }) =>
    `What Nacos lists at ${instance} cannot be read (${unread(record)}): it could not be proven to be off; let it register rightly first.`,
  'registered-twice': ({ instance, twins }) => `${registeredTwice(instance, twins)}. ${twinAdvice}`,
  'taken-off': ({ instance, takenOff }) =>
    `${instance} was on when the plan was made, and ${takenOff === undefined ? 'somebody' : whoTookOff(takenOff)} has taken it off since: put it on as it is, or leave it off; once it is on, a retry goes on with it.`,
  'companions-came': ({ instance, came }) =>
    `${came.join(', ')} ${came.length === 1 ? 'has' : 'have'} come since the plan was made, and ${came.length === 1 ? 'goes' : 'go'} with ${instance}: plan anew, so that all of it goes off.`,
};

export const stepFailures: Sayings<Failure> = {
  registry: ({ error }) => say(registryErrors, error),
  refused: (failure) => failure.refusals.map((refusal) => say(refusals, refusal)).join(' '),
  'not-read-back': ({ node, isEnabled, afterMs, weight, unread: record }) =>
    record !== undefined
      ? `After ${time(afterMs)}, what ${node} lists at its address cannot be read (${unread(record)}).`
      : weight !== undefined
        ? `${node} still shows the instance with weight ${weight} after ${time(afterMs)}.`
        : `${node} still shows the instance ${isEnabled ? 'on' : 'off'} after ${time(afterMs)}.`,
  hook: ({ result }) => `The hook failed: ${say(commandResults, result)}.`,
  command: ({ result }) => `The deploy command failed: ${say(commandResults, result)}.`,
  check: ({ reading, afterMs }) =>
    `The check was not good within ${time(afterMs)}; the last reading: ${say(readings, reading)}.`,
  'somebody-else': ({ instance, candidates }) =>
    `${instance} is gone, and ${candidates.join(', ')} appeared, which nobody knows: is it the same one under another address? The plan says so with identity: any-new.`,
  call: ({ purpose, reading, call }) =>
    `The call that makes it ${purpose === 'leave' ? 'leave' : 'come back'} failed${call === undefined ? '' : `, ${visible(call)}`}: ${say(readings, reading)}.`,
  'wanted-on': ({ instance, isFound }) =>
    isFound === true
      ? `${instance} was put on while nobody ran this rollout, and is not taken off again without being asked: too few would serve.`
      : `${instance} was enabled again without having been away: somebody wants it on.`,
  'registered-twice': ({ instance, twins }) =>
    `${registeredTwice(instance, twins)}, which no single write can leave as it is: nothing was written. ${twinAdvice}`,
  'still-called': ({ afterMs, calls, active }) =>
    `It is still ${(active ?? 0) > 0 ? 'answering calls' : 'called'} after ${time(afterMs)}${stillCalling(calls)}: find out who does not follow Nacos, name in "ignore" who is no consumer, then drain once more or go on all the same.`,
  'deploy-unknown': () =>
    'The deploy command began, is gone, and left no outcome: look at the instance, then run it again or take it as done.',
};

function percent(ratio: number): string {
  return `${Math.round(ratio * 100)} %`;
}
