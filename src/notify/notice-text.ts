import { endpointText } from '../core/registry/service.ts';
import { shortName } from '../core/registry/service-name.ts';
import { type Rollout, planOf, targetOf } from '../core/rollout/rollout.ts';
import { touchedServices } from '../core/plan/plan.ts';
import type { Event } from '../core/event/event.ts';
import { visible } from '../core/text/visible.ts';
import type { RegistrationName } from '../i18n/en/events.ts';
import type { Words } from '../i18n/words.ts';

/** What happened, to what, and what to type, for a person who reads it on a telephone. */
export function noticeText(event: Event, rollout: Rollout, words: Words, host: string): string {
  const saying = words.events[event.type] as (fact: Event, nameOf: RegistrationName) => string;
  const target = 'target' in event ? `${event.target}  ` : '';
  const services = [...new Set(touchedServices(planOf(rollout)).map(shortName))].join(', ');
  const { profile } = rollout.planned.reached;
  return [
    words.notices.head(services, profile),
    target + saying(event, (name, index) => nameOf(rollout, name, index)),
    words.notices.foot(rollout.id, host, verbOf(rollout)),
  ]
    .map(visible)
    .join('\n');
}

function nameOf(rollout: Rollout, target: string, index: number): string {
  const registration = targetOf(rollout, target).registrations[index];
  return registration === undefined ? target : `${shortName(registration)} ${endpointText(registration)}`;
}

/** What to type about it next. */
function verbOf({ ended, rested }: Rollout): 'report' | 'resume' | 'attach' {
  if (ended !== undefined) return 'report';
  return rested === undefined ? 'attach' : 'resume';
}
