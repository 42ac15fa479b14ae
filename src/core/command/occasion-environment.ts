import type { Event } from '../event/event.ts';
import type { OccasionKey } from '../hooks/occasion-key.ts';
import { mainRegistration } from '../plan/plan.ts';
import { type Rollout, targetOf } from '../rollout/rollout.ts';
import { instanceEnvironment } from './command-environment.ts';

/** What a command beside the rollout is told: the event as JSON, and the instance where it is about one. */
export function occasionEnvironment(
  key: OccasionKey,
  event: Event,
  rollout: Rollout,
): Readonly<Record<string, string>> {
  const { profile } = rollout.planned.reached;
  return {
    NACOS_ROLLOUT_ID: rollout.id,
    NACOS_ROLLOUT_ON: key,
    NACOS_ROLLOUT_EVENT: JSON.stringify(event),
    ...('target' in event && instanceEnvironment(mainRegistration(targetOf(rollout, event.target)))),
    ...(profile === undefined ? {} : { NACOS_ROLLOUT_PROFILE: profile }),
  };
}
