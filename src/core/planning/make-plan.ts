import { drainProblem } from '../plan/drain-settings.ts';
import { chooseInstances } from './choose-instances.ts';
import { withCompanions } from './plan-companions.ts';
import { type PlanContext, type PlanHome, companionIdsOf, serviceIdOf } from './plan-context.ts';
import { type TakenTogether, companionNotes } from './companion-notes.ts';
import type { PlanFile, PlanFileService } from '../plan/plan-file.ts';
import { occasionsOf } from '../hooks/occasion.ts';
import { maxFailuresOf, parseDeadline } from '../plan/limits.ts';
import { notifyOf } from '../notify/notify-file.ts';
import type { PlanNote, PlanProblem } from '../plan/plan-problem.ts';
import { millisecondsOf } from '../text/duration.ts';
import { hasLogin, urlText } from '../text/url-text.ts';
import {
  type Settings,
  builtIn,
  linesOf,
  minimumFrom,
  onFailureOf,
  settingsOf,
  urlsOf,
} from '../plan/plan-settings.ts';
import type { Plan, Target } from '../plan/plan.ts';
import { type Instance, type ServiceId, isSameService, serviceId, serviceKey } from '../registry/service.ts';
import { fullName } from '../registry/service-name.ts';
import { placeholderInLine, strayPlaceholder } from '../text/placeholder.ts';
import { overridesOf } from '../plan/overrides.ts';
import { type GatedPlan, compileGates, idleGates } from '../gate/compile-gates.ts';
import { gateNote, gatedStage } from './gated-stage.ts';
import { oneOfEach, servingProcesses } from '../registry/twins.ts';
import { type ZoneRule, byZone, isOneAtATime, strictestOfEach, zoneOf } from '../batches/zones.ts';
import { type Unbatched, inBatches, zoneNotes, zoneProblem, zoneRules } from './in-batches.ts';
import { type UnbatchedTarget, isAlso, targetOf, withUniqueNames, inTwoTargets } from './one-target.ts';
import { rulesOf } from './one-target.ts';

export type MadePlan =
  | { readonly ok: true; readonly plan: Plan; readonly notes: readonly PlanNote[] }
  | { readonly ok: false; readonly problem: PlanProblem };

/** Every service that a plan file names, companions' too, each once. */
export function servicesOf(file: PlanFile, home: PlanHome): readonly ServiceId[] {
  const named = file.stages
    .flatMap(({ services }) => services)
    .flatMap((entry) => [serviceIdOf(entry, home), ...companionIdsOf(entry, home)]);
  return [...new Map(named.map((id) => [serviceKey(id), id])).values()];
}

/** What a plan file means for what Nacos lists now: one target an instance, in batches that ascend through the whole plan. */
export function makePlan(file: PlanFile, given: PlanContext): MadePlan {
  const context = withoutTwins(given);
  const entries: GoodEntry[] = [];
  const inOrder: Target[] = [];
  const stages: GatedPlan['stages'][number][] = [];
  for (const [index, stage] of file.stages.entries()) {
    const name = stage.name ?? String(index + 1);
    const ofStage: GoodEntry[] = [];
    for (const entry of stage.services) {
      const made = makeEntry(entry, { file, context, stage: name });
      if (!made.ok) return made;
      ofStage.push(made);
    }
    entries.push(...ofStage);
    const targets = inBatches(ofStage, stage.sideBySide === true, (inOrder.at(-1)?.batch ?? -1) + 1);
    inOrder.push(...targets);
    stages.push(gatedStage(name, stage, ofStage, targets));
  }
  const targets = withUniqueNames(inOrder);
  const notes = entries.flatMap((made) => made.notes);
  if (targets.length === 0) return { ok: false, problem: allOnVersion(notes) };
  const twice = inTwoTargets(targets);
  if (twice !== undefined) return { ok: false, problem: twice };
  const minimums = highestOfEach(entries.flatMap((made) => made.minimums));
  const zones = strictestOfEach(entries.flatMap((made) => made.zones));
  const gated = { gates: file.gates, stages };
  const gates = compileGates(gated);
  const on = occasionsOf(file.on);
  const deadline = file.deadline === undefined ? undefined : parseDeadline(file.deadline);
  const plan: Plan = {
    version: 1,
    ...(file.profile !== undefined && { profile: file.profile }),
    targets,
    ...(gates.length > 0 && { gates }),
    minimums,
    ...(zones.length > 0 && { zones }),
    overrides: overridesOf(context.overrides ?? [], minimums),
    onFailure: onFailureOf(file),
    ...(file.maxFailures !== undefined && {
      maxFailures: maxFailuresOf(file.maxFailures, targets.length),
    }),
    ...(deadline && { deadline }),
    onUnknown: file.onUnknown ?? builtIn.onUnknown,
    decideWithinMs: millisecondsOf(file.decideWithin, builtIn.decideWithinMs),
    ...(on && { on }),
    ...(file.notify?.length && { notify: notifyOf(file.notify, file.language) }),
  };
  return { ok: true, plan, notes: [...notes, ...idleGates(gated).map(gateNote)] };
}

/** Nothing else leaves a plan without a target and without a problem. */
function allOnVersion(notes: readonly PlanNote[]): PlanProblem {
  const told = notes.flatMap((note) => (note.kind === 'on-version' ? [note] : []));
  return { kind: 'all-on-version', services: told.map(({ service, version }) => ({ service, version })) };
}

function withoutTwins(context: PlanContext): PlanContext {
  const { ofTwins, lists } = context;
  if (ofTwins === undefined) return context;
  const one = (id: ServiceId): readonly Instance[] | undefined => {
    const listed = lists(id);
    return listed && oneOfEach(listed, ofTwins);
  };
  return { ...context, lists: one };
}

