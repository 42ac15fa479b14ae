import type { Command } from '../../core/hooks/command.ts';
import type { HookStep } from '../../core/hooks/hook-step.ts';
import type { Hook } from '../../core/hooks/hook.ts';
import type { OccasionKey } from '../../core/hooks/occasion-key.ts';
import type { Drain, WatchedStep } from '../../core/plan/plan.ts';
import { commandText } from '../../core/text/command-text.ts';
import { hookText, occasionText, retriesText } from './hooks.ts';
import { timeEn as time } from '../grammar/time-words.ts';
import { drainTime } from './drain.ts';
import { limitWords } from './limits.ts';
import { zonesOneByOne } from './zones.ts';

/** What a plan does, for people who are asked whether to start it. */
export const planWords = {
  target: (name: string, services: string): string => `${name}  ${services}`,
  companions: (count: number): string => `${count} registrations`,
  sameOf: (count: number): string => `The same of ${count} other services.`,
  goingWith: (targets: string, count: number): string => `the ${count} that go with ${targets}:`,
  steps: (count: number, watched: readonly WatchedStep[]): string =>
    `${count === 1 ? '1 target' : `${count} targets`}, each: ${['disable → drain → deploy → check → enable', ...watched].join(' → ')}`,
  batches: (sizes: string): string => `batches  ${sizes}`,
  zones: (zones: readonly string[]): string => `zones    ${zonesOneByOne(zones)}`,
  zoneMinimum: (service: string, minimum: number, by: string): string =>
    `minimum  ${minimum} of ${service} in each zone (${by})`,
  drain: ({ watch, ...drain }: Drain): string =>
    `drain    ${watch === undefined ? `${time(drain.ms)}${drain.consumers === undefined ? '' : ` (${drain.consumers})`}` : `until nobody calls any more: ${drainTime({ ...drain, watch })}`}`,
  deploy: (command: Command): string =>
    `deploy   ${commandText(command)} (at most ${time(command.timeoutMs)}${retriesText(command)})`,
  hook: (step: HookStep, hook: Hook): string => `hook     ${hookText(step, hook)}`,
  on: (key: OccasionKey, command: Command): string => `on       ${occasionText(key, command)}`,
  leave: (call: string, isInstead: boolean): string =>
    `leave    ${call}${isInstead ? ' (instead of enabled=false)' : ''}`,
  back: (call: string): string => `back     ${call}`,
  check: (what: string, successes: number, withinMs: number): string =>
    `check    ${what}, ${successes} × good within ${time(withinMs)}`,
  warmUp: (ms: number, percents: readonly number[], what: string | undefined): string =>
    `warm-up  ${percents.map((percent) => `${percent}%`).join(', ')} of its weight, ${time(ms / percents.length)} each, while ${what ?? 'its check'} stays good, then all of it`,
  soak: (ms: number, what: string | undefined): string =>
    `soak     ${what ?? 'its check'} stays good for ${time(ms)} once it is on, before the next one`,
  drainAhead:
    'ahead    the next ones drain while those before are deployed and checked, where the minimum allows it',
  registrationCheck: 'the registration stays healthy',
  changedCheck: (what: string, to: string | undefined): string =>
    to === undefined ? `${what} has changed` : `${what} is ${to}`,
  minimum: (service: string, minimum: number): string => `minimum  ${minimum} of ${service}`,
  notify: (receiver: string, on: readonly string[]): string => `notify   ${receiver}: ${on.join(', ')}`,
  ...limitWords,
  override: (service: string): string => `override ${service} may fall below its minimum`,
};
