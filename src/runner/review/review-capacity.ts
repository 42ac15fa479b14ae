import type { Forecast } from '../../core/event/event-parts.ts';
import { isSameLeg } from '../../core/rollout/ahead.ts';
import { type GuardVerdict, mayTakeOff } from '../../core/rollout/guard.ts';
import { type ServiceView } from '../../core/rollout/service-view.ts';
import {
  type Plan,
  type Registration,
  type Target,
  minimumOf,
  touchedServices,
} from '../../core/plan/plan.ts';
import { inZone } from '../../core/batches/zone-minimum.ts';
import { type ZoneRule, zoneOf } from '../../core/batches/zones.ts';
import { type Instance, isSameEndpoint, isSameService, serviceKey } from '../../core/registry/service.ts';
import type { Refusal } from '../../core/event/failure.ts';
import type { Finding, ZoneAtWorst } from './review.ts';
import { shortName } from '../../core/registry/service-name.ts';
import { isOverridden } from '../../core/plan/overrides.ts';
import { servingProcesses } from '../../core/registry/twins.ts';

/** Every batch as if it were off at once, and with the one before where it goes ahead: the worst that a service will see. */
export function reviewCapacity(plan: Plan, views: readonly ServiceView[]): readonly Finding[] {
  const impossible = touchedServices(plan).flatMap((service) => reviewMinimum(plan, service, views));
  const named = new Set(
    impossible.map((finding) => (finding.kind === 'minimum-impossible' ? finding.service : '')),
  );
  const worst = new Map<string, Forecast>();
  const refusals: Finding[] = [];
  const emptied: Finding[] = [];
  const ahead = new Map(
    goingAhead(plan, views).flatMap(({ target, verdict }) =>
      verdict.kind === 'go' ? [[target, verdict.forecast]] : [],
    ),
  );
  for (const target of plan.targets) {
    const beside = plan.targets.filter((other) => other !== target && other.batch === target.batch);
    const verdict = verdictBeside(plan, target, beside, views);
    for (const forecast of [...verdict.forecast, ...(ahead.get(target) ?? [])]) {
      const known = worst.get(forecast.service);
      if (known === undefined || forecast.after < known.after) worst.set(forecast.service, forecast);
      const { service, emptiedCluster: cluster } = forecast;
      if (cluster !== undefined)
        emptied.push({ level: 'warning', kind: 'last-of-cluster', service, cluster, target: target.name });
    }
    if (verdict.kind === 'go') continue;
    for (const refusal of verdict.refusals)
      if (!isSaid(refusal, named))
        refusals.push({ level: 'refused', kind: 'guard', refusal, target: target.name });
  }
  const capacity = [...worst.values()].map(
    (forecast): Finding => ({
      level: refusals.length + impossible.length === 0 ? 'good' : 'warning',
      kind: 'capacity',
      forecast,
    }),
  );
  return [...impossible, ...firstOfEachService(refusals), ...firstOfEachCluster(emptied), ...capacity];
}

type GoesAhead = { readonly target: Target; readonly verdict: GuardVerdict; readonly isAtOnce: boolean };

/** Who may drain while the batch before is deployed, as the guard will count it then. */
function goingAhead(plan: Plan, views: readonly ServiceView[]): readonly GoesAhead[] {
  const batches = [...Map.groupBy(plan.targets, ({ batch }) => batch)].sort(([a], [b]) => a - b);
  return batches.flatMap(([batch, targets], index) => {
    const [before = [], beforeThat = []] = [batches[index - 1]?.[1], batches[index - 2]?.[1]];
    if (plan.gates?.some((gate) => gate.batch === batch)) return [];
    return targets
      .filter(
        (target) =>
          target.drainAhead === true &&
          target.hooks?.beforeTarget === undefined &&
          before.some((one) => isSameLeg(one, target)),
      )
      .map((target): GoesAhead => {
        const beside = [...targets.filter((other) => other !== target), ...before];
        // Consumers hold lists for the time of a drain in which those are off still.
        const atOnce = verdictBeside(plan, target, [...beside, ...beforeThat], views);
        const verdict = verdictBeside(plan, target, beside, views);
        return { target, verdict, isAtOnce: atOnce.kind === 'go' };
      });
  });
}

/** How many drain ahead, and how much that saves at the most: a drain each, where deploy and check take as long. */
export function reviewAhead(plan: Plan, views: readonly ServiceView[]): readonly Finding[] {
  const judged = goingAhead(plan, views);
  const able = judged.filter(({ verdict }) => verdict.kind === 'go');
  const drains = [...Map.groupBy(able, ({ target }) => target.batch).values()].map((one) =>
    Math.max(...one.map(({ target }) => target.drain.ms)),
  );
  const unable = judged.flatMap(({ verdict }) => (verdict.kind === 'refused' ? verdict.refusals : []));
  return [
    ...(able.length === 0
      ? []
      : [
          {
            level: 'good',
            kind: 'drain-ahead',
            targets: able.length,
            eachMs: Math.max(...drains),
            allMs: drains.reduce((sum, ms) => sum + ms, 0),
            isLate: able.some(({ isAtOnce }) => !isAtOnce),
          } as const,
        ]),
    ...unable.slice(0, 1).map(
      (refusal): Finding => ({
        level: 'warning',
        kind: 'drain-ahead-refused',
        targets: judged.length - able.length,
        refusal,
      }),
    ),
  ];
}

