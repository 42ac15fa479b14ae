import { type ServiceId, serviceKey } from '../../../src/core/registry/service.ts';
import type { Hearing, SubscribeOptions, Subscription } from '../../../src/world/subscription.ts';
import type { Random } from '../scenario/random.ts';
import type { SimulatedWorld } from './simulated-world.ts';
import type { Faults } from '../scenario/faults.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { type ConsumersTold, followConsumers } from '../../../src/runner/context/consumers-told.ts';
import type { Registry } from '../../../src/world/registry.ts';
import type { Scenario } from '../scenario/scenario.ts';

type Place = Pick<SimulatedWorld, 'clock' | 'truth' | 'views' | 'trouble'>;

const mostDelayMs = 60;
/** One that is lost is sent again after so long (src/nacos/README.md, Consumers). */
const lostShare = 0.02;
const sentAgainMs = 7000;
/** A session over which nothing comes is given up after so long, and is there again so soon after the node is. */
const givenUpMs = 5000;
const backMs = 500;

const listening: Hearing = { kind: 'listening' };
const unavailable: Hearing = {
  kind: 'unavailable',
  error: { kind: 'unreachable', addresses: [], detail: 'connection refused' },
};

/** Tells of every change as soon as a node's list for consumers shows it, a little later, or much later. */
function simulatedSubscription(
  { clock, truth, views, trouble }: Place,
  random: Random,
  { silent }: Pick<Faults, 'silent'>,
  { nodes, told, heard }: SubscribeOptions,
): Subscription {
  let followed: readonly ServiceId[] = [];
  const indexOf = (node: string): number => views.nodes.indexOf(node);
  const silenceOf = (node: string): Faults['silent'][number] | undefined => {
    const now = clock.monotonic();
    return silent.find((one) => one.node === indexOf(node) && one.fromMs <= now && now < one.toMs + backMs);
  };

  const tell = (node: string, service: ServiceId): void => {
    const silence = silenceOf(node);
    if (silence !== undefined)
      return clock.after(silence.toMs + backMs - clock.monotonic(), () => tell(node, service));
    const viewer = views.consumers(indexOf(node));
    views.settle(viewer);
    const items = [...viewer.shown].flatMap(([slot, seen]) =>
      slot.service === serviceKey(service) && seen?.enabled === true
        ? [{ ip: slot.id.ip, port: slot.id.port }]
        : [],
    );
    told({ node, service, atMs: clock.monotonic(), consumers: { items, unreadable: [] } });
  };

  /** Whoever begins to listen while a change is on its way into the node's list is told of it as all the others are. */
  const tellWhatIsToShow = (node: string, service: ServiceId): void => {
    for (const { slot, atMs } of views.consumers(indexOf(node)).pending)
      if (slot.service === serviceKey(service))
        clock.after(atMs + mostDelayMs - clock.monotonic(), () => tell(node, service));
  };

  truth.onChange((slot) => {
    const service = followed.find((one) => serviceKey(one) === slot.service);
    if (service === undefined) return;
    for (const node of nodes) {
      const atMs = views.consumers(indexOf(node)).pending.findLast((one) => one.slot === slot)?.atMs;
      const isLost = random.chance(lostShare);
      const delayMs = isLost ? sentAgainMs : random.int(0, mostDelayMs);
      if (isLost) trouble.lastMs = clock.monotonic();
      clock.after((atMs ?? clock.monotonic()) + delayMs - clock.monotonic(), () => tell(node, service));
    }
  });
  for (const { node, fromMs, toMs } of silent) {
    const address = nodes[node];
    const say = (): void => (address === undefined ? undefined : heard?.(address));
    for (const atMs of [fromMs + givenUpMs, toMs + backMs])
      if (atMs > clock.monotonic()) clock.after(atMs - clock.monotonic(), say);
  }
  return {
    follow: (services) => {
      followed = services;
      for (const node of nodes)
        for (const service of services) {
          tell(node, service);
          tellWhatIsToShow(node, service);
        }
    },
    hearing: (node) => {
      const silence = silenceOf(node);
      return silence !== undefined && clock.monotonic() >= silence.fromMs + givenUpMs
        ? unavailable
        : listening;
    },
    close: () => undefined,
  };
}

/** What a runner hears that begins now. */
export function toldIn(
  place: SimulatedWorld,
  random: Random,
  { nodes, weather }: Scenario,
  plan: () => Plan,
): ConsumersTold | undefined {
  const registry: Registry = {
    ...place.world.registry,
    subscribe: (given) => simulatedSubscription(place, random, weather, given),
  };
  return followConsumers(registry, nodes, plan);
}
