import type { RegistryError } from '../../../src/core/registry/registry-error.ts';
import type { VirtualClock } from '../../support/time/virtual-clock.ts';
import type { InstanceWrite } from '../../../src/world/registry.ts';
import { type GroundTruth, type Seen, type Slot } from './ground-truth.ts';
import type { NodeViews, Trouble } from './node-views.ts';
import type { Random } from '../scenario/random.ts';
import { type Faults } from '../scenario/faults.ts';

export type WriteWitness = {
  /** We asked for it; it may be applied from now on. */
  sent(slot: Slot, write: InstanceWrite): void;
  applied(slot: Slot, write: InstanceWrite, before: Seen | undefined): void;
  /** It left because we asked it to. */
  left(slot: Slot, before: Seen | undefined): void;
};

export type ProcessEnvironment = {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly truth: GroundTruth;
  readonly views: NodeViews;
  readonly nodes: readonly string[];
  readonly weather: Faults;
  readonly witness: WriteWitness;
  readonly trouble: Trouble;
};

export type Parts = ProcessEnvironment & {
  /** What writes have made unreadable so far. */
  readonly spoilt: Faults['garbled'][number][];
  /** Counts a write; returns its number. */
  readonly sentCount: () => number;
};

export const timeoutMs = 5000;

const unreachable: RegistryError = { kind: 'unreachable', addresses: [], detail: 'connection refused' };

/** What a node answers that restarts, or has not learnt of our token, or has another proxy before it now. */
const lockedOut: readonly RegistryError[] = [
  unreachable,
  { kind: 'token-refused', detail: 'token invalid!' },
  { kind: 'wrong-password', user: 'nacos' },
  { kind: 'barred', address: '', status: 403, detail: '', mayBeToken: true },
  { kind: 'not-nacos', address: '', detail: '502 Bad Gateway' },
];

/** How long a token that is refused is given to be known. */
const tokenPatienceMs = 2_000;

export const noLeader: RegistryError = { kind: 'no-leader', detail: 'do metadata operation failed' };

export const unanswered: RegistryError = { kind: 'timeout', address: '', afterMs: timeoutMs, wasSent: true };

/** One window, or one write, is refused for one reason. */
export async function refusedAt(parts: Parts, atMs: number): Promise<{ ok: false; error: RegistryError }> {
  const error = lockedOut[Math.floor(atMs) % lockedOut.length] ?? unreachable;
  if (error.kind === 'token-refused' || error.kind === 'barred') await parts.clock.sleep(tokenPatienceMs);
  return failed(parts, error);
}

export async function timedOut(parts: Parts): Promise<{ ok: false; error: RegistryError }> {
  noteTrouble(parts);
  await parts.clock.sleep(timeoutMs);
  return failed(parts, unanswered);
}

export function failed(parts: Parts, error: RegistryError): { ok: false; error: RegistryError } {
  noteTrouble(parts);
  return { ok: false, error };
}

export function noteTrouble(parts: Parts): void {
  parts.trouble.lastMs = parts.clock.monotonic();
}
