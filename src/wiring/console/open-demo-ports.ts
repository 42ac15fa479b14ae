import { join } from 'node:path';
import type { FacePorts, GatewayStats } from '../../runner/ports/face-ports.ts';
import type { Profile } from '../../profiles/profile.ts';
import { type ProfileStore, openProfileStore } from '../../profiles/store.ts';
import type { StateDirectory } from '../../runner/store/state-directory.ts';
import { fetchGatewayStats, type FetchedGateway } from '../../sandbox/gateway/fetch-gateway-stats.ts';
import type { Demo } from '../../sandbox/demo/open-demo.ts';
import type { Clock } from '../../world/clock.ts';

export const demoProfile = 'sandbox';
const statsEveryMs = 1000;
const recentMax = 5;

/** The demo keeps its profiles and rollouts in its own directory, which goes with it: nothing of the operator's is touched. */
export function demoState(demo: Demo, state: StateDirectory): StateDirectory {
  return { ...state, root: join(demo.dir, 'state', 'nacos-rollout') };
}

/** One profile, with everything filled in that a rollout of the demo needs. */
export function demoStore(demo: Demo): ProfileStore {
  const { drain, deploy, checkUrl } = demo.defaults;
  const profile: Profile = {
    servers: [demo.nacos],
    defaults: {
      drain,
      deploy: { argv: [...deploy], timeout: '1m' },
      check: { http: checkUrl, successes: 2, within: '1m' },
      minimum: 1,
    },
  };
  const store = openProfileStore(join(demo.dir, 'config'));
  const problem = store.save(demoProfile, profile);
  if (problem !== undefined) throw new Error(`the demo's profile cannot be kept: ${problem.kind}`);
  return store;
}

/** The gateway's numbers once a second, for as long as somebody listens. */
export function followGateway(demo: Demo, clock: Clock): NonNullable<FacePorts['demo']>['follow'] {
  return (listener) => {
    const stop = new AbortController();
    void (async () => {
      while (!stop.signal.aborted) {
        const stats = await fetchGatewayStats(demo.gateway);
        if (stats !== undefined && !stop.signal.aborted) listener(shown(stats));
        await clock.sleep(statsEveryMs, stop.signal);
      }
    })();
    return () => stop.abort();
  };
}

function shown(fetched: FetchedGateway): GatewayStats {
  const { requests, failures, perSecond, cacheTtlMs, instances, recentFailures } = fetched;
  return {
    requests,
    failures,
    perSecond,
    cacheTtlMs,
    instances: instances.map((one) => ({
      endpoint: one.instance,
      perSecond: one.perSecond,
      version: one.version,
    })),
    recent: recentFailures
      .slice(0, recentMax)
      .map(({ at, instance, reason }) => ({ at, endpoint: instance, why: reason })),
  };
}
