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

/** What is heard and read in the same process anyway; `before`: what somebody else saw last. */
type Heard = {
  readonly told?: ConsumersTold | undefined;
  readonly reads?: NodeReads;
  readonly before?: Snapshot | undefined;
};

type LastGood = Pick<ObservedNode, 'instances' | 'consumers' | 'unreadable' | 'answeredAt'>;
const none: LastGood = { instances: [], consumers: [], unreadable: [] };

function lastGoodOf({ observedAt, services }: Snapshot): readonly (readonly [string, LastGood])[] {
  return services.flatMap(({ service, nodes }) =>
    nodes
      .filter(({ problem, answeredAt }) => problem === undefined || answeredAt !== undefined)
      .map((one) => [
        `${one.node} ${serviceKey(service)}`,
        { ...one, answeredAt: one.answeredAt ?? observedAt },
      ]),
  );
}

/** Reads what every node says of every touched service; a node that does not answer keeps its last good reading. */
export function createObserver(
  registry: Registry,
  clock: Clock,
  nodes: () => readonly string[],
  plan: () => Plan,
  { told, reads = new NodeReads({ registry, clock }, told), before: seen }: Heard = {},
): () => Promise<Snapshot> {
  const last = new Map<string, LastGood>(seen === undefined ? [] : lastGoodOf(seen));
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
    const observedAt = stamp(clock.wallClock());
    const observed = readings.map((reading): { key: string; entry: ObservedNode } => {
      const key = serviceKey(reading.service);
      const { node } = reading;
      const hearing = told?.hearing(node, serviceId(reading.service));
      const unheard = hearing?.kind === 'unavailable' ? { unheard: hearing.error } : {};
      const { instances, consumers, unreadable } = reading.ok
        ? reading
        : (last.get(`${node} ${key}`) ?? none);
      const lists = { node, instances, consumers, unreadable, ...unheard };
      if (reading.ok) {
        last.set(`${node} ${key}`, { instances, consumers, unreadable, answeredAt: observedAt });
        return { key, entry: lists };
      }
      const answeredAt = last.get(`${node} ${key}`)?.answeredAt;
      const entry = {
        ...lists,
        problem: reading.error.kind,
        ...(answeredAt !== undefined && { answeredAt }),
      };
      return { key, entry };
    });
    return {
      observedAt,
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
