import type { Origin } from '../../core/plan-origin/origins.ts';

/** What `plan show` tells. `line`: of the plan file. */
export const planOrigin = {
  head: { service: 'service', setting: 'setting', value: 'value', origin: 'from' },
  from: (origin: Origin, profile: string, line?: number): string =>
    `${origin === 'profile' ? `profile ${profile}` : origins[origin]}${origin === 'profile-service' ? ` ${profile}` : ''}${line === undefined ? '' : `, line ${line}`}`,
};
export type PlanOriginWords = typeof planOrigin;

const origins: Readonly<Record<Origin, string>> = {
  'built-in': 'built in',
  profile: 'profile',
  'profile-service': 'service of profile',
  environment: 'environment',
  defaults: 'defaults of the plan',
  plan: 'plan',
  service: 'service',
  flag: 'flag',
};
