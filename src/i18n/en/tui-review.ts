import type { Command } from '../../core/hooks/command.ts';
import type { Drain, WatchedStep } from '../../core/plan/plan.ts';
import { timeEn as time } from '../grammar/time-words.ts';
import { commandText } from '../../core/text/command-text.ts';
import { drainTime } from './drain.ts';
import type { OccasionKey } from '../../core/hooks/occasion-key.ts';
import { hookText, occasionText, retriesText } from './hooks.ts';
import { zonesOneByOne } from './zones.ts';

const count = (n: number, one: string, many: string): string => (n === 1 ? `1 ${one}` : `${n} ${many}`);

/** The review of a plan, before a rollout. */
export const tuiReview = {
  title: (service: string) => `Review of a rollout of ${service}`,
  nothingYet: 'No instance has been changed yet.',
  looking: 'Looking for what speaks against it …',
  targets: (
    n: number,
    batches: number,
    sizes: string,
    registrations: number,
    watched: readonly WatchedStep[],
  ) =>
    `${count(n, 'target', 'targets')} in ${count(batches, 'batch', 'batches')}${sizes === '' ? '' : ` (${sizes})`}, each: disable ${count(registrations, 'registration', 'registrations')} → ${['drain → deploy → check → enable', ...watched].join(' → ')}.`,
  labels: {
    order: 'order',
    drain: 'drain',
    drainAhead: 'ahead',
    deploy: 'deploy',
    hook: 'hook',
    leave: 'leave',
    check: 'check',
    warmUp: 'warm-up',
    soak: 'soak',
    minimum: 'minimum',
    zones: 'zones',
    notify: 'notify',
  },
  zones: zonesOneByOne,
  zoneMinimum: (service: string, minimum: number) => `${service} ${minimum} in each zone`,
  drain: (time: string, { watch, ...drain }: Drain) =>
    watch === undefined
      ? `${time}${drain.consumers === undefined ? '' : `: consumers of kind ${drain.consumers} keep their list that long`}`
      : `until nobody calls any more: ${drainTime({ ...drain, watch })}`,
  drainAhead: 'the next ones drain while those before are deployed and checked, where the minimum allows it',
  deploy: (command: Command) =>
    `${commandText(command)}  (at most ${time(command.timeoutMs)}, then it is killed${retriesText(command)})`,
  hook: hookText,
  on: (key: OccasionKey, command: Command) => `on ${occasionText(key, command)}`,
  checks: {
    http: (url: string, times: number) => `GET ${url} good ${times} times in a row, and registered again`,
    tcp: (times: number) => `the port answers ${times} times in a row, and registered again`,
    command: (run: string, times: number) =>
      `${run} ends with 0 ${times} times in a row, and registered again`,
    actuator: (url: string, times: number) => `${url} says UP ${times} times in a row, and registered again`,
    grpc: (address: string, times: number) =>
      `${address} says SERVING ${times} times in a row, and registered again`,
    registration: () => 'the registration stays healthy for 35 s',
  },
  changed: (what: string, to: string | undefined) =>
    to === undefined ? `, and ${what} has changed` : `, and ${what} is ${to}`,
  warmUp: (time: string, percents: readonly number[], what: string | undefined) =>
    `${percents.map((percent) => `${percent}%`).join(', ')} of its weight within ${time} while ${what ?? 'its check'} stays good, then all of it`,
  soak: (time: string, what: string | undefined) =>
    `${what ?? 'its check'} stays good for ${time} once it is on, before the next one`,
  within: (time: string) => `, within ${time}`,
  drainsAlone: (time: string, isByEvidence: boolean) =>
    `Draining alone takes ${time}${isByEvidence ? ', or less or more as evidence tells' : ''}.`,
  leave: (call: string, isInstead: boolean) => `${call}${isInstead ? ' instead of enabled=false' : ''}`,
  back: (call: string) => `back: ${call}`,
  goingWith: (targets: string, n: number) => `The ${n} that go with ${targets}:`,
  sameOf: (n: number) => `The same of ${n} other services.`,
  otherMinimums: (n: number, minimum: number) => `${n} others ${minimum}`,
  overridden: (services: string) => `Overridden by hand: the minimum of ${services}.`,
};
