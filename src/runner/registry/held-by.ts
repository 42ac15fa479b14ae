import type { ConnectionSpec } from '../../core/registry/connection-spec.ts';
import type { ServiceId } from '../../core/registry/service.ts';
import type { Clock } from '../../world/clock.ts';
import type { Registry } from '../../world/registry.ts';
import { type HolderAnswer, type ServiceHolder, findServiceHolder } from './current-holder.ts';
import { givenBackMs } from '../store/lease.ts';
import { holderOf } from '../store/lock.ts';
import { type StateDirectory, lockDirectory } from '../store/state-directory.ts';

export type HeldHouse = {
  readonly clock: Clock;
  readonly state: StateDirectory;
  /** Whether it is a rollout of this machine that has ended, its runner dead. */
  readonly isGone: (rollout: string) => boolean;
};

/**
 * Which rollout would keep a new one from these services now, as its runner would judge it; it writes nothing. Undefined
 * too where leases cannot be read: a rollout begins there, guarded on this machine only.
 */
export async function heldBy(
  { clock, state, isGone }: HeldHouse,
  registry: Pick<Registry, 'instances' | 'nodeAddresses'>,
  { namespace, servers }: Pick<ConnectionSpec, 'namespace' | 'servers'>,
  services: readonly ServiceId[],
): Promise<ServiceHolder | undefined> {
  const here = holderOf(lockDirectory(state), servers, services);
  if (here !== undefined) return here;
  const look = (): Promise<HolderAnswer> =>
    findServiceHolder({
      registry,
      namespace,
      services,
      onThisMachine: undefined,
      // Who only claims it may give way.
      stage: 'holding',
      isGone: async (rollout) => isGone(rollout),
    });
  const first = await look();
  if (first.kind !== 'held') return undefined;
  await clock.sleep(givenBackMs);
  const again = await look();
  return again.kind === 'held' ? again.holder : undefined;
}
