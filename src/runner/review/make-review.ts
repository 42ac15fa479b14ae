import type { ServiceView } from '../../core/rollout/service-view.ts';
import { type Plan, mainRegistration, touchedServices } from '../../core/plan/plan.ts';
import { type InstanceId, type ServiceId, endpointText, serviceKey } from '../../core/registry/service.ts';
import type { TakenOff } from '../../core/event/failure.ts';
import { type PartLeft, planWhole } from '../../core/report/whole-weight.ts';
import type { ServerInfo } from '../../world/registry.ts';
import type { World } from '../../world/world.ts';
import { type CommandTrials, reviewCommands } from './review-commands.ts';
import type { Finding, HeldBy, Review } from './review.ts';
import { reviewAlreadyOff, reviewParts } from './review-already-off.ts';
import { reviewAhead, reviewCapacity, reviewZones } from './review-capacity.ts';
import { reviewProbes } from './review-probes.ts';
import { reviewServer } from './review-server.ts';
import { reviewUnreadable } from './review-unreadable.ts';
import { reviewTwins } from './review-twins.ts';
import { reviewTogether } from './review-together.ts';
import { readGuardViews } from '../context/guard-views.ts';
import { readConsumers } from './read-consumers.ts';
import { reviewConsumers, reviewWarmUp } from './review-consumers.ts';
import { reviewEvidence } from './review-evidence.ts';

/** What a review may ask of outside: everything but commands, which it only looks for. */
export type ReviewWorld = Pick<World, 'clock' | 'registry' | 'probe' | 'evidence'> & {
  readonly commands: CommandTrials;
  /** Which rollout holds one of these services, here or on another machine. */
  heldBy?(services: readonly ServiceId[]): Promise<HeldBy | undefined>;
  /** Which rollout of this machine took an instance off, if one did. */
  takenOff?(instance: InstanceId): TakenOff | undefined;
  /** What a rollout of this machine left of its weight, if one took of it. */
  partLeft?(instance: InstanceId): PartLeft | undefined;
  /** Whether anything stands where `env:NAME` or `file:PATH` says; no command is run for it. */
  canRead?(reference: string): boolean;
};

/** Looks at everything that could speak against a plan, and writes nothing. */
export async function makeReview(world: ReviewWorld, given: Plan): Promise<Review> {
  const partOf = (instance: InstanceId): PartLeft | undefined => world.partLeft?.(instance);
  const plan = planWhole(given, partOf);
  const server = await reviewServer(world.registry, plan);
  const { info, nodes } = server;
  if (info === undefined || nodes.length === 0) return { findings: server.findings, nodes, plan };
  const counted = await readGuardViews(world.registry, nodes, touchedServices(plan));
  if (!counted.ok) {
    const finding: Finding = { level: 'refused', kind: 'registry', error: counted.error };
    return { findings: [...server.findings, finding], nodes, plan };
  }
  const commands = reviewCommands(world.commands, plan);
  const [probes, consumers, holder] = await Promise.all([
    reviewProbes(world, plan),
    readConsumers(world.registry, nodes, touchedServices(plan)),
    world.heldBy?.(touchedServices(plan)),
  ]);
  const evidence = await reviewEvidence(world, probes.plan, consumers);
  const findings = [
    ...server.findings,
    // Whoever holds it has some off just now: how many stay on is to be counted once it is over.
    ...(holder === undefined ? reviewCounts(plan, counted.views) : [heldBy(holder)]),
    ...reviewUnreadable(counted.views),
    ...reviewTwins(plan, counted.views),
    ...reviewAlreadyOff(plan, counted.views, (instance) => world.takenOff?.(instance)),
    ...reviewParts(given, partOf),
    ...reviewMemory(info),
    ...(await reviewTogether(world.registry, plan)),
    ...unevenWeights(plan, counted.views),
    ...reviewConsumers(plan, consumers),
    ...reviewWarmUp(plan, info, consumers),
    ...evidence.findings,
    ...commands,
    ...reviewReceivers(plan, (reference) => world.canRead?.(reference) ?? true),
    ...probes.findings.filter((finding) => !isExplained(finding, commands)),
  ];
  return { findings, nodes, plan: evidence.plan };
}

function heldBy({ service, id, by, since }: HeldBy): Finding {
  return { level: 'refused', kind: 'locked', service, id, by, since };
}

function reviewCounts(plan: Plan, views: readonly ServiceView[]): readonly Finding[] {
  return [...reviewCapacity(plan, views), ...reviewZones(plan, views), ...reviewAhead(plan, views)];
}

/** A slip in a name would be found when somebody is to be told. The rollout needs none of them. */
function reviewReceivers({ notify }: Plan, canRead: (reference: string) => boolean): readonly Finding[] {
  return (notify?.to ?? []).flatMap(({ name, url, secret }) =>
    [url, ...(secret === undefined ? [] : [secret])]
      .filter((reference) => !canRead(reference))
      .map(
        (reference): Finding => ({
          level: 'warning',
          kind: 'receiver-unreadable',
          receiver: name,
          reference,
        }),
      ),
  );
}

function reviewMemory({ traits, product, version }: ServerInfo): readonly Finding[] {
  return traits.remembersMs === 0
    ? [{ level: 'warning', kind: 'no-memory', version: `${product} ${version}` }]
    : [];
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

/** A check that cannot be started failed because of that. */
function isExplained(finding: Finding, commands: readonly Finding[]): boolean {
  return (
    finding.kind === 'probe' &&
    commands.some(
      (one) => one.kind === 'cannot-start' && one.step === 'check' && one.targets.includes(finding.target),
    )
  );
}
