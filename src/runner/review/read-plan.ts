import { type MadePlan, makePlan, servicesOf } from '../../core/plan/make-plan.ts';
import type { PlanHome } from '../../core/plan/plan-companions.ts';
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
import { settleCompanions } from './settle-companions.ts';
import { fullName } from '../../core/registry/service-name.ts';

export type ReadPlan =
  /** `file` has its typed companions settled. */
  | (Extract<MadePlan, { ok: true }> & { readonly file: PlanFile })
  | Extract<MadePlan, { ok: false }>
  | { readonly ok: false; readonly problem: { readonly kind: 'registry'; readonly error: RegistryError } };

export type ReadPlanOptions = PlanHome & {
  readonly overrides?: readonly string[];
  /** Its companions were typed as texts, of which the end may be a port or belong to the name. */
  readonly isTyped?: boolean;
  readonly ofTwins?: 'on' | 'off';
  readonly signal?: AbortSignal;
};

const similarMax = 5;

/** Lists every service that the file names, then makes the plan of it. Only reads. */
export async function planFrom(
  given: PlanFile,
  registry: Registry,
  options: ReadPlanOptions,
): Promise<ReadPlan> {
  const settled = options.isTyped
    ? await settleCompanions(given, registry, options)
    : ({ ok: true, value: { file: given, notes: [] } } as const);
  if (!settled.ok) return { ok: false, problem: { kind: 'registry', error: settled.error } };
  const { file, notes } = settled.value;
  const read = options.signal === undefined ? {} : { signal: options.signal };
  const lists = new Map<string, Listed<Instance>>();
  const similar = new Map<string, readonly string[]>();
  for (const id of servicesOf(file, options)) {
    const answer = await registry.instances(id, { ...read, known: namedIn(file, id) });
    if (!answer.ok) return { ok: false, problem: { kind: 'registry', error: answer.error } };
    if (answer.value === undefined) similar.set(serviceKey(id), await namesLike(id, registry));
    else lists.set(serviceKey(id), answer.value);
  }
  const made = makePlan(file, {
    ...options,
    lists: (id) => lists.get(serviceKey(id))?.items,
    unreadable: (id) => lists.get(serviceKey(id))?.unreadable ?? [],
    similar: (id) => similar.get(serviceKey(id)) ?? [],
  });
  if (made.ok) return { ...made, file, notes: [...notes, ...made.notes] };
  const { problem } = made;
  if (problem.kind !== 'registered-twice') return made;
  // Who has it registered is the first thing that a person must find out.
  const clients = await registry.clientsOf?.(problem.id, read);
  const ids = clients?.ok === true ? clients.value : undefined;
  return { ok: false, problem: { ...problem, ...(ids && { clients: ids }) } };
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

/** The same name in another group, or one that holds it; else names that begin alike. */
async function namesLike(id: ServiceId, registry: Registry): Promise<readonly string[]> {
  for (const pattern of [id.service, id.service.slice(0, 3)]) {
    const answer = await registry.services(id.namespace, pattern);
    const found = answer.ok ? answer.value.items.filter((one) => isAlike(one.service, id.service)) : [];
    if (found.length > 0) return found.slice(0, similarMax).map(fullName);
  }
  return [];
}

/** Whether one may be a slip of the pen for the other: three letters in common are none. */
function isAlike(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  if (a.includes(b)) return true;
  const lengths = Array.from({ length: a.length + 1 }, (_, index) => index);
  const alike = lengths.findLast((length) => b.startsWith(a.slice(0, length))) ?? 0;
  return alike >= 3 && alike * 2 >= Math.min(a.length, b.length);
}
