/** What the journals of this machine say is off because of us (core/report/left-off), and what Nacos shows of it now. */
import { type LeftOff, leftOff } from '../core/report/left-off.ts';
import type { Event } from '../core/event/event.ts';
import { type Rollout, leftByUs, targetOf, targetState } from '../core/rollout/rollout.ts';
import type { TargetState } from '../core/rollout/target-state.ts';
import { answersFor } from '../core/rollout/warm-up.ts';
import { stampMs } from '../core/text/stamp.ts';
import { connectionKey, isSameNacos } from '../core/registry/same-nacos.ts';
import { instanceKey } from '../core/registry/service.ts';
import type { Connected, FacePorts, OpenRollout } from '../runner/ports/face-ports.ts';
import type { Watch } from '../world/registry.ts';
import type { ShownNow } from '../runner/ports/diagnosis.ts';
import { readNodes, shownBy, viewsOf } from '../runner/context/node-views.ts';
import { shownNow } from './diagnose-server.ts';

/** A write that timed out, or that a crash cut off, may be applied until then (src/nacos/README.md, Read-back). */
const lateWriteMs = 60_000;

/** One registration that a journal says is off because of a rollout. */
export type LeftBehind = { readonly left: LeftOff; readonly open: OpenRollout };

/** With what Nacos shows of it now: `unknown` where it could not be asked without a prompt. */
export type SeenBehind = LeftBehind & { readonly shown: ShownNow };

/** Everything that these rollouts left off by their journals, whether they ended or not. */
export async function everythingLeft(
  ports: Pick<FacePorts, 'launcher'>,
  rollouts: readonly OpenRollout[],
  all: readonly OpenRollout[],
): Promise<readonly LeftBehind[]> {
  return (await marksOf(ports, rollouts, all)).left;
}

export type Marks = {
  readonly left: readonly LeftBehind[];
  /** What a later rollout has written to since: of it nothing is to be mended. */
  readonly takenOver: readonly LeftBehind[];
};

/** Every mark in the journals of these rollouts, by whose it is now. */
export async function marksOf(
  ports: Pick<FacePorts, 'launcher'>,
  rollouts: readonly OpenRollout[],
  all: readonly OpenRollout[],
): Promise<Marks> {
  const left: LeftBehind[] = [];
  const takenOver: LeftBehind[] = [];
  for (const { id, rollout } of rollouts) {
    // Its journal is read once more only for what it tells of when and why.
    if (leftByUs(rollout).length === 0) continue;
    const read = await ports.launcher.read(id);
    if (!read.ok) continue;
    const { open, events } = read;
    for (const one of leftOff(open.rollout, events)) {
      const isOver = isTakenOver(one, { by: open.rollout, lastMs: lastWriteMs(events, one) }, all);
      (isOver ? takenOver : left).push({ left: one, open });
    }
  }
  return { left, takenOver };
}

/**
 * A later rollout wrote to it: what is so now is that one's doing. What its plan found on is no proof: that was read
 * before it was reviewed, and a person may have taken long.
 */
function isTakenOver(
  left: LeftOff,
  { by, lastMs }: { readonly by: Rollout; readonly lastMs: number },
  all: readonly OpenRollout[],
): boolean {
  const { isWriting = false, isUnsettled = false } =
    targetState(by, left.target).registrations[left.index] ?? {};
  const overMs = isWriting || isUnsettled ? lastMs + lateWriteMs : lastMs;
  return all.some(
    ({ rollout }) =>
      rollout.plannedAt > by.plannedAt &&
      by.planned.writtenAhead?.includes(rollout.id) !== true &&
      isSameNacos(rollout.planned.reached, by.planned.reached) &&
      rollout.targets.some((target) => isWrittenIn(rollout, target, left, overMs)),
  );
}

/** It names it itself, or Nacos has shown since then what it wrote; of a weight, all that was taken of it. */
function isWrittenIn(
  later: Rollout,
  target: TargetState,
  { registration, lowered }: LeftOff,
  overMs: number,
): boolean {
  const key = instanceKey(registration);
  const index = targetOf(later, target.name).registrations.findIndex(
    (one) => one.wasEnabled && instanceKey(one) === key,
  );
  const state = target.registrations[index];
  if (state === undefined) return false;
  const isSince = state.readBackAt !== undefined && stampMs(state.readBackAt) > overMs;
  return lowered === undefined ? state.mark !== 'untouched' || isSince : answersFor(state, lowered, isSince);
}

/** When its rollout last wrote to it. */
function lastWriteMs(events: readonly Event[], { target, index, since }: LeftOff): number {
  const last = events.findLast(
    (event) => event.type === 'write-began' && event.target === target && event.registration === index,
  );
  return stampMs(last?.at ?? since);
}

/** Asks each Nacos that something was left off at. Nobody is asked for a password. */
export async function lookAtLeft(
  ports: Pick<FacePorts, 'connect'>,
  everything: readonly LeftBehind[],
  watch: Watch | undefined,
  launcher?: Settler,
): Promise<readonly SeenBehind[]> {
  const reached = new Map<string, Connected | undefined>();
  for (const { open } of everything) {
    const spec = open.rollout.planned.reached;
    const key = connectionKey(spec);
    if (reached.has(key)) continue;
    const answer = await ports.connect(spec, undefined, watch);
    reached.set(key, answer.ok ? answer.value : undefined);
  }
  const seen = await Promise.all(
    everything.map((one) => lookAt(one, reached.get(connectionKey(one.open.rollout.planned.reached)))),
  );
  if (launcher !== undefined)
    await forgetSeenOn(launcher, seen, ({ open }) =>
      reached.get(connectionKey(open.rollout.planned.reached)),
    );
  for (const connected of reached.values()) await connected?.registry.close();
  return seen;
}

type Settler = Pick<FacePorts['launcher'], 'settleSwitch'>;

/**
 * What a rollout or a command that has ended left off, and every server node shows on, is forgotten in its journal: whoever
 * takes it off later did so, and it is not ours to put on.
 */
export async function forgetSeenOn<Seen extends SeenBehind>(
  launcher: Settler,
  seen: readonly Seen[],
  connectedOf: (one: Seen) => Connected | undefined,
): Promise<void> {
  for (const one of seen) {
    const { isRunning, elsewhere, rollout } = one.open;
    const connected = connectedOf(one);
    const isOver = rollout.ended !== undefined && !isRunning && elsewhere === undefined;
    if (one.shown !== 'on' || !isOver || connected === undefined) continue;
    const registrations = [one.left.registration];
    if (await isOnEverywhere(connected, one.left))
      await launcher.settleSwitch({ connected, registrations, writes: [], ms: 0, isSeenOnly: true });
  }
}

async function isOnEverywhere({ registry }: Connected, { registration }: LeftOff): Promise<boolean> {
  const readings = await readNodes(registry, registry.nodeAddresses, [registration]);
  const views = viewsOf(readings, registration);
  return (
    readings.every(({ ok }) => ok) &&
    views.length > 0 &&
    views.every((view) => shownBy(view, registration) === 'on')
  );
}

/** Asks the Nacos that it was left off at, where that was reached. */
export async function lookAt(one: LeftBehind, connected: Connected | undefined): Promise<SeenBehind> {
  return { ...one, shown: connected === undefined ? 'unknown' : await shownNow(connected, one.left) };
}
