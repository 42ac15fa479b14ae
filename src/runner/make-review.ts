import type { Forecast } from '../core/event.ts';
import { type ServiceView, mayTakeOff } from '../core/guard.ts';
import {
  type Plan,
  type Registration,
  type Target,
  mainRegistration,
  minimumOf,
  touchedServices,
} from '../core/plan.ts';
import { endpointText, isServing, serviceKey } from '../core/service.ts';
import type { ServerInfo } from '../world/registry.ts';
import type { World } from '../world/world.ts';
import type { Finding, Review } from './review.ts';
import { reviewProbes } from './review-probes.ts';
import { reviewServer } from './review-server.ts';
import { readGuardViews } from './sightings.ts';

/** What a review may ask of outside: everything but commands, which it only looks for. */
export type ReviewWorld = Pick<World, 'clock' | 'registry' | 'probe'> & {
  /** The word of a command that cannot be found, if one cannot. Nothing is run. */
  missingCommand(target: Target): string | undefined;
};

/** Looks at everything that could speak against a plan, and writes nothing. */
export async function makeReview(world: ReviewWorld, plan: Plan): Promise<Review> {
  const server = await reviewServer(world.registry, plan);
  const { info, nodes } = server;
  if (info === undefined || nodes.length === 0) return { findings: server.findings, nodes, plan };
  const counted = await readGuardViews(world.registry, nodes, touchedServices(plan));
  if (!counted.ok) {
    const finding: Finding = { level: 'refused', kind: 'registry', error: counted.error };
    return { findings: [...server.findings, finding], nodes, plan };
  }
  const probes = await reviewProbes(world, plan);
  const findings = [
    ...server.findings,
    ...reviewCapacity(plan, counted.views),
    ...reviewRegistrations(plan, counted.views, info),
    ...reviewCommands(world, plan),
    ...probes.findings,
  ];
  return { findings, nodes, plan: probes.plan };
}

/** Every batch as if it were off at once: the worst that a service will see. */
function reviewCapacity(plan: Plan, views: readonly ServiceView[]): readonly Finding[] {
  const impossible = touchedServices(plan).flatMap((service) => reviewMinimum(plan, service, views));
  const named = new Set(
    impossible.map((finding) => (finding.kind === 'minimum-impossible' ? finding.service : '')),
  );
  const worst = new Map<string, Forecast>();
  const refusals: Finding[] = [];
  for (const target of plan.targets) {
    const beside = plan.targets.filter((other) => other !== target && other.batch === target.batch);
    const verdict = mayTakeOff(
      plan,
      target,
      beside.flatMap((other) => other.registrations),
      views,
    );
    for (const forecast of verdict.forecast) {
      const known = worst.get(forecast.service);
      if (known === undefined || forecast.after < known.after) worst.set(forecast.service, forecast);
    }
    if (verdict.kind === 'go') continue;
    for (const refusal of verdict.refusals)
      if (refusal.kind !== 'below-minimum' || !named.has(refusal.service))
        refusals.push({ level: 'refused', kind: 'guard', refusal, target: target.name });
  }
  const capacity = [...worst.values()].map(
    (forecast): Finding => ({
      level: refusals.length + impossible.length === 0 ? 'good' : 'warning',
      kind: 'capacity',
      forecast,
    }),
  );
  return [...impossible, ...firstOfEachService(refusals), ...capacity];
}

/** "2 of 2" cannot be met with one off: say so now, with the number that works. */
function reviewMinimum(plan: Plan, service: Registration, views: readonly ServiceView[]): readonly Finding[] {
  if (plan.overrides.includes(service.service)) return [];
  const counts = views
    .filter((view) => serviceKey(view.service) === serviceKey(service))
    .map((view) => view.instances.filter(isServing).length);
  const now = Math.min(...counts);
  const minimum = minimumOf(plan, service);
  const wouldWork = now - largestBatch(plan, service);
  // With one instance there is no number that works: that is "the last one", and said as such.
  if (counts.length === 0 || now <= 1 || minimum <= wouldWork) return [];
  return [{ level: 'refused', kind: 'minimum-impossible', service: service.service, minimum, wouldWork }];
}

function largestBatch(plan: Plan, service: Registration): number {
  const sizes = new Map<number, number>();
  for (const target of plan.targets) {
    const count = target.registrations.filter(
      (one) => one.wasEnabled && serviceKey(one) === serviceKey(service),
    ).length;
    sizes.set(target.batch, (sizes.get(target.batch) ?? 0) + count);
  }
  return Math.max(0, ...sizes.values());
}

function firstOfEachService(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    if (finding.kind !== 'guard') return true;
    const { refusal } = finding;
    const name = `${refusal.kind} ${refusal.kind === 'not-registered' ? refusal.instance : refusal.service}`;
    return !seen.has(name) && seen.add(name);
  });
}

function reviewRegistrations(
  plan: Plan,
  views: readonly ServiceView[],
  info: ServerInfo,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const target of plan.targets)
    for (const registration of target.registrations)
      if (!registration.wasEnabled)
        findings.push({ level: 'warning', kind: 'already-off', instance: endpointText(registration) });
  if (info.traits.remembersMs === 0)
    findings.push({ level: 'warning', kind: 'no-memory', version: `${info.product} ${info.version}` });
  return [...findings, ...unevenWeights(plan, views)];
}

function unevenWeights(plan: Plan, views: readonly ServiceView[]): readonly Finding[] {
  const services = [
    ...new Map(
      plan.targets.map((target) => [serviceKey(mainRegistration(target)), mainRegistration(target)]),
    ).values(),
  ];
  return services.flatMap((service) => {
    const view = views.find((each) => serviceKey(each.service) === serviceKey(service));
    const instances = view?.instances.filter((instance) => instance.enabled) ?? [];
    const usual = mostCommon(instances.map((instance) => instance.weight));
    return instances
      .filter((instance) => usual !== undefined && instance.weight !== usual)
      .map(
        (instance): Finding => ({
          level: 'warning',
          kind: 'uneven-weight',
          instance: endpointText(instance),
          weight: instance.weight,
          usual: usual ?? 1,
        }),
      );
  });
}

function mostCommon(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function reviewCommands(world: ReviewWorld, plan: Plan): readonly Finding[] {
  const missing = new Set(plan.targets.flatMap((target) => world.missingCommand(target) ?? []));
  return [...missing].map((command) => ({ level: 'refused', kind: 'command-missing', command }));
}
