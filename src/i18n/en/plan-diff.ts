import type { PlanChange } from '../../core/plan-diff/plan-changes.ts';
import { program } from '../../core/text/program.ts';
import { type Sayings, say } from '../grammar/say.ts';

/** What `plan diff` tells. */
export const planDiff = {
  change: (change: PlanChange): string => say(changes, change),
  nothing: (name: string): string => `Nothing has changed since ${name} was made.`,
  companionsUnknown: (sentence: string): string => `Companions could not be compared. ${sentence}`,
};
export type PlanDiffWords = typeof planDiff;

const changes: Sayings<PlanChange> = {
  'service-gone': ({ service }) => `- ${service} is gone: there is no such service in this namespace.`,
  'not-kept': ({ service }) =>
    `? The plan does not hold what ${service} had: ${program} plan -f FILE prints it with that.`,
  came: ({ service, instance, isRolled }) =>
    `+ ${instance} of ${service} came${isRolled ? '' : ', and is not in the plan'}.`,
  gone: ({ service, instance, isRolled }) =>
    `- ${instance} of ${service} is gone${isRolled ? ', and is in the plan' : ''}.`,
  switched: ({ service, instance, isOn }) =>
    `~ ${instance} of ${service} is ${isOn ? 'on, and was off' : 'off, and was on'}.`,
  weight: ({ service, instance, before, now }) =>
    `~ ${instance} of ${service} has weight ${now}, and had ${before}.`,
  version: ({ service, instance, before, now }) =>
    `~ ${instance} of ${service} has ${versionText(now)}, and had ${versionText(before)}.`,
  companions: ({ service, instance, came, gone }) =>
    `~ What goes with ${instance} of ${service}: ${[
      ...(came.length > 0 ? [`came: ${came.join(', ')}`] : []),
      ...(gone.length > 0 ? [`gone: ${gone.join(', ')}`] : []),
    ].join('; ')}.`,
};

function versionText(version: string): string {
  return version === '' ? 'no version' : `version ${version}`;
}
