import { chooseInstances } from './choose-instances.ts';
import type { PlanFile, PlanFileService } from './plan-file.ts';
import type { PlanNote, PlanProblem } from './plan-problem.ts';
import { type Settings, millisecondsOf, minimumFrom, settingsOf } from './plan-settings.ts';
import type { Plan, Registration, Target } from './plan.ts';
import {
  type Instance,
  type ServiceId,
  byEndpoint,
  endpointText,
  instanceId,
  instanceKey,
  isPlausibleHost,
  isServing,
  serviceKey,
} from './service.ts';

const decideWithinMs = 8 * 3_600_000;

/** Where names without a namespace or group belong. */
export type PlanHome = { readonly namespace: string; readonly group: string };

export type PlanContext = PlanHome & {
  /** What Nacos lists, disabled ones included; undefined when the service does not exist. */
  readonly lists: (service: ServiceId) => readonly Instance[] | undefined;
  /** Names like that of a service that does not exist. */
  readonly similar?: (service: ServiceId) => readonly string[];
  /** Services that a person allowed to fall below their minimum. */
  readonly overrides?: readonly string[];
};

export type MadePlan =
  | { readonly ok: true; readonly plan: Plan; readonly notes: readonly PlanNote[] }
  | { readonly ok: false; readonly problem: PlanProblem };

/** Every service that a plan file names, companions' too, each once: what must be listed before `makePlan`. */
export function servicesOf(file: PlanFile, home: PlanHome): readonly ServiceId[] {
  const named = file.stages
    .flatMap(({ services }) => services)
    .flatMap((entry) => [serviceIdOf(entry, home), ...companionIdsOf(entry, home)]);
  return [...new Map(named.map((id) => [serviceKey(id), id])).values()];
}

/** What a plan file means for what Nacos lists now: one target an instance, in batches that ascend through the whole plan. */
export function makePlan(file: PlanFile, context: PlanContext): MadePlan {
  const entries: Extract<MadeEntry, { ok: true }>[] = [];
  let batch = 0;
  for (const [index, stage] of file.stages.entries()) {
    for (const entry of stage.services) {
      const made = makeEntry(entry, { file, context, stage: stage.name ?? String(index + 1), batch });
      if (!made.ok) return made;
      entries.push(made);
      batch = Math.max(...made.targets.map((target) => target.batch)) + 1;
    }
  }
  const targets = withUniqueNames(entries.flatMap((made) => made.targets));
  const twice = inTwoTargets(targets);
  if (twice !== undefined) return { ok: false, problem: twice };
  const plan: Plan = {
    version: 1,
    ...(file.profile !== undefined && { profile: file.profile }),
    targets,
    minimums: highestOfEach(entries.flatMap((made) => made.minimums)),
    overrides: context.overrides ?? [],
    onFailure: file.onFailure ?? 'stop',
    onUnknown: file.onUnknown ?? 'ask',
    decideWithinMs: millisecondsOf(file.decideWithin, decideWithinMs),
  };
  return { ok: true, plan, notes: entries.flatMap((made) => made.notes) };
}

type Minimum = Plan['minimums'][number];
type Place = {
  readonly file: PlanFile;
  readonly context: PlanContext;
  readonly stage: string;
  readonly batch: number;
};
type MadeEntry =
  | {
      readonly ok: true;
      readonly targets: readonly Target[];
      readonly minimums: readonly Minimum[];
      readonly notes: readonly PlanNote[];
    }
  | { readonly ok: false; readonly problem: PlanProblem };

function makeEntry(entry: PlanFileService, place: Place): MadeEntry {
  const { file, context } = place;
  const id = serviceIdOf(entry, context);
  const settings = settingsOf(entry, file.defaults ?? {});
  const touched = [id, ...companionIdsOf(entry, context)];
  const absent = touched.find((service) => context.lists(service) === undefined);
  if (absent !== undefined) {
    const similar = context.similar?.(absent) ?? [];
    return { ok: false, problem: { kind: 'service-missing', service: nameOf(absent), similar } };
  }
  const chosen = chooseInstances(
    entry,
    nameOf(id),
    context.lists(id) ?? [],
    file.alreadyOff === 'take-along',
  );
  if (!chosen.ok) return chosen;
  if (settings.deploy === undefined)
    return { ok: false, problem: { kind: 'deploy-missing', service: nameOf(id) } };
  const targets: Target[] = [];
  for (const [index, instance] of chosen.instances.entries()) {
    const together = withCompanions(entry, instance, context);
    if (!together.ok) return together;
    const batch = place.batch + Math.floor(index / settings.batch);
    targets.push(targetOf(together.instances, settings, settings.deploy, place.stage, batch));
  }
  const minimums = touched.map((service) => minimumOfService(service, settings, context));
  return { ok: true, targets, minimums, notes: chosen.notes };
}

