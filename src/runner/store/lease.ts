import {
  type LeaseClaim,
  type LeaseStage,
  claimMetadata,
  claimOf,
  leaseInstance,
  leaseServiceId,
  rivalOf,
  serviceHash,
} from '../../core/registry/lease.ts';
import { type Plan, touchedServices } from '../../core/plan/plan.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { Clock } from '../../world/clock.ts';
import type { OwnInstance, Presence, Registry } from '../../world/registry.ts';

/** Twice the time that the server nodes need to agree on a new registration. */
const agreeMs = 5000;
/** A lease that its holder gave back a moment ago is listed for up to 1.1 s on three members (src/nacos/README.md, Registering). */
const givenBackMs = 2000;
const beatEveryMs = 5000;
/** A holder that could not confirm for this long writes nothing more: its registration ends 30 s after its last beat. */
const unconfirmedMaxMs = 15_000;

/** A registration ends 31 s after its last beat (src/nacos/README.md, Registering): what is listed for longer is kept alive. */
const outlivedMs = 40_000;
const lookAgainMs = 2000;

export type LeaseNews = 'lost' | 'regained';

export type Lease = {
  /** Gives it back. */
  release(): Promise<void>;
};

export type Claimed =
  | { readonly kind: 'held'; readonly lease: Lease }
  | { readonly kind: 'locked'; readonly rival: LeaseClaim }
  /** It cannot be registered here: the rollout goes on with a warning, guarded on this machine only. */
  | { readonly kind: 'unavailable'; readonly error: RegistryError };

export type ClaimOptions = {
  readonly registry: Pick<Registry, 'instances'>;
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
  /** Hears when the lease can no longer be confirmed, and when it can again. */
  readonly onNews: (news: LeaseNews) => void;
};

/**
 * Claims the services of a plan on the registry itself, so that two rollouts on two machines cannot meet: look,
 * register as claiming, wait until every node agrees, look again on every node, then hold. No clocks are compared.
 */
export async function claimLease(options: ClaimOptions): Promise<Claimed> {
  const { clock, presence } = options;
  const claim = claimFor(options, 'claiming');
  const other = options.isFromElsewhere === true ? await livingSelf(options) : undefined;
  if (other !== undefined) return { kind: 'locked', rival: other };
  const look = async (): Promise<ReadClaims & { readonly holder?: LeaseClaim | undefined }> => {
    const read = await readClaims(options);
    return read.ok ? { ...read, holder: rivalOf({ ...claim, stage: 'holding' }, read.claims) } : read;
  };
  let before = await look();
  if (before.ok && before.holder !== undefined) {
    await clock.sleep(givenBackMs);
    before = await look();
  }
  if (!before.ok) return { kind: 'unavailable', error: before.error };
  if (before.holder !== undefined) return { kind: 'locked', rival: before.holder };
  const announced = await presence.announce(ownInstance(options, claim));
  if (!announced.ok) return { kind: 'unavailable', error: announced.error };
  await clock.sleep(agreeMs);
  const after = await readClaims(options);
  const rival = after.ok ? rivalOf(claim, after.claims) : undefined;
  if (!after.ok || rival !== undefined) await presence.withdraw(ownInstance(options, claim));
  if (!after.ok) return { kind: 'unavailable', error: after.error };
  if (rival !== undefined) return { kind: 'locked', rival };
  const own = ownInstance(options, claimFor(options, 'holding'));
  const held = await presence.announce(own);
  if (!held.ok) return { kind: 'unavailable', error: held.error };
  return { kind: 'held', lease: keepLease(options, own) };
}

function claimFor({ plan, id, by, since }: ClaimOptions, stage: LeaseStage): LeaseClaim {
  return { id, by, since, stage, services: touchedServices(plan).map(serviceHash) };
}

/** Registered disabled, so that no gateway makes a route of it; where lists hide disabled ones, with weight 0. */
function ownInstance({ namespace, id }: ClaimOptions, claim: LeaseClaim): OwnInstance {
  return {
    instance: leaseInstance(namespace, id),
    weight: 0,
    enabled: false,
    metadata: claimMetadata(claim),
  };
}

