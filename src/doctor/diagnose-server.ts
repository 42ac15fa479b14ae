import type { LeftOff } from '../core/report/left-off.ts';
import { claimOf, leaseServiceId } from '../core/registry/lease.ts';
import { isSameNacos } from '../core/registry/same-nacos.ts';
import { leftByUs } from '../core/rollout/rollout.ts';
import { isSilence } from '../core/registry/registry-error.ts';
import { endpointText, instanceKey, isSameEndpoint } from '../core/registry/service.ts';
import type { Connected, OpenRollout } from '../runner/ports/face-ports.ts';
import { type NodeView, readNodes, shownBy, viewsOf } from '../runner/context/node-views.ts';
import type { Doctor } from '../runner/process/doctor-port.ts';
import type { Diagnosis, ShownNow } from '../runner/ports/diagnosis.ts';
import { shortName } from '../core/registry/service-name.ts';

/** Beyond this, times in journals and logs of two machines are hard to bring together. */
const clockTolerableMs = 5000;

/** What one Nacos says: whether it is fit, who holds leases, and what is off there because of nobody we know. */
export async function diagnoseServer(
  doctor: Doctor,
  connected: Connected,
  left: readonly LeftOff[],
  rollouts: readonly OpenRollout[],
): Promise<readonly Diagnosis[]> {
  const { registry, reached, spec } = connected;
  const [server = ''] = spec.servers;
  const { product, version } = reached;
  const nodes = await registry.nodes();
  const hasNoLeader =
    nodes.ok && nodes.value.items.length > 1 && nodes.value.items.every(({ leader }) => leader === undefined);
  const records = nodes.ok ? nodes.value.unreadable : [];
  const differenceMs = await doctor.clockDifference(connected);
  return [
    { level: 'good', kind: 'server', server, product, version },
    ...(hasNoLeader ? [{ level: 'bad', kind: 'leader-missing', server } as const] : []),
    ...(records.length > 0
      ? [{ level: 'warning', kind: 'members-unreadable', server, records } as const]
      : []),
    ...(differenceMs === undefined
      ? []
      : [
          {
            level: Math.abs(differenceMs) > clockTolerableMs ? 'warning' : 'good',
            kind: 'clock',
            server,
            differenceMs: Math.round(differenceMs),
          } as const,
        ]),
    ...(await leases(connected, rollouts)),
    ...(await strange(connected, left)),
  ];
}

/** Who holds one where the connection leads, and in each namespace in which a rollout of this machine is not over. */
async function leases(
  { registry, spec }: Connected,
  rollouts: readonly OpenRollout[],
): Promise<readonly Diagnosis[]> {
  const ours = rollouts
    .filter(({ rollout }) => rollout.ended === undefined || leftByUs(rollout).length > 0)
    .map(({ rollout }) => rollout.planned.reached)
    .filter((reached) => isSameNacos(reached, spec));
  const namespaces = new Set([spec.namespace, ...ours.map(({ namespace }) => namespace)]);
  const found = await Promise.all(
    [...namespaces].map((namespace) => leasesIn({ registry, spec: { ...spec, namespace } }, rollouts)),
  );
  return found.flat();
}

async function leasesIn(
  { registry, spec }: Pick<Connected, 'registry' | 'spec'>,
  rollouts: readonly OpenRollout[],
): Promise<readonly Diagnosis[]> {
  const listed = await registry.instances(leaseServiceId(spec.namespace));
  if (!listed.ok) {
    const [server = ''] = spec.servers;
    return [{ level: 'warning', kind: 'leases-unread', server, error: listed.error }];
  }
  const records = [...(listed.value?.items ?? []), ...(listed.value?.unreadable ?? [])];
  return records.flatMap((record): readonly Diagnosis[] => {
    const claim = claimOf(record);
    if (claim === undefined) return [];
    const own = rollouts.find(({ id }) => id === claim.id);
    const isDead = own?.isRunning === false;
    const { id, by, since } = claim;
    return [{ level: isDead ? 'warning' : 'good', kind: 'lease', id, by, since, isDead }];
  });
}

/** What is off there because of nobody we know, and what cannot be read. */
async function strange(
  { registry, spec }: Connected,
  left: readonly LeftOff[],
): Promise<readonly Diagnosis[]> {
  const [server = ''] = spec.servers;
  const services = await registry.services(spec.namespace, '');
  if (!services.ok) {
    const level = services.error.kind === 'namespace-missing' ? 'bad' : 'warning';
    return [{ level, kind: 'unreachable', server, error: services.error }];
  }
  const ours = new Set(left.map(({ registration }) => instanceKey(registration)));
  const found: Diagnosis[] = [];
  if (services.value.isNamespaceUnproven)
    found.push({ level: 'warning', kind: 'namespace-unproven', namespace: spec.namespace });
  if (services.value.unreadable.length > 0)
    found.push({ level: 'warning', kind: 'unreadable', records: services.value.unreadable });
  for (const service of services.value.items.filter(({ off, unreadable }) => off > 0 || unreadable)) {
    const answer = await registry.instances(service);
    if (!answer.ok && isSilence(answer.error))
      return [...found, { level: 'warning', kind: 'unreachable', server, error: answer.error }];
    const listed = answer.ok ? answer.value : undefined;
    if (!answer.ok) found.push({ level: 'warning', kind: 'unreachable', server, error: answer.error });
    if (listed !== undefined && listed.unreadable.length > 0) {
      const { unreadable: records } = listed;
      found.push({ level: 'warning', kind: 'unreadable', service: shortName(service), records });
    }
    for (const instance of listed?.items ?? [])
      if (!instance.enabled && !ours.has(instanceKey(instance)))
        found.push({
          level: 'warning',
          kind: 'off-by-others',
          instance: endpointText(instance),
          service: shortName(service),
        });
  }
  return found;
}

/** Whether a node lists it with what a warm-up wrote; any other weight is what it had, or somebody else's. */
function showsPart({ instances }: NodeView, { registration, lowered }: LeftOff): boolean {
  return instances.some(
    (one) => isSameEndpoint(one, registration) && lowered?.written.includes(one.weight) === true,
  );
}

/** What the server shows of what we left off. */
export async function shownNow({ registry }: Connected, left: LeftOff): Promise<ShownNow> {
  const readings = await readNodes(registry, registry.nodeAddresses, [left.registration]);
  const views = viewsOf(readings, left.registration);
  const [view] = views;
  if (view === undefined) return 'unknown';
  const shown = views.map((one) => shownBy(one, left.registration));
  if (shown.includes('on')) return views.some((one) => showsPart(one, left)) ? 'lowered' : 'on';
  if (shown.includes('unreadable')) return 'unknown';
  return shown.every((one) => one === 'absent') ? 'absent' : 'off';
}
