import { isNamed } from '../core/registry/service.ts';
import type { Diagnosis } from '../runner/ports/diagnosis.ts';
import type { Doctor } from '../runner/process/doctor-port.ts';
import type { Repair, RepairOrder, Repaired } from '../runner/registry/repair.ts';
import type { Examination, Placed } from './examine.ts';
import { endable } from './overtaken.ts';

/** What can be mended from here: nobody is at it, and its Nacos was reached through what may write there. */
export function mendable(placed: readonly Placed[]): readonly Placed[] {
  return reachable(placed).filter(({ readOnly }) => readOnly === undefined);
}

/** What could be, but for a profile that is read-only. */
export function readOnlyOf(placed: readonly Placed[]): readonly Placed[] {
  return reachable(placed).filter(({ readOnly }) => readOnly !== undefined);
}

function reachable(placed: readonly Placed[]): readonly Placed[] {
  return placed.filter(({ open, connected }) => !open.isRunning && connected !== undefined);
}

/** To mend it would only say that it stays off: it is gone, or its deploy did not end well. */
export function isForPeople({ left, shown }: Placed): boolean {
  return shown === 'absent' || (left.isHalfDeployed && shown === 'off');
}

/** Takes dead locks away, and does what a person decided about what is off. */
export async function mend(
  doctor: Doctor,
  { placed, overtaken }: Pick<Examination, 'placed' | 'overtaken'>,
  order: RepairOrder,
): Promise<readonly Diagnosis[]> {
  const count = doctor.releaseDeadLocks();
  const results: Diagnosis[] = count > 0 ? [{ level: 'good', kind: 'locks-released', count }] : [];
  const ours = mendable(placed);
  // Who says what is gone has decided about nothing else.
  const ending = order.isPuttingOn ? endable(overtaken) : [];
  const connections = new Map([...ours, ...ending].map(({ open, connected }) => [open.id, connected]));
  for (const [id, connected] of connections) {
    if (connected === undefined) continue;
    const meant = ours.filter(({ open }) => open.id === id);
    const named = meant.map(({ left: { target, index } }) => ({ target, index }));
    const takenOver = overtaken.find(({ open }) => open.id === id)?.places;
    const answer = await doctor.mend(id, connected, { ...order, named, ...(takenOver && { takenOver }) });
    if (!answer.ok) results.push({ level: 'bad', kind: 'mend-refused', problem: answer.problem });
    else results.push(...toldOf(id, answer));
  }
  return [...results, ...refusedOf(placed, order)];
}

/** Once for each rollout of which something was meant. */
function refusedOf(placed: readonly Placed[], { isPuttingOn, gone }: RepairOrder): readonly Diagnosis[] {
  const meant = readOnlyOf(placed).filter(
    ({ left }) => isPuttingOn || gone.some((name) => isNamed(left.registration, name)),
  );
  const profiles = new Map(meant.map(({ open, readOnly = '' }) => [open.id, readOnly]));
  return [...profiles].map(([rollout, profile]) => ({
    level: 'bad',
    kind: 'mend-read-only',
    rollout,
    profile,
  }));
}

function toldOf(rollout: string, { mended: all, closed }: Repair): readonly Diagnosis[] {
  const told = all.map(
    (mended): Diagnosis => ({ level: isMended(mended) ? 'good' : 'bad', kind: 'mended', rollout, mended }),
  );
  if (closed === undefined) return told;
  const level = closed.length > 0 ? 'warning' : 'good';
  return [...told, { level, kind: 'rollout-closed', rollout, notThrough: closed }];
}

export function isMended({ kind }: Repaired): boolean {
  return kind === 'put-on' || kind === 'given-back' || kind === 'forgotten';
}
