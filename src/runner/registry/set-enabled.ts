import type { Failure } from '../../core/event/failure.ts';
import type { Registration } from '../../core/plan/plan.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import { nodesOf } from '../../core/rollout/rollout.ts';
import { type RegistrationState, comesOnChecked } from '../../core/rollout/target-state.ts';
import type { WriteOutcome } from '../../world/registry.ts';
import type { Context } from '../context/context.ts';
import { createDeadline } from '../context/deadline.ts';
import {
  isAbsentEverywhere,
  isBackEverywhere,
  mayHaveMoved,
  isMissing,
  isShownEverywhere,
  mayPass,
  noteSeen,
  notReadBack,
  recordReadBack,
} from './read-back.ts';
import { openLooks } from '../context/looks.ts';
import { awaitTold } from './await-told.ts';
import {
  type Circumstances,
  type Wish,
  placesToWrite,
  registrationAt,
  weightAimed,
  writeAll,
} from './write-once.ts';
import { type Look, type Sent, nextMove } from './next-move.ts';
import { noteSpelling } from './respell.ts';
import { type NodeReading, recordsToWrite, viewsOf, weightShown } from '../context/node-views.ts';
import { awaitLateWrite, settlesAfterMs } from './late-writes.ts';
import { mayWrite } from './may-write.ts';
import { heedOthers } from './other-hands.ts';

/** How long a write may take to be accepted and shown by every node: a new Raft leader needs about 8 s. */
const deadlineMs = 30_000;
/** What was counted longer ago is counted again before anything is written. */
const freshMs = 2000;
/**
 * Brings one registration to `enabled`, and reads it back on every node until it shows there and consumers are told.
 * Returns why not, when it could not be done before the deadline.
 */
export async function setEnabled(
  context: Context,
  wish: Wish,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const registration = registrationAt(context, wish.target, wish.registration);
  const askedMs = context.world.clock.monotonic();
  const outcome = await context.exclusive(registration, () =>
    setEnabledNow(context, wish, registration, askedMs, signal),
  );
  return outcome === 'moved' ? setEnabled(context, wish, signal) : outcome;
}

/** The same of several, all at once: between two of them half a process would be called. The first failure in their order. */
export async function setAllEnabled(
  context: Context,
  wishes: readonly Wish[],
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const failures = await Promise.all(wishes.map((wish) => setEnabled(context, wish, signal)));
  return failures.find((one) => one !== undefined);
}

/** `moved`: its process came back under another address, and nothing is left to be done at this one. */
async function setEnabledNow(
  context: Context,
  wish: Wish,
  registration: Registration,
  askedMs: number,
  signal: AbortSignal,
): Promise<Failure | 'moved' | undefined> {
  const { target: targetName, registration: index, enabled, purpose } = wish;
  const { clock } = context.world;
  const hasMoved = (): boolean => registrationAt(context, targetName, index) !== registration;
  if (hasMoved()) return 'moved';
  const before = context.state(targetName).registrations[index];
  // A disable that had its turn first read it back as off: what shows as on since then is another exposure.
  if (purpose === 'keep-out' && before?.isExposed !== true) return undefined;
  await awaitLateWrite(clock, before, enabled, signal);
  const circumstances = await circumstancesOf(context, before, enabled);
  const looks = openLooks(context, registration, { ...wish, mayRemember: circumstances.mayRemember });
  const deadline = createDeadline(context, deadlineMs);
  const firstSeen = new Map<string, number>();
  const writtenTo = new Set<string>();
  let aim = wish;
  let sent: Sent | undefined;
  let doubtUntilMs = Number.NEGATIVE_INFINITY;
  let failure = whyNotShown(context, aim, registration, []);
  while (!signal.aborted && !deadline.isOver()) {
    const readings = await looks.look();
    if (signal.aborted) break;
    if (hasMoved() || noteSpelling(context, targetName, index, readings)) return 'moved';
    // A slow answer shows what was so when it was asked for.
    const heeded = heedOthers(context, aim, readings, looks.askedMs() < doubtUntilMs);
    if (heeded.kind === 'over') return heeded.why;
    aim = heeded.wish;
    const weight = weightAimed(context, aim);
    if (sent !== undefined)
      noteSeen(firstSeen, readings, registration, enabled, clock.monotonic() - sent.atMs, weight);
    const isTheirs = heeded.kind === 'wait';
    const look = { ...lookAt(context, aim, registration, readings, writtenTo), isTheirs };
    switch (nextMove({ enabled, isOurs: before?.mark !== 'untouched' }, sent, look, clock.monotonic())) {
      case 'give-up':
        return failure;
      case 'done':
        await confirm(context, aim, readings, firstSeen, sent?.atMs, signal);
        return undefined;
      case 'wait':
        if (sent?.outcome !== 'refused') failure = whyNotShown(context, aim, registration, readings);
        await looks.wait(sent?.atMs, signal);
        break;
      case 'write': {
        const isFresh = sent === undefined && clock.monotonic() - askedMs < freshMs;
        const verdict = await mayWrite(aim, readings, registration, isFresh);
        if (typeof verdict !== 'string') return verdict;
        if (signal.aborted) break;
        if (hasMoved()) return 'moved';
        const places = placesToWrite(readings, registration, { ...circumstances, weight });
        // Who does not show now gets no part of anything.
        if (verdict === 'unknown' || (aim.part !== undefined && places[0] === undefined)) {
          await looks.wait(sent?.atMs, signal);
          break;
        }
        const outcome = await writeAll(context, aim, places, signal);
        for (const place of places) writtenTo.add(place?.cluster ?? registration.cluster);
        doubtUntilMs = Math.max(doubtUntilMs, clock.monotonic() + settlesAfterMs[outcome.kind]);
        sent = sentOf(outcome, clock.monotonic(), look.isAway);
        if (outcome.kind !== 'accepted') failure = whyNotAccepted(outcome.error, sent, look);
        if (isFinal(outcome)) return failure;
        await looks.wait(sent.atMs, signal);
      }
    }
  }
  return failure;
}

