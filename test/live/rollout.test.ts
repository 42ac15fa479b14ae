import { afterAll, beforeAll, describe } from 'vitest';
import { contests } from './contests.ts';
import { dryRun } from './dry-run.ts';
import { whyNoLiveNacos } from './live-nacos.ts';
import { openRolloutPlace, type RolloutPlace } from './rollout-place.ts';
import { namedRollout, wholeRollout } from './whole-rollout.ts';

const servers = (['2.2.4', '3.1.0'] as const).flatMap((version) =>
  [false, true].map((hasAuth) => ({ version, hasAuth, name: `${version}, auth ${hasAuth ? 'on' : 'off'}` })),
);

describe.skipIf(whyNoLiveNacos() !== undefined).each(servers)('rollouts on a real Nacos $name', (server) => {
  let opened: RolloutPlace | undefined;
  beforeAll(async () => {
    opened = await openRolloutPlace(server);
  }, 300_000);
  afterAll(async () => {
    await opened?.close();
  }, 60_000);

  const place = (): RolloutPlace => {
    if (opened === undefined) throw new Error('the server did not start');
    return opened;
  };
  wholeRollout(place, server.hasAuth ? 1 : 5);
  // The program logs in or does not: the rest need not be seen both ways.
  if (server.hasAuth) dryRun(place);
  else {
    namedRollout(place);
    contests(place);
  }
});