type ReadClaims =
  | { readonly ok: true; readonly claims: readonly LeaseClaim[] }
  | { readonly ok: false; readonly error: RegistryError };

/** What any node lists: a claim that one node knows is a claim. `answersMin` of them have to answer. */
export async function readClaims(
  { registry, nodes, namespace }: Pick<ClaimOptions, 'registry' | 'nodes' | 'namespace'>,
  answersMin = nodes.length,
): Promise<ReadClaims> {
  const service = leaseServiceId(namespace);
  const answers = await Promise.all(nodes.map((node) => registry.instances(service, { node })));
  const claims: LeaseClaim[] = [];
  const isEnough = answers.filter((answer) => answer.ok).length >= answersMin;
  for (const answer of answers) {
    if (!answer.ok && !isEnough) return { ok: false, error: answer.error };
    if (!answer.ok) continue;
    // A claim stands in the metadata: what else of its registration cannot be read takes nothing away from it.
    for (const record of [...(answer.value?.items ?? []), ...(answer.value?.unreadable ?? [])]) {
      const claim = claimOf(record);
      if (claim !== undefined) claims.push(claim);
    }
  }
  return { ok: true, claims };
}

/** The lease of this very rollout, where its runner on another machine still keeps it. */
async function livingSelf(options: ClaimOptions): Promise<LeaseClaim | undefined> {
  const { clock, id } = options;
  const began = clock.monotonic();
  for (;;) {
    const read = await readClaims(options, 1);
    const own = read.ok ? read.claims.find((one) => one.id === id && one.stage === 'holding') : undefined;
    if (own === undefined || clock.monotonic() - began >= outlivedMs) return own;
    await clock.sleep(lookAgainMs);
  }
}

/** Beats until released. A lease that was forgotten meanwhile is taken again, unless somebody else holds it now. */
function keepLease(options: ClaimOptions, own: OwnInstance): Lease {
  const { presence, clock, onNews } = options;
  const stop = new AbortController();
  const keeping = (async () => {
    let confirmedAt = clock.monotonic();
    let isLost = false;
    while (!stop.signal.aborted) {
      await clock.sleep(beatEveryMs, stop.signal);
      if (stop.signal.aborted) return;
      const confirming = confirm(options, own);
      if (!isLost && !(await isSettledBy(confirmedAt + unconfirmedMaxMs, confirming, clock))) {
        onNews('lost');
        isLost = true;
      }
      const isConfirmed = await confirming;
      if (isConfirmed) confirmedAt = clock.monotonic();
      if (isConfirmed === isLost) {
        if (isLost) onNews('regained');
        else if (clock.monotonic() - confirmedAt < unconfirmedMaxMs) continue;
        else onNews('lost');
        isLost = !isLost;
      }
    }
  })();
  return {
    release: async () => {
      stop.abort();
      await keeping;
      await presence.withdraw(own);
    },
  };
}

/** No answer is none: whoever else claims does not wait for it either. */
async function isSettledBy(endMs: number, answer: Promise<boolean>, clock: Clock): Promise<boolean> {
  const settled = new AbortController();
  const late = clock.sleep(Math.max(0, endMs - clock.monotonic()), settled.signal).then(() => false);
  const isInTime = await Promise.race([answer.then(() => true), late]);
  settled.abort();
  return isInTime;
}

async function confirm(options: ClaimOptions, own: OwnInstance): Promise<boolean> {
  const { presence } = options;
  const answer = await presence.beat(own);
  if (!answer.ok) return false;
  if (answer.value === 'known') return true;
  // Whoever claims asks every node; for a holder, one that died in the meantime need not be asked.
  const read = await readClaims(options, Math.floor(options.nodes.length / 2) + 1);
  if (!read.ok || rivalOf(claimFor(options, 'holding'), read.claims) !== undefined) return false;
  return (await presence.announce(own)).ok;
}
