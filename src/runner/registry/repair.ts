import type { Failure, Reading } from '../../core/event/failure.ts';
import { isDeployOpen, isHalfDeployed } from '../../core/report/left-off.ts';
import { unreadOf } from '../../core/registry/listed.ts';
import { exitCodes } from '../../core/rollout/outcome.ts';
import { type Registration, type Target, mainRegistration } from '../../core/plan/plan.ts';
import { takenOffBySomebody } from '../../core/rollout/guard.ts';
import { type Rollout, nodesOf, leftByUs, targetOf } from '../../core/rollout/rollout.ts';
import { type TargetResult, type TargetState, isOff, isOurs } from '../../core/rollout/target-state.ts';
import type { World } from '../../world/world.ts';
import { setAllEnabled } from './set-enabled.ts';
import type { Wish } from './write-once.ts';
import { createContext } from '../context/context.ts';
import type { Journal } from '../store/journal.ts';
import { journaledRollout } from '../store/journaled-rollout.ts';
import { endpointText, isNamed, isSameEndpoint } from '../../core/registry/service.ts';
import { shortName } from '../../core/registry/service-name.ts';
import { readCounted } from '../context/context.ts';
import { unreadAt, viewsOf } from '../context/node-views.ts';
import { isAbsentEverywhere } from './read-back.ts';

/** What became of one target that a rollout had left off; `only`: what of it was off, where its own address was not. */
export type Repaired = { readonly target: string; readonly only?: readonly string[] } & (
  | { readonly kind: 'put-on' }
  /** It was on, and has all of its weight again. */
  | { readonly kind: 'given-back' }
  /** A deploy command was begun on it and did not end well, or nobody knows how (`isOpen`): a person looks at it first. */
  | { readonly kind: 'half-deployed'; readonly isOpen: boolean }
  | { readonly kind: 'not-registered' }
  /** It is gone for good: no mark of ours waits for who comes next, and nobody waits for it. */
  | { readonly kind: 'forgotten' }
  /** Said to be gone, and listed by a server node, or a node did not answer. */
  | { readonly kind: 'still-there' }
  | { readonly kind: 'not-well'; readonly reading: Reading }
  | { readonly kind: 'failed'; readonly why: Failure }
);

/** What a person decided. */
export type RepairOrder = {
  /** What is registered and well is put on. */
  readonly isPuttingOn: boolean;
  /** `ip:port` of what is gone for good, deployed or not. */
  readonly gone: readonly string[];
};

/** One registration, by its place in its target. */
export type Place = { readonly target: string; readonly index: number };

export type RepairWish = RepairOrder & {
  /** What of it is meant: a later rollout may have the rest. Absent: all that it left. */
  readonly named?: readonly Place[];
  /** What later rollouts have: its marks in this journal keep the rollout from ending no more. */
  readonly takenOver?: readonly Place[];
};

export type Repair = {
  readonly mended: readonly Repaired[];
  /** The rollout has ended with that and cannot be carried on: what became of the targets that were not through. */
  readonly closed?: readonly { readonly target: string; readonly result: TargetResult }[];
};

export type RepairOptions = {
  readonly world: World;
  readonly journal: Pick<Journal, 'append'>;
  readonly rollout: Rollout;
  readonly directory: string;
  readonly by: string;
} & RepairWish;

/**
 * Puts on what a rollout without a runner left off, where it is registered and well, and writes it into its journal.
 * When nothing is left off any more, the rollout ends.
 */
export async function repairRollout(options: RepairOptions): Promise<Repair> {
  const { world, journal, directory, by, isPuttingOn, gone, named, takenOver = [] } = options;
  const { rollout, record } = journaledRollout(journal, options.rollout, world.clock);
  const context = createContext({ world, directory, record, rollout, listeners: new Set() });
  const mended: Repaired[] = [];
  for (const target of options.rollout.targets) {
    const meant = meantOf(target, named);
    if (meant.length === 0) continue;
    const isGone = targetOf(rollout(), target.name).registrations.some((one) =>
      gone.some((name) => isNamed(one, name)),
    );
    const only = onlyOf(targetOf(rollout(), target.name), meant);
    if (isGone) mended.push({ ...(await forget(context, target.name, meant, by)), ...only });
    if (isGone || !isPuttingOn) continue;
    const obstacle = await obstacleOf(context, target, meant);
    mended.push({ ...(obstacle ?? (await putOn(context, target.name, meant, by))), ...only });
  }
  const after = rollout();
  const left = leftByUs(after).filter(
    ({ target, registration }) => !isAmong(takenOver, target.name, registration),
  );
  // Its next runner takes back what keeping out left where a target was before.
  const isMarked = after.targets.some(({ former }) => former.length > 0);
  if (left.length > 0 || isMarked || after.ended !== undefined) return { mended };
  if (after.abort === undefined) record({ type: 'abort-asked', how: 'leave', by, via: 'doctor' });
  record({ type: 'rollout-ended', outcome: 'aborted', exitCode: exitCodes.failed });
  // A command for one instance was through when it had written.
  return after.planned.command === undefined || mended.length === 0
    ? { mended, closed: notThrough(rollout()) }
    : { mended };
}