function verdictBeside(
  plan: Plan,
  target: Target,
  beside: readonly Target[],
  views: readonly ServiceView[],
): GuardVerdict {
  const meantOff = beside.flatMap(({ registrations }) => registrations);
  return mayTakeOff(plan, target, meantOff, views, ({ left }) => (left === undefined ? 'untouched' : 'off'));
}

/** "2 of 2" cannot be met with one off: say so now, with the number that works. */
function reviewMinimum(plan: Plan, service: Registration, views: readonly ServiceView[]): readonly Finding[] {
  if (isOverridden(plan, service)) return [];
  const counts = views
    .filter((view) => serviceKey(view.service) === serviceKey(service))
    .map((view) => servingProcesses(view.instances).length);
  const now = Math.min(...counts);
  const minimum = minimumOf(plan, service);
  const wouldWork = now - largestBatch(plan, service);
  // With one instance there is no number that works: that is "the last one", and said as such.
  if (counts.length === 0 || now <= 1 || minimum <= wouldWork) return [];
  return [
    {
      level: 'refused',
      kind: 'minimum-impossible',
      service: shortName(service),
      minimum,
      wouldWork,
      wouldWorkPercent: Math.floor((wouldWork * 100) / now),
    },
  ];
}

/** Of minimums that cannot be met `reviewMinimum` and `reviewZones` say more. */
function isSaid(refusal: Refusal, named: ReadonlySet<string>): boolean {
  if (refusal.kind === 'below-zone-minimum') return true;
  return refusal.kind === 'below-minimum' && named.has(refusal.service);
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

/** The same for each zone, on the node that shows fewest. */
export function reviewZones(plan: Plan, views: readonly ServiceView[]): readonly Finding[] {
  return (plan.zones ?? []).flatMap((rule): readonly Finding[] => {
    const service = shortName(rule);
    const { minimum } = rule;
    const counts = views
      .filter((view) => isSameService(view.service, rule))
      .flatMap((view) => zonesAtWorst(plan, rule, servingProcesses(view.instances)));
    const zones = fewestOfEach(counts);
    const impossible = isOverridden(plan, rule) ? [] : zones.filter(({ after }) => after < minimum);
    if (impossible.length === 0)
      return zones.length === 0 ? [] : [{ level: 'good', kind: 'zones', service, minimum, zones }];
    return impossible.map((zone) => ({
      level: 'refused',
      kind: 'zone-minimum-impossible',
      service,
      minimum,
      ...zone,
    }));
  });
}

/** Of each zone that the plan takes somebody from. */
function zonesAtWorst(plan: Plan, rule: ZoneRule, serving: readonly Instance[]): readonly ZoneAtWorst[] {
  const taken = plan.targets.flatMap(({ batch, registrations }) =>
    registrations
      .filter((one) => isSameService(one, rule))
      .flatMap((one) => serving.filter((instance) => isSameEndpoint(instance, one)).slice(0, 1))
      .map((instance) => ({ batch, zone: zoneOf(rule, instance) })),
  );
  return [...Map.groupBy(taken, ({ zone }) => zone)].map(([zone, ofZone]) => {
    const batches = [...Map.groupBy(ofZone, ({ batch }) => batch).values()];
    const together = Math.max(...batches.map(({ length }) => length));
    const now = inZone(rule, zone, serving);
    return { zone, now, after: now - together };
  });
}

function fewestOfEach(zones: readonly ZoneAtWorst[]): readonly ZoneAtWorst[] {
  return [...Map.groupBy(zones, ({ zone }) => zone).values()].flatMap((same) =>
    same.toSorted((a, b) => a.after - b.after).slice(0, 1),
  );
}

function firstOfEachService(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    if (finding.kind !== 'guard') return true;
    const { refusal } = finding;
    const name = `${refusal.kind} ${'instance' in refusal ? refusal.instance : refusal.service}`;
    return !seen.has(name) && seen.add(name);
  });
}

function firstOfEachCluster(findings: readonly Finding[]): readonly Finding[] {
  const nameOf = (finding: Finding): string =>
    finding.kind === 'last-of-cluster' ? `${finding.service} ${finding.cluster}` : '';
  return findings.filter(
    (finding, at) => findings.findIndex((one) => nameOf(one) === nameOf(finding)) === at,
  );
}
