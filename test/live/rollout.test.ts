import { dryRun } from './dry-run.ts';
import { oneConnection } from './one-connection.ts';
import { onRolloutPlace } from './on-rollout-place.ts';
import { wholeRollout } from './whole-rollout.ts';

onRolloutPlace('2.2.4', { hasAuth: false }, (place) => {
  wholeRollout(place, 5);
  oneConnection(place);
});

onRolloutPlace('3.1.0', { hasAuth: true }, (place) => {
  wholeRollout(place, 1);
  dryRun(place);
  oneConnection(place);
});