function isAmong(places: readonly Place[], name: string, at: number): boolean {
  return places.some(({ target, index }) => target === name && index === at);
}

/** Places of what is ours and meant. */
function meantOf({ name, registrations }: TargetState, named: RepairWish['named']): readonly number[] {
  const isNamedAt = (at: number): boolean => named === undefined || isAmong(named, name, at);
  return [...registrations.entries()].flatMap(([at, state]) => (isOurs(state) && isNamedAt(at) ? [at] : []));
}

/** A target bears the address of its main registration: where that is not meant, what is has names of its own. */
function onlyOf(target: Target, meant: readonly number[]): Pick<Repaired, 'only'> {
  const ours = target.registrations.filter((_, index) => meant.includes(index));
  return ours.includes(mainRegistration(target))
    ? {}
    : { only: ours.map((one) => `${shortName(one)} ${endpointText(one)}`) };
}

function notThrough({ targets }: Rollout): NonNullable<Repair['closed']> {
  return targets.flatMap(({ name: target, result }) =>
    result === undefined || result === 'done' ? [] : [{ target, result }],
  );
}

type Context = ReturnType<typeof createContext>;

/** Whether any of what is meant may be off. */
function isAnyOff({ registrations }: TargetState, meant: readonly number[]): boolean {
  return registrations.some((state, index) => isOff(state) && meant.includes(index));
}

async function obstacleOf(
  context: Context,
  target: TargetState,
  meant: readonly number[],
): Promise<Repaired | undefined> {
  const { name } = target;
  if (isHalfDeployed(target)) return { target: name, kind: 'half-deployed', isOpen: isDeployOpen(target) };
  // With less weight than it had: what we took of it we give back, well or not.
  const isOn = !isAnyOff(target, meant);
  const planned = targetOf(context.rollout(), name);
  const readings = await readCounted(context, planned.registrations, new AbortController().signal);
  const nodes = nodesOf(context.rollout());
  const isMissed = (one: Registration, index: number): boolean =>
    target.registrations[index]?.isDropped !== true || !isAbsentEverywhere(readings, one, nodes);
  for (const registration of planned.registrations.filter(isMissed)) {
    const views = viewsOf(readings, registration);
    const record = views.map((view) => unreadAt(view, registration)).find((one) => one !== undefined);
    if (record !== undefined)
      return { target: name, kind: 'not-well', reading: { kind: 'unreadable', ...unreadOf(record) } };
    const listed = views.map(({ instances }) => instances.filter((one) => isSameEndpoint(one, registration)));
    if (listed.length === 0 || listed.some(({ length }) => length === 0))
      return { target: name, kind: 'not-registered' };
    // Somebody else took it off.
    const isMeant = meant.includes(planned.registrations.indexOf(registration));
    if (isOn && isMeant && registration.wasEnabled && listed.flat().every(({ enabled }) => !enabled))
      return {
        target: name,
        kind: 'failed',
        why: { kind: 'refused', refusals: [takenOffBySomebody(registration)] },
      };
    if (!isOn && listed.flat().some(({ healthy }) => !healthy))
      return { target: name, kind: 'not-well', reading: { kind: 'unhealthy' } };
  }
  if (isOn || planned.check.kind === 'registration') return undefined;
  const reading = await context.world.probe(
    planned.check,
    mainRegistration(planned),
    new AbortController().signal,
  );
  return reading.kind === 'good' ? undefined : { target: name, kind: 'not-well', reading };
}

/** Only where no server node lists any of it. To put on what is absent takes back its mark, and reads nothing back. */
async function forget(
  context: Context,
  name: string,
  meant: readonly number[],
  by: string,
): Promise<Repaired> {
  const { registrations } = targetOf(context.rollout(), name);
  const nodes = nodesOf(context.rollout());
  const readings = await readCounted(context, registrations, new AbortController().signal);
  if (!registrations.every((one) => isAbsentEverywhere(readings, one, nodes)))
    return { target: name, kind: 'still-there' };
  const put = await putOn(context, name, meant, by);
  return put.kind === 'failed' ? put : { target: name, kind: 'forgotten' };
}

/** As if a person had decided it: in the journal it is the decision, the enable, and its outcome. */
async function putOn(
  context: Context,
  name: string,
  meant: readonly number[],
  by: string,
): Promise<Repaired> {
  const { clock } = context.world;
  const began = clock.monotonic();
  const wasOff = isAnyOff(context.state(name), meant);
  context.record({ type: 'decided', target: name, decision: 'put-on', by, via: 'doctor' });
  const { attempt } = context.state(name).steps.enable;
  context.record({ type: 'enable-began', target: name, attempt });
  const { signal } = new AbortController();
  const wishes = meant
    .toReversed()
    .map((registration): Wish => ({ target: name, registration, enabled: true, purpose: 'enable' }));
  const why = await setAllEnabled(context, wishes, signal);
  if (why !== undefined) {
    const ms = Math.round(clock.monotonic() - began);
    context.record({ type: 'step-failed', target: name, step: 'enable', attempt, ms, why });
    return { target: name, kind: 'failed', why };
  }
  const ms = Math.round(clock.monotonic() - began);
  context.record({ type: 'enabled', target: name, attempt, ms });
  return { target: name, kind: wasOff ? 'put-on' : 'given-back' };
}
