import type { PlanHome } from '../../../core/planning/plan-context.ts';
import type { PlanFile } from '../../../core/plan/plan-file.ts';
import type { PlanProblem } from '../../../core/plan/plan-problem.ts';
import { hostsIn, servicesOfHosts } from '../../../core/plan-reading/hosts.ts';
import { isSameAddress, usualSpellings } from '../../../core/registry/address.ts';
import type { Instance } from '../../../core/registry/service.ts';
import type { RegistryError } from '../../../core/registry/registry-error.ts';
import { mapBounded } from '../../../world/map-bounded.ts';
import type { Answer, ReadOptions, Registry } from '../../../world/registry.ts';

type Settled =
  | { readonly ok: true; readonly file: PlanFile }
  | { readonly ok: false; readonly problem: PlanProblem }
  | { readonly ok: false; readonly problem: { readonly kind: 'registry'; readonly error: RegistryError } };

const askedAtOnce = 8;

/** The file with the services that run on the hosts that it names in the place of them. Only reads. */
export async function settleHosts(
  file: PlanFile,
  registry: Registry,
  home: PlanHome,
  read: ReadOptions,
): Promise<Settled> {
  const hosts = hostsIn(file);
  if (hosts.length === 0) return { ok: true, file };
  const listed = await listedAt(hosts, registry, home, read);
  if (!listed.ok) return { ok: false, problem: { kind: 'registry', error: listed.error } };
  const stages: PlanFile['stages'] = [];
  for (const stage of file.stages) {
    const services: (typeof stage)['services'] = [];
    for (const entry of stage.services) {
      const settled = servicesOfHosts(entry, home, listed.value);
      if (!settled.ok) return settled;
      services.push(...settled.services);
    }
    stages.push({ ...stage, services });
  }
  return { ok: true, file: { ...file, stages } };
}

async function listedAt(
  hosts: readonly string[],
  registry: Registry,
  { namespace }: PlanHome,
  read: ReadOptions,
): Promise<Answer<readonly Instance[]>> {
  const at = hosts.flatMap(usualSpellings);
  const services = await registry.services(namespace, '', { ...read, at });
  if (!services.ok) return services;
  const answers = await mapBounded(services.value.items, askedAtOnce, (id) => registry.instances(id, read));
  const failed = answers.find((answer) => !answer.ok);
  if (failed !== undefined && !failed.ok) return failed;
  const found = answers.flatMap((answer) => (answer.ok ? (answer.value?.items ?? []) : []));
  return { ok: true, value: found.filter(({ ip }) => hosts.some((host) => isSameAddress(host, ip))) };
}
