import type { Clock } from '../../../src/world/clock.ts';
import { usualSpellings } from '../../../src/core/registry/address.ts';
import type { InstanceId } from '../../../src/core/registry/service.ts';
import type { GroundTruth, Slot } from './ground-truth.ts';

/** A process that registers one or more instances, and may be restarted. */
export type Process = {
  readonly name: string;
  /** Others after it moved. */
  slots: readonly Slot[];
  /** Those of the next version, where they are others. */
  nextSlots?: readonly Slot[] | undefined;
  version: number;
  weight: number;
  /** Whether a probe of it is good. */
  isAnswering: boolean;
};

export type Restart = {
  readonly awayMs: number;
  readonly weight: number;
  /** From the registration until a probe is good; undefined: never. */
  readonly wellAfterMs: number | undefined;
  /** Whether it registers again at all. */
  readonly isComingBack: boolean;
  /** Whether it comes back under another address, as a container that is replaced. */
  readonly isMoving?: boolean;
  /** Whether its address is spelled otherwise from now on. */
  readonly isRespelling?: boolean;
};

/** What a process registers of itself: its zone is that of its host, whatever its version, and however its address is spelled. */
export function metadataOf(version: number, ip: string): Readonly<Record<string, string>> {
  return { version: String(version), zone: zoneAt(ip) };
}

/** Hosts take turns. */
export function zoneAt(ip: string): string {
  return Number(/\d(?=\]?$)/.exec(ip)?.[0]) % 2 === 0 ? 'even' : 'odd';
}

export function start(truth: GroundTruth, process: Process): void {
  process.isAnswering = true;
  for (const slot of process.slots) register(truth, process, slot);
}

/** Ends a process and starts the next version of it. */
export async function restart(
  clock: Clock,
  truth: GroundTruth,
  process: Process,
  restart: Restart,
): Promise<void> {
  const version = process.version + 1;
  process.version = version;
  process.isAnswering = false;
  for (const slot of process.slots) truth.deregister(slot);
  await clock.sleep(restart.awayMs);
  // Another restart came meanwhile.
  if (process.version !== version || !restart.isComingBack) return;
  process.weight = restart.weight;
  if (restart.isMoving === true)
    process.slots = process.slots.map(({ id }) => truth.slotOf(movedTo(id, version)));
  if (restart.isRespelling === true)
    process.slots = process.slots.map(({ id }) => truth.slotOf(spelledOtherwise(id)));
  if (process.nextSlots !== undefined)
    [process.slots, process.nextSlots] = [process.nextSlots, process.slots];
  for (const slot of process.slots) register(truth, process, slot);
  if (restart.wellAfterMs === undefined) return;
  await clock.sleep(restart.wellAfterMs);
  if (process.version === version) process.isAnswering = true;
}

/** An address for each version. */
function movedTo(id: InstanceId, version: number): InstanceId {
  return { ...id, ip: id.ip.replace(/^10\.\d+/, `10.${version}`) };
}

function spelledOtherwise(id: InstanceId): InstanceId {
  const [, other = id.ip] = usualSpellings(id.ip);
  return { ...id, ip: other };
}

function register(truth: GroundTruth, process: Process, slot: Slot): void {
  const metadata = metadataOf(process.version, slot.id.ip);
  truth.register(slot, { weight: process.weight, metadata, isHealthy: true });
}
