import { type MadePlan, makePlan, servicesOf } from '../../core/planning/make-plan.ts';
import { chooseInstances } from '../../core/planning/choose-instances.ts';
import { isRule, withDefaultCompanions } from '../../core/plan/companion-rules.ts';
import { type PlanContext, type PlanHome, serviceIdOf } from '../../core/planning/plan-context.ts';
import type { PlanFile } from '../../core/plan/plan-file.ts';
import type { Listed } from '../../core/registry/listed.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import { usualSpellings } from '../../core/registry/address.ts';
import {
  type Endpoint,
  type Instance,
  type ServiceId,
  parseEndpoint,
  serviceKey,
} from '../../core/registry/service.ts';
import type { Registry } from '../../world/registry.ts';
import { whyServiceMissing } from '../../world/why-missing.ts';
import { type Seeking, readBeside } from '../context/found-beside.ts';
import { namesMeant } from '../../core/registry/meant.ts';
import { fullName } from '../../core/registry/service-name.ts';
import { oneOfEach } from '../../core/registry/twins.ts';
import { settleHosts } from './settle/settle-hosts.ts';
import { settleCompanions } from './settle/settle-companions.ts';

export type ReadPlan =
  /** `file` has its typed companions settled. */
  | (Extract<MadePlan, { ok: true }> & { readonly file: PlanFile; readonly listed: ListedNow })
  | Extract<MadePlan, { ok: false }>
  | { readonly ok: false; readonly problem: { readonly kind: 'registry'; readonly error: RegistryError } };

/** What Nacos listed of a service when the plan was made. */
export type ListedNow = (service: ServiceId) => readonly Instance[] | undefined;

export type ReadPlanOptions = PlanHome & {
  readonly overrides?: readonly string[];
  readonly minimumOf?: PlanContext['minimumOf'];
  /** Its companions were typed as texts, of which the end may be a port or belong to the name. */
  readonly isTyped?: boolean;
  readonly ofTwins?: 'on' | 'off';
  readonly signal?: AbortSignal;
};

/** Lists every service that the file names, then makes the plan of it. Only reads. */
export async function planFrom(
  given: PlanFile,
  registry: Registry,
  options: ReadPlanOptions,
): Promise<ReadPlan> {
  const whole = withDefaultCompanions(given);
  const settled = options.isTyped
    ? await settleCompanions(whole, registry, options)
    : ({ ok: true, value: { file: whole, notes: [] } } as const);
  if (!settled.ok) return { ok: false, problem: { kind: 'registry', error: settled.error } };
  const { notes } = settled.value;
  const read = options.signal === undefined ? {} : { signal: options.signal };
  const machines = await settleHosts(settled.value.file, registry, options, read);
  if (!machines.ok) return machines;
  const { file } = machines;
  const lists = new Map<string, Listed<Instance>>();
  const missing = new Map<string, Extract<RegistryError, { kind: 'service-missing' }>>();
  for (const id of servicesOf(file, options)) {
    const answer = await registry.instances(id, { ...read, known: namedIn(file, id) });
    if (!answer.ok) return { ok: false, problem: { kind: 'registry', error: answer.error } };
    if (answer.value !== undefined) {
      lists.set(serviceKey(id), answer.value);
      continue;
    }
    const why = await whyServiceMissing(registry, id, read);
    if (why.kind === 'namespace-missing') return { ok: false, problem: { kind: 'registry', error: why } };
    missing.set(serviceKey(id), why);
  }
  const beside = await readBeside(registry, options.namespace, seekingOf(file, options, lists), read);
  if (!beside.ok) return { ok: false, problem: { kind: 'registry', error: beside.error } };
  const { around, processOf } = beside.value;
  for (const [key, list] of beside.value.lists) if (!lists.has(key)) lists.set(key, list);
  const listed: ListedNow = (id) => lists.get(serviceKey(id))?.items;
  const made = makePlan(file, {
    ...options,
    lists: listed,
    unreadable: (id) => lists.get(serviceKey(id))?.unreadable ?? [],
    missing: (id) => missing.get(serviceKey(id)),
    around,
    processOf,
  });
  if (made.ok) return { ...made, file, listed, notes: [...notes, ...made.notes] };
  const { problem } = made;
  if (problem.kind === 'pattern-missing') {
    const near = await namesNear(problem, registry, options);
    return { ok: false, problem: { ...problem, similar: near } };
  }
  if (problem.kind !== 'registered-twice') return made;
  // Who has it registered is the first thing that a person must find out.
  const clients = await registry.clientsOf?.(problem.id, read);
  const ids = clients?.ok === true ? clients.value : undefined;
  return { ok: false, problem: { ...problem, ...(ids && { clients: ids }) } };
}

/** The instances of the plan beside which companions have to be found. */
function seekingOf(
  file: PlanFile,
  options: ReadPlanOptions,
  lists: ReadonlyMap<string, Listed<Instance>>,
): readonly Seeking[] {
  return file.stages
    .flatMap(({ services }) => services)
    .flatMap((entry): readonly Seeking[] => {
      const companions = entry.companions?.filter(isRule) ?? [];
      const id = serviceIdOf(entry, options);
      const listed = lists.get(serviceKey(id));
      if (companions.length === 0 || listed === undefined) return [];
      const { ofTwins } = options;
      const items = ofTwins === undefined ? listed.items : oneOfEach(listed.items, ofTwins);
      // What does not make a plan is said by the plan.
      const chosen = chooseInstances(entry, entry.service, { ...listed, items }, file);
      return chosen.ok ? [{ group: id.group, companions, instances: chosen.instances }] : [];
    });
}

/** What is registered at the instance's ip instead, else anywhere: the names first that begin as the pattern does. */
async function namesNear(
  { instance, pattern }: { readonly instance: string; readonly pattern: string },
  registry: Registry,
  { namespace }: ReadPlanOptions,
): Promise<readonly string[]> {
  const ip = parseEndpoint(instance)?.ip;
  const there = await registry.services(namespace, '', ip === undefined ? {} : { at: [ip] });
  const near = there.ok && there.value.items.length > 1 ? there : await registry.services(namespace, '');
  const names = near.ok ? near.value.items.map(fullName) : [];
  return namesMeant(pattern, names);
}

/** The instances that the file names, for a server whose lists hide who is off. */
function namedIn(file: PlanFile, id: ServiceId): readonly Endpoint[] {
  return file.stages
    .flatMap(({ services }) => services)
    .filter((entry) => entry.service === id.service && (entry.group ?? id.group) === id.group)
    .flatMap((entry) => entry.instances ?? [])
    .flatMap((name) => parseEndpoint(name) ?? [])
    .flatMap(({ ip, port }) => usualSpellings(ip).map((spelling) => ({ ip: spelling, port })));
}