async function circumstancesOf(
  { world }: Context,
  before: RegistrationState | undefined,
  enabled: boolean,
): Promise<Omit<Circumstances, 'weight'>> {
  const server = await world.registry.server();
  const mayRemember = server.ok && server.value.traits.mayMarkAbsent;
  const isProvenOff = before?.mark === 'off' && !before.isExposed;
  return { enabled, isProvenOff, mayRemember };
}

function isFinal(outcome: WriteOutcome): boolean {
  return outcome.kind === 'refused' && !isMissing(outcome.error) && !mayPass(outcome.error);
}

function lookAt(
  context: Context,
  wish: Wish,
  registration: Registration,
  readings: readonly NodeReading[],
  writtenTo: ReadonlySet<string>,
): Omit<Look, 'isTheirs'> {
  const nodes = nodesOf(context.rollout());
  return {
    isShown:
      isListedAsDue(context, wish, registration, readings) &&
      isShownEverywhere(readings, registration, nodes, wish.enabled, weightAimed(context, wish)),
    isAway: isAbsentEverywhere(readings, registration, nodes),
    mustBeListed: mustBeListed(context, wish),
    hasAnswer: viewsOf(readings, registration).length > 0,
    hasUnwritten: recordsToWrite(readings, registration, wish.enabled).some(
      (one) => one.enabled !== wish.enabled && !writtenTo.has(one.cluster),
    ),
  };
}

/** Asked to leave, it is away by our doing; well when it was checked, and away since, it serves nobody. */
function mustBeListed(context: Context, { target, registration, enabled, purpose }: Wish): boolean {
  const state = context.state(target);
  const isDropped = state.registrations[registration]?.isDropped === true;
  return enabled && !isDropped && (state.hasLeft || (purpose !== 'restore' && comesOnChecked(state)));
}

function isListedAsDue(
  context: Context,
  wish: Wish,
  registration: Registration,
  readings: readonly NodeReading[],
): boolean {
  if (!mustBeListed(context, wish)) return true;
  // The check takes what is at its address for it, unless it was asked to leave.
  const mayBeElsewhere =
    !context.state(wish.target).hasLeft || mayHaveMoved(context, wish.target, registration);
  return isBackEverywhere(readings, registration, nodesOf(context.rollout()), mayBeElsewhere);
}

const notRegistered: Failure = {
  kind: 'check',
  reading: { kind: 'not-registered' },
  afterMs: deadlineMs,
};

function whyNotAccepted(
  error: RegistryError,
  { isMissing: isGone }: Sent,
  look: Pick<Look, 'mustBeListed'>,
): Failure {
  return isGone && look.mustBeListed ? notRegistered : { kind: 'registry', error };
}

/** From the last look. */
function whyNotShown(
  context: Context,
  wish: Wish,
  registration: Registration,
  readings: readonly NodeReading[],
): Failure {
  const nodes = nodesOf(context.rollout());
  const hasAllAnswers = viewsOf(readings, registration).length === nodes.length;
  if (hasAllAnswers && !isListedAsDue(context, wish, registration, readings)) return notRegistered;
  return notReadBack(readings, registration, wish.enabled, nodes, deadlineMs, weightAimed(context, wish));
}

/** Where we wrote, with what consumers were told of it; an exposure is not lengthened by waiting for that. */
async function confirm(
  context: Context,
  wish: Wish,
  readings: readonly NodeReading[],
  firstSeen: ReadonlyMap<string, number>,
  sinceMs: number | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { target, registration, enabled, purpose } = wish;
  const mayWait = purpose !== 'keep-out';
  const at = registrationAt(context, target, registration);
  const weight = enabled ? weightShown(readings, at, nodesOf(context.rollout())) : undefined;
  const told =
    sinceMs === undefined ? undefined : await awaitTold(context, at, { enabled, sinceMs, mayWait }, signal);
  // Whoever was stopped meanwhile may have ended.
  if (signal.aborted) return;
  const about = { target, registration, enabled, ...(weight !== undefined && { weight }) };
  recordReadBack(context, about, firstSeen, told);
}

/** While a list still names it no mark is written, and one of ours may wait for it to come back. */
function sentOf(outcome: WriteOutcome, atMs: number, isAway: boolean): Sent {
  const isRefusedAsMissing = outcome.kind === 'refused' && isMissing(outcome.error);
  return { outcome: outcome.kind, atMs, isMissing: isRefusedAsMissing && isAway };
}
