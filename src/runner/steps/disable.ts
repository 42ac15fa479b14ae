import { hookOf } from '../../core/hooks/hook-step.ts';
import type { Failure, Refusal } from '../../core/event/failure.ts';
import { isAhead } from '../../core/rollout/ahead.ts';
import { offForSome } from '../../core/rollout/came-on.ts';
import { type GuardVerdict, guardTarget } from '../../core/rollout/guard.ts';
import { type ServiceView } from '../../core/rollout/service-view.ts';
import type { Registration } from '../../core/plan/plan.ts';
import { nodesOf } from '../../core/rollout/rollout.ts';
import { companionsCame } from '../registry/companions-came.ts';
import { takenOffBy } from '../registry/other-hands.ts';
import { setAllEnabled } from '../registry/set-enabled.ts';
import type { Wish } from '../registry/write-once.ts';
import { askDropped } from './await-registry.ts';
import { bringBack, leave } from './leave-and-return.ts';
import type { Context } from '../context/context.ts';
import { createDeadline } from '../context/deadline.ts';
import { mayPass } from '../registry/read-back.ts';
import { type GuardViews, guardViews, readThresholds } from '../context/guard-views.ts';
import { readCounted } from '../context/context.ts';
import { deployOrder } from './deploy.ts';
import { hookOrder } from './commands/hook.ts';

const countEveryMs = 1000;
const countWithinMs = 30_000;
/** How seldom at most it is counted whether there is room for one that goes ahead. */
const roomEveryMs = 5000;

/** Takes a target's registrations off, all or none, if the guard lets us; ahead of its turn once it does. */
export async function disable(
  context: Context,
  name: string,
  attempt: number,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = context.world;
  const isBegun = await beganAhead(context, name, attempt, signal);
  if (signal.aborted) return;
  const began = clock.monotonic();
  if (!isBegun) context.record({ type: 'disable-began', target: name, attempt });
  const why =
    (isBegun ? undefined : (unstartable(context, name) ?? (await guarded(context, name, signal)))) ??
    (await takeOff(context, name, signal));
  if (signal.aborted) return;
  const ms = Math.round(clock.monotonic() - began);
  if (why === undefined) context.record({ type: 'disabled', target: name, attempt, ms });
  else context.record({ type: 'step-failed', target: name, step: 'disable', attempt, ms, why });
}

/**
 * Waits for as long as it would go ahead of its turn: until every list that a consumer may hold leaves room for it, or
 * its turn has come and it is counted as any other. What speaks against it is told when it is its turn.
 */
async function beganAhead(
  context: Context,
  name: string,
  attempt: number,
  signal: AbortSignal,
): Promise<boolean> {
  const { clock } = context.world;
  const isEarly = (): boolean => !signal.aborted && isAhead(context.rollout(), context.state(name));
  while (isEarly()) {
    const isReady =
      unstartable(context, name) === undefined && (await companionsCame(context, name, signal)) === undefined;
    const counted = isReady && isEarly() ? await count(context, name) : undefined;
    if (!isEarly()) return false;
    const verdict = counted?.ok === true ? verdictOn(context, name, counted.views) : undefined;
    if (verdict?.kind === 'go') {
      // At once: whoever else goes ahead counts it as off from now on.
      context.record({ type: 'disable-began', target: name, attempt, isAhead: true });
      tell(context, name, verdict);
      return true;
    }
    const nowMs = clock.monotonic();
    const { nextMs } = offForSome(context.rollout(), name, context.cameOn(), nowMs);
    const dueMs = nowMs + Math.min(Math.max(nextMs, countEveryMs), roomEveryMs);
    while (isEarly() && clock.monotonic() < dueMs)
      await context.sleepOrEvent(dueMs - clock.monotonic(), signal);
  }
  return false;
}

/**
 * What the review tried may be different by now: the directory is gone, or another environment carries on. Nobody goes
 * off for a command that cannot be started.
 */
function unstartable(context: Context, name: string): Failure | undefined {
  const { commands } = context.world;
  const { steps } = context.state(name);
  const detail = commands.obstacle(deployOrder(context, name, steps.deploy.attempt));
  if (detail !== undefined) return { kind: 'command', result: { kind: 'not-started', detail } };
  if (hookOf(context.target(name), 'after-disable') === undefined) return undefined;
  const hooked = commands.obstacle(hookOrder(context, 'after-disable', name, steps['after-disable'].attempt));
  return hooked === undefined ? undefined : { kind: 'hook', result: { kind: 'not-started', detail: hooked } };
}