function targetOf(
  instances: readonly Instance[],
  settings: Settings,
  deploy: NonNullable<Settings['deploy']>,
  stage: string,
  batch: number,
): Target {
  const { drain, rollback, check } = settings;
  return {
    name: instances[0] === undefined ? '' : endpointText(instances[0]),
    stage,
    batch,
    registrations: instances.map(registrationOf),
    drain,
    deploy,
    ...(rollback && { rollback }),
    check,
  };
}

function registrationOf(instance: Instance): Registration {
  const { weight, metadata, ephemeral, enabled } = instance;
  return { ...instanceId(instance), weight, metadata: { ...metadata }, ephemeral, wasEnabled: enabled };
}

/** A text is a distance from the instance's own port. */
function companionPort(port: number | string | undefined, instance: Instance): number | undefined {
  return typeof port === 'string' ? instance.port + Number(port) : port;
}

/**
 * Where several processes share an address and each has one companion there at the same distance from its own port,
 * it is plain which belongs to which.
 */
function partnerPort(
  instance: Instance,
  entry: PlanFileService,
  beside: readonly Instance[],
  context: PlanContext,
): number | undefined {
  const id = { namespace: context.namespace, group: entry.group ?? context.group, service: entry.service };
  const own = (context.lists(id) ?? []).filter(({ ip }) => ip === instance.ip).sort(byEndpoint);
  const distances = new Set(beside.map((other, index) => other.port - (own[index]?.port ?? 0)));
  const [distance] = distances;
  return own.length === beside.length && distances.size === 1 ? instance.port + (distance ?? 0) : undefined;
}

function withCompanions(
  entry: PlanFileService,
  instance: Instance,
  context: PlanContext,
):
  | { readonly ok: true; readonly instances: readonly Instance[] }
  | { readonly ok: false; readonly problem: PlanProblem } {
  const together = [instance];
  for (const [index, id] of companionIdsOf(entry, context).entries()) {
    const port = companionPort(entry.companions?.[index]?.port, instance);
    const listed = [...(context.lists(id) ?? [])].sort(byEndpoint);
    const beside = listed.filter(({ ip }) => ip === instance.ip);
    const partner = port ?? partnerPort(instance, entry, beside, context);
    const matching = beside.filter((other) => other.port === (partner ?? other.port));
    const [companion] = matching;
    if (companion === undefined || matching.length > 1) {
      const kind = companion === undefined ? 'companion-missing' : 'companion-ambiguous';
      const found = (beside.length > 0 ? beside : listed).slice(0, 8).map(endpointText);
      return {
        ok: false,
        problem: { kind, instance: endpointText(instance), companion: nameOf(id), found },
      };
    }
    if (!isPlausibleHost(companion.ip))
      return {
        ok: false,
        problem: { kind: 'bad-address', service: nameOf(id), instance: endpointText(companion) },
      };
    together.push(companion);
  }
  return { ok: true, instances: together };
}

function minimumOfService(service: ServiceId, settings: Settings, context: PlanContext): Minimum {
  const onNow = (context.lists(service) ?? []).filter(isServing).length;
  return { ...service, minimum: minimumFrom(settings.minimum, onNow) };
}

function highestOfEach(minimums: readonly Minimum[]): readonly Minimum[] {
  const highest = new Map<string, Minimum>();
  for (const minimum of minimums) {
    const known = highest.get(serviceKey(minimum));
    if (known === undefined || known.minimum < minimum.minimum) highest.set(serviceKey(minimum), minimum);
  }
  return [...highest.values()];
}

/** `ip:port`; with the service, and then the group, where two targets would bear the same name. */
function withUniqueNames(targets: readonly Target[]): readonly Target[] {
  return targets.map((target) => {
    const [main] = target.registrations;
    const same = targets.filter((other) => other.name === target.name);
    if (main === undefined || same.length === 1) return target;
    const isServiceEnough =
      same.filter((other) => other.registrations[0]?.service === main.service).length === 1;
    return { ...target, name: `${target.name} ${isServiceEnough ? main.service : nameOf(main)}` };
  });
}

function inTwoTargets(targets: readonly Target[]): PlanProblem | undefined {
  const owners = new Map<string, string>();
  for (const target of targets) {
    for (const registration of target.registrations) {
      const key = instanceKey(registration);
      const owner = owners.get(key);
      if (owner !== undefined) {
        const instance = endpointText(registration);
        return {
          kind: 'in-two-targets',
          service: nameOf(registration),
          instance,
          targets: [owner, target.name],
        };
      }
      owners.set(key, target.name);
    }
  }
  return undefined;
}

function serviceIdOf(entry: PlanFileService, home: PlanHome): ServiceId {
  return { namespace: home.namespace, group: entry.group ?? home.group, service: entry.service };
}

/** A companion without a group is in that of its service. */
function companionIdsOf(entry: PlanFileService, home: PlanHome): readonly ServiceId[] {
  return (entry.companions ?? []).map(({ service, group }) => ({
    namespace: home.namespace,
    group: group ?? entry.group ?? home.group,
    service,
  }));
}

function nameOf({ group, service }: ServiceId): string {
  return `${group}@@${service}`;
}
