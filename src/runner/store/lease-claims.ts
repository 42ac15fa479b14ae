import {
  type LeaseClaim,
  type LeaseStage,
  claimMetadata,
  claimOf,
  leaseInstance,
  leaseServiceId,
  serviceHash,
} from '../../core/registry/lease.ts';
import { type Plan, touchedServices } from '../../core/plan/plan.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { Clock } from '../../world/clock.ts';
import type { OwnInstance, Presence, Registry } from '../../world/registry.ts';

export type LeaseNews = 'lost' | 'regained';

export type ClaimOptions = {
  readonly registry: Pick<Registry, 'instances' | 'nodes'>;
  readonly presence: Presence;
  readonly clock: Clock;
  readonly nodes: readonly string[];
  readonly plan: Plan;
  readonly id: string;
  readonly by: string;
  readonly namespace: string;
  readonly since: string;
  /** The last runner of this rollout was on another machine: whether it lives, only its lease can tell. */
  readonly isFromElsewhere?: boolean;
  /** Whether it is a rollout of this machine that has ended, its runner dead: what that registered holds nothing. */
  readonly isGone?: (rollout: string) => boolean;
  /** Hears when the lease can no longer be confirmed, and when it can again. */
  readonly onNews: (news: LeaseNews) => void;
};

export function claimFor({ plan, id, by, since }: ClaimOptions, stage: LeaseStage): LeaseClaim {
  return { id, by, since, stage, services: touchedServices(plan).map(serviceHash) };
}

/** Registered disabled, so that no gateway makes a route of it; where lists hide disabled ones, with weight 0. */
export function ownInstance({ namespace, id }: ClaimOptions, claim: LeaseClaim): OwnInstance {
  return {
    instance: leaseInstance(namespace, id),
    weight: 0,
    enabled: false,
    metadata: claimMetadata(claim),
  };
}

export type ReadClaims =
  | {
      readonly ok: true;
      /** What any node lists. */
      readonly claims: readonly LeaseClaim[];
      /** What each lists. */
      readonly byNode: readonly (readonly LeaseClaim[])[];
    }
  | { readonly ok: false; readonly error: RegistryError };

/** What any node lists: a claim that one node knows is a claim. `answersMin` of them have to answer. */
export async function readClaims(
  {
    registry,
    nodes,
    namespace,
    isGone = () => false,
  }: Pick<ClaimOptions, 'nodes' | 'namespace' | 'isGone'> & {
    readonly registry: Pick<Registry, 'instances'>;
  },
  answersMin = nodes.length,
): Promise<ReadClaims> {
  const service = leaseServiceId(namespace);
  const answers = await Promise.all(nodes.map((node) => registry.instances(service, { node })));
  const byNode: LeaseClaim[][] = [];
  const isEnough = answers.filter((answer) => answer.ok).length >= answersMin;
  for (const answer of answers) {
    if (!answer.ok && !isEnough) return { ok: false, error: answer.error };
    if (!answer.ok) continue;
    // A claim stands in the metadata: what else of its registration cannot be read takes nothing away from it.
    const records = [...(answer.value?.items ?? []), ...(answer.value?.unreadable ?? [])];
    byNode.push(records.flatMap((record) => claimOf(record) ?? []).filter(({ id }) => !isGone(id)));
  }
  return { ok: true, claims: byNode.flat(), byNode };
}

/** Whether no member of the cluster is left out: else somebody else may ask only those, and none that we ask. */
export async function isEveryMemberAsked({ registry, nodes }: ClaimOptions): Promise<boolean> {
  const answer = await registry.nodes();
  if (!answer.ok || answer.value.isAssumed === true || answer.value.unreadable.length > 0) return false;
  const hosts = nodes.map((node) => (URL.canParse(node) ? new URL(node).host : node));
  const members = answer.value.items.map(({ address }) => address);
  // Whatever the address of a single one is: it leads nowhere else.
  return members.length === 1 || members.every((member) => hosts.includes(member));
}
