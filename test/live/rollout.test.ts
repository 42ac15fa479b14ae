import { dryRun } from './rollouts/dry-run.ts';
import { oneConnection } from './clients/one-connection.ts';
import { twoConsumers } from './clients/two-consumers.ts';
import { onRolloutPlace } from './rollouts/on-rollout-place.ts';
import { fiftyRegistrations } from './rollouts/fifty-registrations.ts';
import { wholeRollout } from './rollouts/whole-rollout.ts';

onRolloutPlace('2.2.4', { hasAuth: false }, (place) => {
  wholeRollout(place, 5);
  oneConnection(place);
  fiftyRegistrations(place);
  twoConsumers(place);
});

onRolloutPlace('3.1.0', { hasAuth: true }, (place) => {
  wholeRollout(place, 1);
  dryRun(place);
  oneConnection(place);
  fiftyRegistrations(place);
  twoConsumers(place);
});
