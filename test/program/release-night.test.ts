import { test } from 'vitest';
import { startSandboxServer } from '../../src/sandbox/server.ts';
import { realClock } from '../../src/world/clock.ts';
import { newDirectory } from '../support/new-directory.ts';
import { expectNight } from '../support/night/expect-night.ts';
import { openNightPlace } from '../support/night/night-place.ts';
import { headlessNight, nightInConsole } from '../support/night/night-runs.ts';

// The same on a real Nacos: test/live/release-night.test.ts.
test.concurrent.for([
  ['headless', headlessNight],
  ['in the console', nightInConsole],
] as const)('a release night on the sandbox, %s', async ([, run], { expect }) => {
  const sandbox = await startSandboxServer({ kind: '2.x', clock: realClock });
  const place = await openNightPlace(sandbox.url, newDirectory('night'));
  try {
    await run(place);
    await expectNight(place, expect);
  } finally {
    await place.close();
    await sandbox.close();
  }
});
