import { contests } from './contests.ts';
import { dryRun } from './dry-run.ts';
import { onRolloutPlace } from './on-rollout-place.ts';
import { namedRollout, wholeRollout } from './whole-rollout.ts';

onRolloutPlace('2.2.4', { hasAuth: true }, (place) => {
  wholeRollout(place, 1);
  dryRun(place);
});

onRolloutPlace('2.2.4', { hasAuth: false }, (place) => {
  namedRollout(place);
  contests(place);
});

onRolloutPlace('3.1.0', { hasAuth: false }, (place) => {
  wholeRollout(place, 5);
  namedRollout(place);
  contests(place);
});
