import { touchedServices, type Plan, type Registration } from '../../core/plan/plan.ts';
import { serviceKey } from '../../core/registry/service.ts';
import type { Clock } from '../../world/clock.ts';
import { stamp } from '../../core/text/stamp.ts';
import type { Registry } from '../../world/registry.ts';
import type { ObservedNode, Snapshot } from '../ports/protocol.ts';
import { readNodes } from '../context/node-views.ts';

/** Reads what every node says of every touched service; a node that does not answer keeps its last good reading. */
export function createObserver(
  registry: Registry,
  clock: Clock,
  nodes: () => readonly string[],
  plan: () => Plan,
): () => Promise<Snapshot> {
  const last = new Map<string, ObservedNode>();
  return async () => {
    const services = touchedServices(plan());
    const registrations: readonly Registration[] = plan().targets.flatMap((target) => target.registrations);
    const readings = await readNodes(registry, nodes(), registrations);
    const observed = readings.map((reading): { key: string; entry: ObservedNode } => {
      const key = serviceKey(reading.service);
      const { node } = reading;
      const before = last.get(`${node} ${key}`);
      const entry: ObservedNode = reading.ok
        ? {
            node,
            instances: reading.instances,
            consumers: reading.consumers,
            unreadable: reading.unreadable,
          }
        : {
            node,
            instances: before?.instances ?? [],
            consumers: before?.consumers ?? [],
            unreadable: before?.unreadable ?? [],
            problem: reading.error.kind,
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
