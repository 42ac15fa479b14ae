import type { Diagnosis } from '../runner/ports/diagnosis.ts';
import type { Doctor } from '../runner/process/doctor-port.ts';
import type { Repair, RepairOrder, Repaired } from '../runner/registry/repair.ts';
import type { Placed } from './examine.ts';

/** What can be mended from here: nobody is at it, and its Nacos was reached. */
export function mendable(placed: readonly Placed[]): readonly Placed[] {
  return placed.filter(({ open, connected }) => !open.isRunning && connected !== undefined);
}

/** To mend it would only say that it stays off: it is gone, or its deploy did not end well. */
export function isForPeople({ left, shown }: Placed): boolean {
  return shown === 'absent' || (left.isHalfDeployed && shown === 'off');
}

/** Takes dead locks away, and does what a person decided about what is off. */
export async function mend(
  doctor: Doctor,
  placed: readonly Placed[],
  order: RepairOrder,
): Promise<readonly Diagnosis[]> {
  const ours = mendable(placed);
  const count = doctor.releaseDeadLocks();
  const results: Diagnosis[] = count > 0 ? [{ level: 'good', kind: 'locks-released', count }] : [];
  for (const id of new Set(ours.map(({ open }) => open.id))) {
    const connected = ours.find(({ open }) => open.id === id)?.connected;
    if (connected === undefined) continue;
    const answer = await doctor.mend(id, connected, order);
    if (!answer.ok) results.push({ level: 'bad', kind: 'mend-refused', problem: answer.problem });
    else results.push(...toldOf(id, answer));
  }
  return results;
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
