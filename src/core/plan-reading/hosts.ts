import { isLeftAlone } from '../plan/companion-rules.ts';
import type { PlanFile, PlanFileService } from '../plan/plan-file.ts';
import type { PlanProblem } from '../plan/plan-problem.ts';
import { isSameAddress } from '../registry/address.ts';
import { fullName } from '../registry/service-name.ts';
import {
  type Instance,
  type ServiceId,
  byEndpoint,
  byServiceName,
  endpointText,
  isSameService,
  serviceId,
} from '../registry/service.ts';

/** The hosts of a plan, each once: machines of which all that is registered goes off and on as one. */
export function hostsIn(file: PlanFile): readonly string[] {
  return [...new Set(file.stages.flatMap(({ services }) => services).flatMap(({ hosts }) => hosts ?? []))];
}

/** What is registered at a host, of one service. */
type There = { readonly host: string; readonly id: ServiceId; readonly instances: readonly Instance[] };

type Settled =
  | { readonly ok: true; readonly services: readonly PlanFileService[] }
  | { readonly ok: false; readonly problem: PlanProblem };

/**
 * An entry with hosts as entries of the services that run there: each host by one instance, at which its check asks, with
 * all else at its ip as companions. Hosts with the same service stand in one entry, so that batches are made of them.
 * `listed`: what is registered at any of the hosts. `'*'` is any service.
 */
export function servicesOfHosts(
  entry: PlanFileService,
  home: Pick<ServiceId, 'namespace' | 'group'>,
  listed: readonly Instance[],
): Settled {
  const { hosts, ...rest } = entry;
  if (hosts === undefined) return { ok: true, services: [entry] };
  const named = { ...home, ...(entry.group !== undefined && { group: entry.group }), service: entry.service };
  const isMeant = (id: ServiceId): boolean =>
    !isLeftAlone(id) && (entry.service === '*' || isSameService(id, named));
  const all = hosts.map((host) => thereAt(host, listed.filter(isMeant)));
  const absent = all.findIndex((there) => there.length === 0);
  if (absent >= 0) {
    const service = entry.service === '*' ? {} : { service: fullName(named) };
    return { ok: false, problem: { kind: 'host-missing', host: hosts[absent] ?? '', ...service } };
  }
  const services: PlanFileService[] = [];
  for (const there of all) {
    const before = services.at(-1);
    const same = there.find(({ id }) => before?.service === id.service && before.group === id.group);
    const main = same ?? there.toSorted((a, b) => hostsWith(all, b.id) - hostsWith(all, a.id))[0];
    if (main === undefined) continue;
    const instance = main.instances.find(({ enabled }) => enabled) ?? main.instances[0];
    const name = instance === undefined ? [] : [endpointText(instance)];
    if (same !== undefined && before !== undefined) {
      before.hosts?.push(main.host);
      before.instances?.push(...name);
      continue;
    }
    const { service, group } = main.id;
    const companions = [...new Set(['ip' as const, ...(entry.companions ?? [])])];
    services.push({ ...rest, service, group, hosts: [main.host], instances: name, companions });
  }
  return { ok: true, services };
}

/** In the order of the names of the services, and of the ports. */
function thereAt(host: string, listed: readonly Instance[]): readonly There[] {
  const here = listed.filter(({ ip }) => isSameAddress(ip, host)).toSorted(byEndpoint);
  const ids = here
    .filter((one, at) => here.findIndex((other) => isSameService(one, other)) === at)
    .map(serviceId)
    .toSorted(byServiceName);
  return ids.map((id) => ({ host, id, instances: here.filter((one) => isSameService(one, id)) }));
}

function hostsWith(all: readonly (readonly There[])[], id: ServiceId): number {
  return all.filter((there) => there.some((one) => isSameService(one.id, id))).length;
}
