import { touchedServices, type Plan, type Registration } from '../../core/plan/plan.ts';
import { serviceId, serviceKey } from '../../core/registry/service.ts';
import type { Clock } from '../../world/clock.ts';
import { stamp } from '../../core/text/stamp.ts';
import type { Registry } from '../../world/registry.ts';
import type { ObservedNode, Snapshot } from '../ports/protocol.ts';
import { pacedMs } from '../context/paced.ts';
import type { ConsumersTold } from '../context/consumers-told.ts';
import { NodeReads, withNeighbours } from '../context/node-reads.ts';
import type { NodeReading } from '../context/node-views.ts';

/** What is heard and read in the same process anyway. */
type Heard = { readonly told?: ConsumersTold | undefined; readonly reads?: NodeReads };

/** Reads what every node says of every touched service; a node that does not answer keeps its last good reading. */
export function createObserver(
  registry: Registry,
  clock: Clock,
  nodes: () => readonly string[],
  plan: () => Plan,
  { told, reads = new NodeReads({ registry, clock }, told) }: Heard = {},
): () => Promise<Snapshot> {
  const last = new Map<string, ObservedNode>();
  /** What steps have read is as good, unless consumers were told something since. */
  const readAll = async (
    service: Registration,
    known: readonly Registration[],
  ): Promise<readonly NodeReading[]> => {
    const toldMs = nodes().map((node) => told?.listOf(node, service)?.atMs ?? Number.NEGATIVE_INFINITY);
    const goodForMs = observeEveryMs(told, nodes(), plan()) / 2;
    return reads.read(nodes(), known, { afterMs: Math.max(clock.monotonic() - goodForMs, ...toldMs) });
  };
  return async () => {
    const services = touchedServices(plan());
    const each = services.map((one) => readAll(one, withNeighbours(plan(), [one])));
    const readings = (await Promise.all(each)).flat();
    const observed = readings.map((reading): { key: string; entry: ObservedNode } => {
      const key = serviceKey(reading.service);
      const { node } = reading;
      const before = last.get(`${node} ${key}`);
      const hearing = told?.hearing(node, serviceId(reading.service));
      const unheard = hearing?.kind === 'unavailable' ? { unheard: hearing.error } : {};
      const entry: ObservedNode = reading.ok
        ? {
            node,
            instances: reading.instances,
            consumers: reading.consumers,
            unreadable: reading.unreadable,
            ...unheard,
          }
        : {
            node,
            instances: before?.instances ?? [],
            consumers: before?.consumers ?? [],
            unreadable: before?.unreadable ?? [],
            problem: reading.error.kind,
            ...unheard,
          };
      last.set(`${node} ${key}`, entry);
      return { key, entry };
    });
    return {
      observedAt: stamp(clock.wallClock()),
      services: services.map(({ namespace, group, service }) => ({
        service: { namespace, group, service },
        nodes: observed
          .filter(({ key }) => key === serviceKey({ namespace, group, service }))
          .map(({ entry }) => entry),
      })),
    };
  };
}

/** How often lists are read where nobody tells us of a change. */
const pollMs = 1_000;
/** Where every node tells us, they are the net beneath. */
const netMs = 15_000;

/** How long lists are good for, unless something is told meanwhile. */
export function observeEveryMs(
  told: ConsumersTold | undefined,
  nodes: readonly string[],
  plan: Plan,
): number {
  const services = touchedServices(plan).map(serviceId);
  const isHeard = (node: string): boolean =>
    services.every((service) => told?.hearing(node, service).kind === 'listening');
  return told !== undefined && nodes.every(isHeard) ? netMs : pacedMs(pollMs, services.length);
}
