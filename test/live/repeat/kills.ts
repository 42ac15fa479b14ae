import { join } from 'node:path';
import { killAndResume } from '../../program/kill-place.ts';
import { seededRandom } from '../../simulation/scenario/random.ts';
import { everyList } from '../rollouts/every-list.ts';
import type { RolloutPlace } from '../rollouts/rollout-place.ts';
import { threeOf } from '../rollouts/whole-rollout.ts';

const longestMs = 50_000;

/** Runner and face killed at random moments of real rollouts, then `resume --yes`; says what was not as before. */
export async function kills(place: RolloutPlace, count: number): Promise<void> {
  const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);
  const random = seededRandom(seed);
  const { nacos, token, registry, env } = place;
  const fleet = await threeOf('killed', place);
  fleet.setDownSeconds(2);
  const before = JSON.stringify(await everyList(nacos, 'killed', token));
  let badCount = 0;
  for (let index = 0; index < count; index += 1) {
    const afterMs = random.int(0, longestMs);
    const { end, deployed } = await killAndResume(
      {
        server: nacos.url,
        service: 'killed',
        redeploy: join(fleet.directory, 'redeploy.sh'),
        directory: join(place.directory, `kill-${index}`),
        drain: '2s',
        env,
      },
      afterMs,
    );
    await fleet.listed(registry);
    const isSame = JSON.stringify(await everyList(nacos, 'killed', token)) === before;
    const isGood = end.code === 0 && isSame && new Set(deployed).size === deployed.length;
    if (!isGood) badCount += 1;
    if (!isGood)
      console.log(
        `killed after ${afterMs} ms: exit ${end.code}, lists ${isSame ? 'as before' : 'other'}, ${deployed.join('; ')}\n${end.stderr}`,
      );
  }
  console.log(`${nacos.version}: ${count} kills, KILL_SEED=${seed} | not as before: ${badCount}`);
  if (badCount > 0) process.exitCode = 1;
}