/** Counts again just now; what the review counted may be an hour old. */
async function guarded(context: Context, name: string, signal: AbortSignal): Promise<Failure | undefined> {
  const came = await companionsCame(context, name, signal);
  if (came !== undefined) return came;
  // One that answers again is counted on too.
  await askDropped(context, signal);
  const counted = await countOn(context, name, signal);
  if (!counted.ok) return { kind: 'registry', error: counted.error };
  // Nobody wants it any more: it must not count as going off.
  if (signal.aborted) return undefined;
  return judge(context, name, counted.views, true);
}

function judge(
  context: Context,
  name: string,
  views: readonly ServiceView[],
  isNews: boolean,
): Failure | undefined {
  const verdict = verdictOn(context, name, views);
  if (verdict.kind === 'refused' || isNews) tell(context, name, verdict);
  if (verdict.kind === 'go') return undefined;
  return { kind: 'refused', refusals: verdict.refusals.map((one) => named(context, name, one)) };
}

/** With who took it off, where that is known. */
function named(context: Context, name: string, refusal: Refusal): Refusal {
  if (refusal.kind !== 'taken-off' || refusal.registration === undefined) return refusal;
  const registration = context.target(name).registrations[refusal.registration];
  const takenOff = registration && takenOffBy(context, registration);
  return { ...refusal, ...(takenOff && { takenOff }) };
}

/** Who goes ahead of its turn leaves the minimum in every list that a consumer may hold, the old ones too. */
function verdictOn(context: Context, name: string, views: readonly ServiceView[]): GuardVerdict {
  const { world, cameOn, state } = context;
  const rollout = context.rollout();
  const off = isAhead(rollout, state(name))
    ? offForSome(rollout, name, cameOn(), world.clock.monotonic()).names
    : [];
  return guardTarget(rollout, name, views, off);
}

function tell(context: Context, name: string, { kind, forecast }: GuardVerdict): void {
  const isGo = kind === 'go';
  // Nothing to say of what was off before us.
  if (!isGo || forecast.length > 0)
    context.record({ type: 'forecast', target: name, isGo, services: [...forecast] });
}

/** Before a write is sent that nothing speaks for yet, or once more: what spoke for it may be half a minute old. */
export async function recounted(context: Context, name: string): Promise<Failure | 'go' | 'unknown'> {
  const counted = await count(context, name);
  return counted.ok ? (judge(context, name, counted.views, false) ?? 'go') : 'unknown';
}

/** Every node that counts is asked; one that is silent may be back in a moment, or be dropped. */
async function countOn(context: Context, name: string, signal: AbortSignal): Promise<GuardViews> {
  const { clock } = context.world;
  const patience = createDeadline(context, countWithinMs);
  for (;;) {
    const counted = await count(context, name);
    if (counted.ok || signal.aborted || !mayPass(counted.error) || patience.isOver()) return counted;
    await clock.sleep(countEveryMs, signal);
  }
}

async function count(context: Context, name: string): Promise<GuardViews> {
  const { registrations } = context.target(name);
  // In this order what is asked of a service itself tells for its lists, too.
  const thresholds = await readThresholds(context.world.registry, nodesOf(context.rollout()), registrations);
  return guardViews(await readCounted(context, registrations), thresholds);
}

/** All at once: between two of them, half a process would be called. What went off, or may have, comes back if not all do. */
async function takeOff(context: Context, name: string, signal: AbortSignal): Promise<Failure | undefined> {
  const target = context.target(name);
  const on = [...target.registrations.entries()].filter(([, one]) => one.wasEnabled);
  const failure =
    (target.leave?.isInstead === true ? undefined : await writeOff(context, name, on, signal)) ??
    (on.length === 0 || signal.aborted ? undefined : await leave(context, name, signal));
  if (failure !== undefined && !signal.aborted) await bringBack(context, name, 'restore', signal);
  return failure;
}

async function writeOff(
  context: Context,
  name: string,
  registrations: readonly (readonly [number, Registration])[],
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const wishes = registrations.map(
    ([registration]): Wish => ({
      target: name,
      registration,
      enabled: false,
      purpose: 'disable',
      recount: () => recounted(context, name),
    }),
  );
  return setAllEnabled(context, wishes, signal);
}
