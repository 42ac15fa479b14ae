import { join } from 'node:path';
import { subscribe } from '../clients/java-client.ts';
import { type Fleet, freePorts, startFleet } from '../clients/java-fleet.ts';
import { runProgram } from '../rollouts/program.ts';
import type { RolloutPlace } from '../rollouts/rollout-place.ts';
import { type OffTime, toldWhileOff } from '../clients/told-while-off.ts';

const service = 'restarted';

export type Restarts = {
  readonly downSeconds: number;
  readonly exitCode: number | null;
  readonly exposedCount: number;
  readonly off: readonly OffTime[];
};

/** As many instances as are restarted, and one that stays: a service without instances would be removed. */
export async function startRestarted(place: RolloutPlace, count: number): Promise<Fleet> {
  const ports = await freePorts(count + 1);
  const fleet = startFleet({ ...place, directory: join(place.directory, service), service, ports });
  await fleet.listed(place.registry);
  return fleet;
}

/** Rolls all but the first instance, some at once, while a consumer listens. */
export async function restart(
  place: RolloutPlace,
  fleet: Fleet,
  { downSeconds, batch }: { downSeconds: number; batch: number },
): Promise<Restarts> {
  const { nacos, login, env, directory } = place;
  const [staying = ''] = fleet.names;
  const consumer = await subscribe({ ...place, service }, fleet.names.length);
  fleet.setDownSeconds(downSeconds);
  const words = ['run', '--server', nacos.url, '--service', service, '--exclude', staying, '--drain', '2s'];
  const { code, events, stderr } = await runProgram(
    [...words, '--batch', String(batch), '--deploy', './redeploy.sh', '--yes', ...login],
    { directory: fleet.directory, home: join(directory, 'home'), env },
  );
  if (code !== 0) console.log(stderr);
  return {
    downSeconds,
    exitCode: code,
    exposedCount: events.filter(({ type }) => type === 'exposed').length,
    off: toldWhileOff(events, consumer.tellings),
  };
}
