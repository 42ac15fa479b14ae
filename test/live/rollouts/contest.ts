import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import type { Event } from '../../../src/core/event/event.ts';
import { exitCodes } from '../../../src/core/rollout/outcome.ts';
import { defaultGroup, defaultNamespace } from '../../../src/core/registry/service.ts';
import { heartbeatClient } from '../../support/servers/heartbeat-client.ts';
import { until } from '../../support/time/until.ts';
import { type Ended, runProgram } from './program.ts';
import type { RolloutPlace } from './rollout-place.ts';

export type ContestPlace = Pick<RolloutPlace, 'registry' | 'token' | 'directory' | 'login' | 'env'> & {
  readonly nacos: { readonly url: string };
  /** The server nodes that a rollout is given, where they are others than that one. */
  readonly servers?: readonly string[];
};

/** Services of two instances each, which only beat and answer TCP: enough to be rolled. */
export type ContestServices = {
  /** Waits until all of them are listed. */
  listed(): Promise<void>;
  close(): void;
};

export async function startContestServices(
  { nacos, token, registry }: ContestPlace,
  names: readonly string[],
): Promise<ContestServices> {
  const applications = heartbeatClient({ url: nacos.url, token: () => Promise.resolve(token) });
  const listeners: Server[] = [];
  for (const service of names)
    for (const weight of [1, 1]) {
      const listener = createServer((socket) => socket.destroy());
      await new Promise<void>((resolve) => {
        listener.listen(0, '127.0.0.1', resolve);
      });
      listeners.push(listener);
      const { port } = listener.address() as AddressInfo;
      const endpoint = { cluster: 'DEFAULT', ip: '127.0.0.1', port };
      const id = { namespace: defaultNamespace, group: defaultGroup, service, ...endpoint };
      await applications.register({ ...id, weight, metadata: {} });
    }
  const isListed = async (service: string): Promise<boolean> => {
    const answer = await registry.instances({ namespace: defaultNamespace, group: defaultGroup, service });
    return answer.ok && answer.value?.items.length === 2;
  };
  return {
    listed: () => until(async () => (await Promise.all(names.map(isListed))).every(Boolean)),
    close: () => {
      applications.close();
      for (const listener of listeners) listener.close();
    },
  };
}

/** A rollout of one service by a user with a home of his own. */
export function contestant(
  { nacos, servers = [nacos.url], directory, login, env }: ContestPlace,
  service: string,
  user: string,
  heard: (event: Event) => void = () => {},
): Promise<Ended> {
  const where = servers.flatMap((url) => ['--server', url]);
  const words = ['run', ...where, '--service', service, '--drain', '100ms', '--deploy', 'true', '--yes'];
  return runProgram([...words, ...login], { directory, home: join(directory, `home-${user}`), env, heard });
}

/** Two rollouts of one service, started at once; with homes of their own they share nothing but the registry. */
export function contest(place: ContestPlace, service: string, isSameHome: boolean): Promise<Ended[]> {
  return Promise.all(
    ['one', 'other'].map((user) => contestant(place, service, isSameHome ? 'shared' : user)),
  );
}

/**
 * Whether one went ahead and was done, and the other wrote nothing: locked out, or refused for what the first had taken
 * off already.
 */
export function hasOneWinner(ended: readonly Ended[]): boolean {
  const has = (one: Ended, type: Event['type']): boolean => one.events.some((event) => event.type === type);
  const ahead = ended.filter((one) => has(one, 'runner-started'));
  const turnedAway = ended.filter(({ code }) => code === exitCodes.locked || code === exitCodes.refused);
  return (
    ahead.length === 1 &&
    ahead[0]?.code === exitCodes.done &&
    turnedAway.length === ended.length - 1 &&
    !turnedAway.some((one) => has(one, 'write-began'))
  );
}
