import { type Companion, isMeant } from '../../core/plan/companion-rules.ts';
import type { PlanContext } from '../../core/planning/plan-context.ts';
import { usualSpellings } from '../../core/registry/address.ts';
import type { Listed } from '../../core/registry/listed.ts';
import {
  type Instance,
  type InstanceId,
  type ServiceId,
  instanceId,
  instanceKey,
  serviceKey,
} from '../../core/registry/service.ts';
import { mapBounded } from '../../world/map-bounded.ts';
import type { Answer, ReadOptions, Registry } from '../../world/registry.ts';

/** Instances whose companions are to be found, and how. */
export type Seeking = {
  /** Of companions without one. */
  readonly group: string;
  readonly companions: readonly Companion[];
  readonly instances: readonly Instance[];
  /** Of what shares the client, the only ones whose services are listed. Absent: all. */
  readonly isSought?: (id: InstanceId) => boolean;
};

/** What may be taken along with instances, as `withCompanions` wants to know it. */
export type Beside = Required<Pick<PlanContext, 'around' | 'processOf'>> & {
  /** Of every service that was found, by its key. */
  readonly lists: ReadonlyMap<string, Listed<Instance>>;
};

const askedAtOnce = 8;

/** Looks for what shares the client or the ip of instances: all that `process`, `ip` and patterns may mean. Only reads. */
export async function readBeside(
  registry: Registry,
  namespace: string,
  seeking: readonly Seeking[],
  options: ReadOptions = {},
): Promise<Answer<Beside>> {
  const around = await servicesAround(registry, namespace, seeking, options);
  if (!around.ok) return around;
  const processes = await readProcesses(registry, seeking, options);
  if (!processes.ok) return processes;
  const shared = [...processes.value.values()]
    .flatMap((ids) => ids ?? [])
    .filter((id) => seeking.some(({ isSought }) => isSought?.(id) ?? true));
  const found = new Map([...around.value, ...shared].map((id) => [serviceKey(id), id]));
  // What hides who is off is asked for what may be there.
  const known = seeking
    .flatMap(({ instances }) => instances)
    .flatMap(({ ip, port }) => usualSpellings(ip).map((spelling) => ({ ip: spelling, port })));
  const lists = new Map<string, Listed<Instance>>();
  const answers = await mapBounded([...found], askedAtOnce, async ([key, id]) => {
    const answer = await registry.instances(id, { ...options, known });
    if (answer.ok && answer.value !== undefined) lists.set(key, answer.value);
    return answer;
  });
  const failed = answers.find((answer) => !answer.ok);
  if (failed !== undefined && !failed.ok) return failed;
  const processOf = (instance: Instance): readonly InstanceId[] | undefined =>
    processes.value.get(instanceKey(instance));
  return { ok: true, value: { around: around.value, processOf, lists } };
}

/** Services of the namespace that have something at one of the ips, as far as a rule may mean them. */
async function servicesAround(
  registry: Registry,
  namespace: string,
  seeking: readonly Seeking[],
  options: ReadOptions,
): Promise<Answer<readonly ServiceId[]>> {
  const wide = seeking.filter(({ companions }) => companions.some((one) => one !== 'process'));
  const at = [...new Set(wide.flatMap(({ instances }) => instances.map(({ ip }) => ip)))];
  if (at.length === 0) return { ok: true, value: [] };
  const services = await registry.services(namespace, '', { ...options, at });
  if (!services.ok) return services;
  const mayMean = (id: ServiceId): boolean =>
    wide.some(({ companions, group }) =>
      companions.some((one) => (one === 'ip' ? true : typeof one !== 'string' && isMeant(one, group, id))),
    );
  return { ok: true, value: services.value.items.filter(mayMean) };
}

async function readProcesses(
  registry: Registry,
  seeking: readonly Seeking[],
  options: ReadOptions,
): Promise<Answer<ReadonlyMap<string, readonly InstanceId[] | undefined>>> {
  const instances = seeking
    .filter(({ companions }) => companions.includes('process'))
    .flatMap((one) => one.instances);
  const found = new Map<string, readonly InstanceId[] | undefined>();
  const answers = await mapBounded(instances, askedAtOnce, async (instance) => {
    const answer = await registry.sameProcess(instanceId(instance), options);
    if (answer.ok) found.set(instanceKey(instance), answer.value);
    return answer;
  });
  const failed = answers.find((answer) => !answer.ok);
  return failed === undefined || failed.ok ? { ok: true, value: found } : failed;
}
