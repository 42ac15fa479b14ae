import { join } from 'node:path';
import type { CallPurpose, Failure } from '../../core/event/failure.ts';
import { filledCall } from '../../core/command/command-environment.ts';
import { type Call, callText } from '../../core/plan/plan.ts';
import { nodesOf } from '../../core/rollout/rollout.ts';
import { isOurs } from '../../core/rollout/target-state.ts';
import { setAllEnabled } from '../registry/set-enabled.ts';
import type { Wish } from '../registry/write-once.ts';
import { environmentOf } from './commands/command-environment.ts';
import type { Context } from '../context/context.ts';
import { createDeadline } from '../context/deadline.ts';
import { awaitTold } from '../registry/await-told.ts';
import {
  isBackEverywhere,
  mayHaveMoved,
  isShownEverywhere,
  noteSeen,
  notReadBack,
  recordReadBack,
} from '../registry/read-back.ts';
import { readCounted } from '../context/context.ts';

/** How long an application may take to leave, or to register again. */
const withinMs = 30_000;
/** Lists show that somebody left after a second (src/nacos/README.md, Memory): what is listed for longer is there. */
const steadyMs = 2000;
const pollMs = 500;

/** Asks the application to leave, and sees that no node lists it as on or gives it to consumers. */
export async function leave(
  context: Context,
  name: string,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const call = context.target(name).leave?.call;
  if (call === undefined) return undefined;
  return (await callOut(context, name, 'leave', call, signal)) ?? (await awaitLeft(context, name, signal));
}

/** Brings back what is off because of us, or is to be put on though it is not: first by itself, where it was asked to leave, then on every node. */
export async function bringBack(
  context: Context,
  name: string,
  purpose: 'enable' | 'restore',
  signal: AbortSignal,
  parts: ReadonlyMap<number, Wish['part']> = new Map(),
): Promise<Failure | undefined> {
  const { back } = context.target(name);
  if (context.state(name).hasLeft) {
    const why =
      (back && (await callOut(context, name, 'back', back, signal))) ??
      (await awaitRegistered(context, name, signal));
    if (why !== undefined || signal.aborted) return why;
  }
  const { registrations } = context.target(name);
  const { course } = context.state(name);
  const touched = [...context.state(name).registrations.entries()]
    // What somebody else took off only where a person was asked.
    .filter(([, state]) => isOurs(state) || (course === 'put-on' && state.isTakenOff === true))
    // It is as it was before: off since an earlier rollout.
    .filter(([index]) => purpose !== 'restore' || registrations[index]?.left === undefined);
  const wishes = touched.reverse().map(
    ([registration]): Wish => ({
      target: name,
      registration,
      enabled: true,
      purpose,
      part: parts.get(registration),
    }),
  );
  return setAllEnabled(context, wishes, signal);
}

/** The intent is on disk before the call. It may be sent again after a crash: to leave twice is to leave. */
async function callOut(
  context: Context,
  name: string,
  purpose: CallPurpose,
  call: Call,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const { clock } = context.world;
  const target = context.target(name);
  const filled = filledCall(call, target);
  context.record({ type: 'call-began', target: name, purpose, call: callText(filled) });
  const { seq } = context.rollout();
  const began = clock.monotonic();
  const reading = await context.world.call(
    {
      purpose,
      call: filled,
      registrations: target.registrations.filter((one) => one.wasEnabled),
      place: {
        directory: join(context.directory, 'call', String(seq)),
        workingDirectory: context.rollout().planned.workingDirectory,
        environment: environmentOf(context, name, purpose, 1),
      },
    },
    signal,
  );
  if (signal.aborted) return undefined;
  const ms = Math.round(clock.monotonic() - began);
  context.record({ type: 'call-ended', target: name, purpose, ms, reading });
  return reading.kind === 'good' ? undefined : { kind: 'call', purpose, reading, call: callText(filled) };
}

async function awaitLeft(context: Context, name: string, signal: AbortSignal): Promise<Failure | undefined> {
  const { clock } = context.world;
  const began = clock.monotonic();
  const patience = createDeadline(context, withinMs);
  const all = [...context.target(name).registrations.entries()].filter(([, one]) => one.wasEnabled);
  const seen = new Map(all.map(([index]) => [index, new Map<string, number>()]));
  for (;;) {
    const readings = await readCounted(
      context,
      all.map(([, one]) => one),
      signal,
    );
    if (signal.aborted) return undefined;
    const nodes = nodesOf(context.rollout());
    for (const [index, one] of all)
      noteSeen(seen.get(index) ?? new Map(), readings, one, false, clock.monotonic() - began);
    const shown = all.find(([, one]) => !isShownEverywhere(readings, one, nodes, false));
    if (shown === undefined) break;
    if (patience.isOver()) return notReadBack(readings, shown[1], false, nodes, withinMs);
    await clock.sleep(pollMs, signal);
  }
  const wish = { enabled: false, sinceMs: began, mayWait: true };
  const tolds = await Promise.all(all.map(([, one]) => awaitTold(context, one, wish, signal)));
  if (signal.aborted) return undefined;
  for (const [at, [registration]] of all.entries()) {
    const about = { target: name, registration, enabled: false };
    recordReadBack(context, about, seen.get(registration) ?? new Map(), tolds[at]);
  }
  return undefined;
}

/** An enable of what is not registered only leaves a mark: it must be there first. */
async function awaitRegistered(
  context: Context,
  name: string,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const { clock } = context.world;
  const patience = createDeadline(context, withinMs);
  const { registrations: states } = context.state(name);
  const ours = context
    .target(name)
    .registrations.filter((one, index) => one.wasEnabled && states[index]?.isDropped !== true);
  let sinceMs: number | undefined;
  for (;;) {
    // A slow answer shows what was so when it was asked for.
    const askedMs = clock.monotonic();
    const readings = await readCounted(context, ours, signal);
    const nodes = nodesOf(context.rollout());
    const isThere = ours.every((one) =>
      isBackEverywhere(readings, one, nodes, mayHaveMoved(context, name, one)),
    );
    sinceMs = isThere ? (sinceMs ?? clock.monotonic()) : undefined;
    if (signal.aborted || (sinceMs !== undefined && askedMs - sinceMs >= steadyMs)) return undefined;
    if (patience.isOver()) return { kind: 'check', reading: { kind: 'not-registered' }, afterMs: withinMs };
    await clock.sleep(pollMs, signal);
  }
}
