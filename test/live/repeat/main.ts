import type { ContestPlace } from '../rollouts/contest.ts';
import { type LiveVersion, whyNoLiveNacos } from '../servers/live-nacos.ts';
import { whyNoRNacos } from '../servers/live-rnacos.ts';
import { openRNacosPlace } from '../rollouts/rnacos-place.ts';
import { openRolloutPlace, type RolloutPlace } from '../rollouts/rollout-place.ts';
import { kills } from './kills.ts';
import { manyContests } from './many-contests.ts';
import { type Restarts, restart, startRestarted } from './restarts.ts';

// npm run test:live:repeat -- [restarts|contests|kills] [2.2.4|3.1.0|r-nacos] [count]: the large counts, on real servers. Without words: all.
const kinds = ['restarts', 'contests', 'kills'] as const;
const servers = ['2.2.4', '3.1.0', 'r-nacos'] as const;
const words = process.argv.slice(2);
const named = <Name extends string>(names: readonly Name[]): readonly Name[] => {
  const given = names.filter((name) => words.includes(name));
  return given.length > 0 ? given : names;
};
const isWanted = (kind: (typeof kinds)[number]): boolean => named(kinds).includes(kind);
const givenCount = Number(words.find((word) => /^\d+$/.test(word)) ?? 0);

for (const server of named(servers))
  if (server === 'r-nacos') await onRNacos();
  else if (whyNoLiveNacos() === undefined) await onServer(server);
process.exit();

async function onRNacos(): Promise<void> {
  if (!isWanted('contests') || whyNoRNacos() !== undefined) return;
  const place = await openRNacosPlace();
  await contests('r-nacos', place, givenCount || 100);
  await place.close();
}

async function onServer(version: LiveVersion): Promise<void> {
  const place = await openRolloutPlace({ version });
  try {
    if (isWanted('restarts')) await restarts(place, givenCount || 10);
    if (isWanted('kills')) await kills(place, givenCount || 50);
    if (isWanted('contests')) await contests(version, place, givenCount || 100);
  } finally {
    await place.close();
  }
}

async function restarts(place: RolloutPlace, count: number): Promise<void> {
  const fleet = await startRestarted(place, count);
  for (const { downSeconds, batch } of [
    { downSeconds: 5, batch: Math.ceil(count / 5) },
    { downSeconds: 90, batch: count },
  ]) {
    await fleet.listed(place.registry);
    say(place, await restart(place, fleet, { downSeconds, batch }));
  }
}

/** One line a kind of restart: how often the consumer was told of an instance before our enable, and for how long. */
function say({ nacos }: RolloutPlace, { downSeconds, exitCode, exposedCount, off }: Restarts): void {
  const told = off.filter(({ toldTimes }) => toldTimes > 0);
  const lateMs = off.map(({ lateMs }) => lateMs).sort((a, b) => a - b);
  const offSeconds = off.map(({ offMs }) => Math.round(offMs / 1000)).sort((a, b) => a - b);
  console.log(
    [
      `${nacos.version}: ${off.length} restarts of ${downSeconds} s`,
      `exit ${exitCode}`,
      `told before our enable: ${told.length} (${told.map(({ toldMs }) => `${toldMs} ms`).join(', ') || 'never'})`,
      `seen on by us: ${exposedCount}`,
      `off for ${offSeconds[0]} to ${offSeconds.at(-1)} s`,
      `last push after our read-back: at most ${lateMs.at(-1)} ms`,
    ].join(' | '),
  );
}

async function contests(server: string, place: ContestPlace, total: number): Promise<void> {
  for (const isSameHome of [true, false]) {
    const { good, total: held, others } = await manyContests(place, total, isSameHome);
    const who = isSameHome ? 'one state directory' : 'separate state directories';
    console.log(`${server}: two at once, ${who}: exactly one went ahead ${good} of ${held} times`);
    for (const other of others.slice(0, 3)) console.log(other);
    if (good !== held) process.exitCode = 1;
  }
}
