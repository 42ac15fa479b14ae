import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitCodes } from '../../src/core/rollout/outcome.ts';
import { type ContestServices, startContestServices } from './rollouts/contest.ts';
import { whyNoLiveNacos } from './servers/live-nacos.ts';
import { runProgram } from './rollouts/program.ts';
import { recordingProxy } from './servers/recording-proxy.ts';
import { openRolloutPlace, type RolloutPlace } from './rollouts/rollout-place.ts';

const versions = ['2.2.4', '3.1.0'] as const;

describe.skipIf(whyNoLiveNacos() !== undefined).each(versions)('a Nacos %s without a leader', (version) => {
  let place: RolloutPlace;
  let services: ContestServices;
  beforeAll(async () => {
    place = await openRolloutPlace({ version, isLeaderless: true });
    services = await startContestServices(place, ['orders']);
  });
  afterAll(async () => {
    services?.close();
    await place?.close();
  });

  test('is refused in one sentence, before any write', async () => {
    const { directory, nacos } = place;
    await services.listed();
    const proxy = await recordingProxy(nacos.port);
    const words = ['run', '--server', proxy.url, '--service', 'orders', '--drain', '1s', '--deploy', 'true'];
    const { code, events, stderr } = await runProgram([...words, '--yes'], {
      directory,
      home: directory,
    });
    proxy.close();
    expect(code, stderr).toBe(exitCodes.refused);
    expect(events).toEqual([]);
    expect(stderr.split('\n').filter((line) => /leader/.test(line))).toHaveLength(1);
    expect(proxy.requests.filter((line) => !line.startsWith('GET '))).toEqual([]);
  });
});
