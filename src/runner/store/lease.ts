import { type LeaseClaim, behindOf, rivalOf } from '../../core/registry/lease.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import {
  type ClaimOptions,
  claimFor,
  ownInstance,
  type ReadClaims,
  readClaims,
  isEveryMemberAsked,
} from './lease-claims.ts';
import { beatEveryMs, unconfirmedMaxMs, type Lease, keepLease } from './keep-lease.ts';

/** Where not every member can be asked: more than four times what three members needed to agree (src/nacos/README.md, Registering). */
const agreeMs = 5000;

/** No list shows a new registration sooner than this. */
const firstLookMs = 500;

const seekEveryMs = 200;

/** A lease that its holder gave back a moment ago is listed for up to 1.1 s on three members (src/nacos/README.md, Registering). */
export const givenBackMs = 2000;

/** A registration ends 31 s after its last beat (src/nacos/README.md, Registering): what is listed for longer is kept alive. */
const outlivedMs = 40_000;

const lookAgainMs = 2000;

export type Claimed =
  /** `ms`: how long it took. */
  | { readonly kind: 'held'; readonly lease: Lease; readonly ms: number }
  | { readonly kind: 'locked'; readonly rival: LeaseClaim }
  /** It cannot be registered here: the rollout goes on with a warning, guarded on this machine only. */
  | { readonly kind: 'unavailable'; readonly error: RegistryError };

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
