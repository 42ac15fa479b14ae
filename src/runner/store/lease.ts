import {
  type LeaseClaim,
  type LeaseStage,
  claimMetadata,
  behindOf,
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

/** Where not every member can be asked: more than four times what three members needed to agree (src/nacos/README.md, Registering). */
const agreeMs = 5000;
/** No list shows a new registration sooner than this. */
const firstLookMs = 500;
const seekEveryMs = 200;
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
  /** `ms`: how long it took. */
  | { readonly kind: 'held'; readonly lease: Lease; readonly ms: number }
  | { readonly kind: 'locked'; readonly rival: LeaseClaim }
  /** It cannot be registered here: the rollout goes on with a warning, guarded on this machine only. */
  | { readonly kind: 'unavailable'; readonly error: RegistryError };

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

/**
 * Claims the services of a plan on the registry itself, so that two rollouts on two machines cannot meet: look,
 * register as claiming, wait until every node lists that, then hold. Of two claims a node lists one first, and whoever
 * finds its own there finds the other one too: so at least one of both sees the other. It gives way to a smaller id, and
 * waits for what becomes of a larger one, which may not have seen it. No clocks are compared.
 */
export async function claimLease(options: ClaimOptions): Promise<Claimed> {
  const { clock, presence } = options;
  const beganMs = clock.monotonic();
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
  const seen = await seekRivals(options, claim);
  if (!seen.ok || seen.rival !== undefined) await presence.withdraw(ownInstance(options, claim));
  if (!seen.ok) return { kind: 'unavailable', error: seen.error };
  if (seen.rival !== undefined) return { kind: 'locked', rival: seen.rival };
  const own = ownInstance(options, claimFor(options, 'holding'));
  const held = await presence.announce(own);
  if (!held.ok) return { kind: 'unavailable', error: held.error };
  const ms = Math.round(clock.monotonic() - beganMs);
  return { kind: 'held', lease: keepLease(options, own), ms };
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

type Sought =
  | { readonly ok: true; readonly rival: LeaseClaim | undefined }
  | { readonly ok: false; readonly error: RegistryError };

/** Who stands in the way of a claim that was announced just now; it is kept alive while that is not known. */
async function seekRivals(options: ClaimOptions, claim: LeaseClaim): Promise<Sought> {
  const { clock, presence } = options;
  const announcedMs = clock.monotonic();
  let confirmedMs = announcedMs;
  let wasBehind = false;
  const isWhole = await isEveryMemberAsked(options);
  await clock.sleep(isWhole ? firstLookMs : agreeMs);
  for (;;) {
    if (clock.monotonic() - confirmedMs >= beatEveryMs) {
      const kept = await presence.announce(ownInstance(options, claim));
      if (!kept.ok) return kept;
      confirmedMs = clock.monotonic();
    }
    const read = await readClaims(options);
    if (!read.ok) return read;
    const passedMs = clock.monotonic() - announcedMs;
    const rival = rivalOf(claim, read.claims);
    const isShown = read.byNode.every((listed) => listed.some(({ id }) => id === claim.id));
    const behind = behindOf(claim, read.claims);
    const isOverdue = behind !== undefined && passedMs >= outlivedMs;
    if (rival !== undefined || isOverdue) return { ok: true, rival: rival ?? behind };
    // What was missing in one list may be on its way from one word to another.
    const isFree = behind === undefined && !wasBehind && (isShown || passedMs >= agreeMs);
    // A claim that was not confirmed for so long may have ended meanwhile.
    if (isFree && clock.monotonic() - confirmedMs < unconfirmedMaxMs) return { ok: true, rival: undefined };
    wasBehind = behind !== undefined;
    await clock.sleep(seekEveryMs);
  }
}

/** Whether no member of the cluster is left out: else somebody else may ask only those, and none that we ask. */
async function isEveryMemberAsked({ registry, nodes }: ClaimOptions): Promise<boolean> {
  const answer = await registry.nodes();
  if (!answer.ok || answer.value.isAssumed === true || answer.value.unreadable.length > 0) return false;
  const hosts = nodes.map((node) => (URL.canParse(node) ? new URL(node).host : node));
  const members = answer.value.items.map(({ address }) => address);
  // Whatever the address of a single one is: it leads nowhere else.
  return members.length === 1 || members.every((member) => hosts.includes(member));
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
