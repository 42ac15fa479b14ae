/**
 * Whether what is to be put on is another process than the one that was taken off: a deploy that returns early leaves the
 * old one there, healthy and answering. Its journal says how it was registered then.
 */
import type { Event } from '../../core/event/event.ts';
import { takenOff } from '../../core/report/left-off.ts';
import { type Registration, mainRegistration, type Target } from '../../core/plan/plan.ts';
import { instanceKey, isSameEndpoint, isSameMetadata } from '../../core/registry/service.ts';
import type { Reached } from '../io/connect.ts';

/** How an instance was registered when a one-shot command of this machine took it off. */
export type WhenOff = {
  readonly at: string;
  readonly metadata: Registration['metadata'];
  readonly weight: number;
  /** Ids of what had registered it, as far as Nacos told. */
  readonly clients: readonly string[];
};

/** `same-process`: certain. `unknown`: it is registered as it was, and nothing tells more. */
export type Renewal = 'renewed' | 'same-process' | 'unknown';

/** Undefined where no command of this machine took it off. */
export async function whenTakenOff(
  { ports, connected }: Reached,
  target: Target,
): Promise<WhenOff | undefined> {
  const main = mainRegistration(target);
  const { rollouts } = await ports.launcher.all();
  const found = takenOff(
    rollouts.map(({ rollout }) => rollout),
    connected.spec,
    main,
  );
  if (found?.command === undefined) return undefined;
  const read = await ports.launcher.read(found.rollout);
  if (!read.ok) return undefined;
  for (const { name, registrations } of read.open.rollout.planned.plan.targets) {
    const index = registrations.findIndex((one) => instanceKey(one) === instanceKey(main));
    const before = registrations[index];
    if (before === undefined) continue;
    const began = read.events.find((event) => event.type === 'disable-began' && event.target === name);
    return {
      at: found.at,
      metadata: before.metadata,
      weight: before.weight,
      clients: clientsIn(began, index),
    };
  }
  return undefined;
}

/** Its own: a companion may have a connection that the rest of its process has not. Older journals have the first one's alone. */
function clientsIn(began: Event | undefined, index: number): readonly string[] {
  if (began?.type !== 'disable-began') return [];
  if (index === 0) return began.clients ?? [];
  return began.companionClients?.find(({ registration }) => registration === index)?.clients ?? [];
}

/** `away`: not registered now, and so another one when it is back. */
export async function renewalOf(
  { connected: { registry } }: Reached,
  target: Target,
  when: WhenOff | undefined,
): Promise<Renewal | 'away'> {
  const main = mainRegistration(target);
  const listed = await registry.instances(main, { known: [main] });
  if (!listed.ok) return 'unknown';
  const now = listed.value?.items.filter((one) => isSameEndpoint(one, main)) ?? [];
  if (now.length === 0) return 'away';
  if (when === undefined) return 'unknown';
  if (now.every(({ metadata }) => !isSameMetadata(metadata, when.metadata))) return 'renewed';
  const asked = await registry.clientsOf?.(main);
  const clients = connectionsAmong(asked?.ok === true ? asked.value : undefined);
  const before = connectionsAmong(when.clients);
  if (clients.length === 0 || before.length === 0) return 'unknown';
  return clients.some((one) => before.includes(one)) ? 'same-process' : 'renewed';
}

/** A gRPC connection is named by when and whence it was opened, and ends with its process; a client by HTTP by its address. */
function connectionsAmong(clients: readonly string[] | undefined): readonly string[] {
  return (clients ?? []).filter((id) => /^\d+_.+_\d+$/.test(id));
}
