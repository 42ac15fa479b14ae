import { afterAll, beforeAll, describe } from 'vitest';
import { type LiveVersion, whyNoLiveNacos } from '../servers/live-nacos.ts';
import { openRolloutPlace, type RolloutPlace } from './rollout-place.ts';

/** Tests on a real server of their own. */
export function onRolloutPlace(
  version: LiveVersion,
  { hasAuth }: { readonly hasAuth: boolean },
  tests: (place: () => RolloutPlace) => void,
): void {
  const name = `rollouts on a real Nacos ${version}, auth ${hasAuth ? 'on' : 'off'}`;
  describe.skipIf(whyNoLiveNacos() !== undefined)(name, () => {
    let opened: RolloutPlace | undefined;
    beforeAll(async () => {
      opened = await openRolloutPlace({ version, hasAuth });
    });
    afterAll(async () => {
      await opened?.close();
    });
    tests(() => {
      if (opened === undefined) throw new Error('the server did not start');
      return opened;
    });
  });
}
