import type { OccasionKey } from '../hooks/occasion-key.ts';
import type { Registration } from '../plan/plan.ts';
import { instanceEnvironment } from './command-environment.ts';

export type OccasionPlace = {
  readonly rollout: string;
  readonly profile: string | undefined;
  /** As JSON. */
  readonly event: string;
  /** Where the event is about one. */
  readonly instance: Registration | undefined;
};

/** What a command beside the rollout is told. */
export function occasionEnvironment(
  key: OccasionKey,
  { rollout, profile, event, instance }: OccasionPlace,
): Readonly<Record<string, string>> {
  return {
    NACOS_ROLLOUT_ID: rollout,
    NACOS_ROLLOUT_ON: key,
    NACOS_ROLLOUT_EVENT: event,
    ...(instance && instanceEnvironment(instance)),
    ...(profile === undefined ? {} : { NACOS_ROLLOUT_PROFILE: profile }),
  };
}