type Minimum = Plan['minimums'][number];

type Place = {
  readonly file: PlanFile;
  readonly context: PlanContext;
  readonly stage: string;
};

type MadeEntry =
  | ({
      readonly ok: true;
      readonly minimums: readonly Minimum[];
      readonly zones: readonly ZoneRule[];
      readonly notes: readonly PlanNote[];
    } & Unbatched)
  | { readonly ok: false; readonly problem: PlanProblem };

type GoodEntry = Extract<MadeEntry, { ok: true }>;

/** What keeps it from being a plan, whatever Nacos lists: the first of each service. */
export function problemsWithoutNacos(file: PlanFile, home: PlanHome): readonly PlanProblem[] {
  return file.stages
    .flatMap(({ services }) => services)
    .flatMap((entry) => problemWithoutNacos(entry, file, home) ?? []);
}

function problemWithoutNacos(
  entry: PlanFileService,
  file: PlanFile,
  home: PlanHome,
): PlanProblem | undefined {
  const service = fullName(serviceIdOf(entry, home));
  const written = entry.drain ?? file.defaults?.drain;
  const problem = written && drainProblem(written);
  if (problem !== undefined) return { kind: 'drain', service, problem };
  for (const [setting, url] of urlsOf(settingsOf(entry, file.defaults ?? {}))) {
    if (hasLogin(url)) return { kind: 'login-in-url', service, setting, url: urlText(url) };
    const stray = strayPlaceholder(url);
    if (stray !== undefined) return { kind: 'unknown-placeholder', service, setting, ...stray };
  }
  const lines = linesOf(settingsOf(entry, file.defaults ?? {}));
  const [found] = lines.flatMap(([setting, run]) => {
    const placeholder = placeholderInLine(run);
    return placeholder === undefined ? [] : [{ setting, ...placeholder }];
  });
  return found && { kind: 'placeholder-in-line', service, ...found };
}

function makeEntry(entry: PlanFileService, place: Place): MadeEntry {
  const { file, context } = place;
  const id = serviceIdOf(entry, context);
  const problem = problemWithoutNacos(entry, file, context);
  if (problem !== undefined) return { ok: false, problem };
  const settings = settingsOf(entry, file.defaults ?? {});
  const named = [id, ...companionIdsOf(entry, context)];
  const absent = named.find((service) => context.lists(service) === undefined);
  if (absent !== undefined) {
    const kind = absent === id ? 'service-missing' : 'companion-service-missing';
    return { ok: false, problem: { ...context.missing?.(absent), kind, service: fullName(absent) } };
  }
  const chosen = chooseInstances(
    entry,
    fullName(id),
    { items: context.lists(id) ?? [], unreadable: context.unreadable?.(id) ?? [] },
    file,
  );
  if (!chosen.ok) return chosen;
  if (settings.deploy === undefined)
    return { ok: false, problem: { kind: 'deploy-missing', service: fullName(id) } };
  const { batch, zones } = settings;
  const unzoned = zoneProblem(fullName(id), zones, context.lists(id) ?? []);
  if (unzoned !== undefined) return { ok: false, problem: unzoned };
  const isZoned = zones !== undefined && isOneAtATime(zones);
  const isByTraffic = entry.order?.by === 'traffic';
  if (isByTraffic && settings.drain.watch === undefined)
    return { ok: false, problem: { kind: 'order-without-evidence', service: fullName(id) } };
  const targets: UnbatchedTarget[] = [];
  const taken: TakenTogether[] = [];
  const foundBy = rulesOf(entry, context);
  for (const instance of isZoned ? byZone(zones, chosen.instances) : chosen.instances) {
    // Found as the companion of one before it: they go together.
    if (targets.some(({ registrations }) => registrations.some(isAlso(instance)))) continue;
    const together = withCompanions(entry, instance, context);
    if (!together.ok) return together;
    taken.push(together);
    const target = targetOf(together.instances, settings, settings.deploy, place.stage);
    const zone = isZoned ? { zone: zoneOf(zones, instance) } : {};
    targets.push({
      ...target,
      ...zone,
      ...(foundBy.length > 0 && { foundBy }),
      ...(entry.hosts && { isMachine: true as const }),
      ...(isByTraffic && { isByTraffic }),
    });
  }
  const touched = new Map(
    targets.flatMap(({ registrations }) => registrations.map((one) => [serviceKey(one), serviceId(one)])),
  );
  const minimums = [...touched.values()].map((service) => {
    const goesAlong = entry.hosts !== undefined || !isSameService(service, id);
    return minimumOfService(service, settings, context, goesAlong);
  });
  const notes = [
    ...chosen.notes,
    ...companionNotes(entry, fullName(id), taken),
    ...zoneNotes(fullName(id), zones, chosen.instances),
  ];
  return { ok: true, targets, batch, minimums, zones: zoneRules(id, zones), notes };
}

function minimumOfService(
  service: ServiceId,
  settings: Settings,
  context: PlanContext,
  goesAlong: boolean,
): Minimum {
  const onNow = servingProcesses(context.lists(service) ?? []).length;
  const known = goesAlong ? (context.minimumOf?.(service) ?? 0) : 0;
  return {
    ...service,
    minimum: Math.max(minimumFrom(settings.minimum, onNow), minimumFrom(known, onNow)),
  };
}

function highestOfEach(minimums: readonly Minimum[]): readonly Minimum[] {
  const highest = new Map<string, Minimum>();
  for (const minimum of minimums) {
    const known = highest.get(serviceKey(minimum));
    if (known === undefined || known.minimum < minimum.minimum) highest.set(serviceKey(minimum), minimum);
  }
  return [...highest.values()];
}
