import type { Event, Fact } from '../../core/event/event.ts';
import type { Registration, Target } from '../../core/plan/plan.ts';
import { type Rollout, nodesOf, planOf, targetOf, targetState } from '../../core/rollout/rollout.ts';
import { type TargetState } from '../../core/rollout/target-state.ts';
import { type InstanceId, instanceKey } from '../../core/registry/service.ts';
import type { World } from '../../world/world.ts';
import type { ConsumersTold } from './consumers-told.ts';
import { CallBook } from './call-book.ts';
import { type CameOn, cameOnAfter, cameOnBefore } from '../../core/rollout/came-on.ts';
import { createNodeWatch } from './node-watch.ts';
import { type Freshness, NodeReads, type Patience, withNeighbours } from './node-reads.ts';
import type { NodeReading } from './node-views.ts';
import { ReadsAtIps } from './shared-reads.ts';

/** What the steps are given. */
export type Context = {
  readonly world: World;
  readonly directory: string;
  readonly rollout: () => Rollout;
  readonly record: (fact: Fact) => void;
  readonly target: (name: string) => Target;
  readonly state: (name: string) => TargetState;
  /** What sources of evidence tell of the targets that are watched. */
  readonly calls: CallBook;
  /** When targets were last put on. */
  readonly cameOn: () => CameOn;
  /** Tells who answers: a server node that does not for a while is lost. */
  readonly noteAnswers: (readings: readonly NodeReading[]) => void;
  /** What server nodes say of services. Who wants to know goes by `readCounted`. */
  readonly reads: NodeReads;
  /** What is registered at the ips of targets, in whatever service. */
  readonly atIps: ReadsAtIps;
  /** What consumers are told; absent where nobody is subscribed for it. */
  readonly told?: ConsumersTold | undefined;
  /** Writes to one address one after the other: nothing undoes a write that is still on its way. */
  readonly exclusive: <T>(instance: InstanceId, act: () => Promise<T>) => Promise<T>;
  /** Resolves after `ms`, at the next event, or when the signal is aborted, whatever comes first. */
  readonly sleepOrEvent: (ms: number, signal: AbortSignal) => Promise<void>;
};

export function createContext(parts: {
  world: World;
  directory: string;
  record: (fact: Fact) => void;
  rollout: () => Rollout;
  listeners: Set<(event: Event) => void>;
  told?: ConsumersTold | undefined;
  calls?: CallBook | undefined;
  reads?: NodeReads | undefined;
}): Context {
  const { world, directory, record, rollout, listeners, told } = parts;
  const queues = new Map<string, Promise<unknown>>();
  let cameOn = cameOnBefore(rollout(), world.clock.monotonic());
  listeners.add((event) => (cameOn = cameOnAfter(cameOn, event, world.clock.monotonic())));
  return {
    world,
    directory,
    record,
    rollout,
    told,
    target: (name) => targetOf(rollout(), name),
    state: (name) => targetState(rollout(), name),
    calls: parts.calls ?? new CallBook(),
    cameOn: () => cameOn,
    reads: parts.reads ?? new NodeReads(world, told),
    atIps: new ReadsAtIps(world),
    noteAnswers: createNodeWatch({ clock: world.clock, rollout, record }),
    exclusive: async (instance, act) => {
      const key = instanceKey(instance);
      const before = queues.get(key) ?? Promise.resolve();
      const turn = before.then(act);
      queues.set(
        key,
        turn.catch(() => undefined),
      );
      return turn;
    },
    sleepOrEvent: async (ms, signal) => {
      const wake = new AbortController();
      const onEvent = (): void => wake.abort();
      listeners.add(onEvent);
      await world.clock.sleep(ms, AbortSignal.any([signal, wake.signal]));
      listeners.delete(onEvent);
    },
  };
}

type Reader = Pick<Context, 'reads' | 'rollout' | 'noteAnswers'>;

/** Asks every server node that counts now, and tells who did not answer. */
export async function readCounted(
  context: Reader,
  registrations: readonly Registration[],
  signal?: AbortSignal,
  freshness?: Freshness,
): Promise<readonly NodeReading[]> {
  const { reads, rollout, noteAnswers } = context;
  const known = withNeighbours(planOf(rollout()), registrations);
  const readings = await reads.read(nodesOf(rollout()), known, freshness, signal);
  if (signal?.aborted !== true) noteAnswers(readings);
  return readings;
}

/** What anybody reads next of a registration, or what was asked for when that was due. */
export async function nextCounted(
  context: Reader,
  registration: Registration,
  patience: Patience,
  signal: AbortSignal,
): Promise<readonly NodeReading[]> {
  const { reads, rollout, noteAnswers } = context;
  const known = withNeighbours(planOf(rollout()), [registration]);
  const readings = await reads.next(nodesOf(rollout()), known, patience, signal);
  if (!signal.aborted) noteAnswers(readings);
  return readings;
}
