import { contests } from './rollouts/contests.ts';
import { dryRun } from './rollouts/dry-run.ts';
import { onRolloutPlace } from './rollouts/on-rollout-place.ts';
import { soakedRollout, warmedRollout } from './rollouts/watched-rollout.ts';
import { namedRollout, wholeRollout } from './rollouts/whole-rollout.ts';

onRolloutPlace('2.2.4', { hasAuth: true }, (place) => {
  wholeRollout(place, 1);
  soakedRollout(place);
  warmedRollout(place);
  dryRun(place);
});

onRolloutPlace('2.2.4', { hasAuth: false }, (place) => {
  namedRollout(place);
  contests(place);
});

onRolloutPlace('3.1.0', { hasAuth: false }, (place) => {
  wholeRollout(place, 5);
  warmedRollout(place);
  namedRollout(place);
  contests(place);
});
