import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newDirectory } from '../support/new-directory.ts';
import { expectNight } from '../support/night/expect-night.ts';
import { openNightPlace } from '../support/night/night-place.ts';
import { headlessNight, nightInConsole } from '../support/night/night-runs.ts';
import { type LiveNacos, startLiveNacos, whyNoLiveNacos } from './servers/live-nacos.ts';

// The same on the sandbox: test/program/release-night.test.ts.
describe.skipIf(whyNoLiveNacos() !== undefined)('a release night on a real Nacos 2.2.4', () => {
  let nacos: LiveNacos | undefined;
  beforeAll(async () => {
    nacos = await startLiveNacos({ version: '2.2.4' });
  });
  afterAll(() => nacos?.stop());

  test.for([
    ['headless', headlessNight],
    ['in the console', nightInConsole],
  ] as const)('%s', async ([, run]) => {
    const place = await openNightPlace(nacos?.url ?? '', newDirectory('night'));
    try {
      await run(place);
      await expectNight(place, expect);
    } finally {
      await place.close();
    }
  });
});
