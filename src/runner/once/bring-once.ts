import type { WriteFact } from '../../core/event/event.ts';
import type { Purpose } from '../../core/event/event-parts.ts';
import type { Failure } from '../../core/event/failure.ts';
import { mayTakeOff } from '../../core/rollout/guard.ts';
import { registrationId } from '../../core/plan/plan.ts';
import { type Instance, endpointText, isSameEndpoint, isSameService } from '../../core/registry/service.ts';
import { shortName } from '../../core/registry/service-name.ts';
import { mapBounded } from '../../world/map-bounded.ts';
import type { InstanceWrite, WriteOutcome } from '../../world/registry.ts';
import { readGuardViews } from '../context/guard-views.ts';
import {
  type NodeReading,
  firstError,
  readNodes,
  recordsToWrite,
  twinsToSpare,
} from '../context/node-views.ts';
import { lateWriteMs } from '../registry/late-writes.ts';
import { readBack } from '../registry/read-back-once.ts';
import { type Failed, type Spelled, type SwitchRequest, type Touched, record } from './switch-request.ts';

/** How many registrations of one process are written and read back at once. */
const broughtAtOnce = 16;

/** `touched`: what is ours to put back, should the rest of it fail. */
type BroughtAll =
  | { readonly ok: true; readonly touched: readonly Touched[] }
  | { readonly ok: false; readonly failed: Failed };

/**
 * All or nothing, some at a time: no more are begun once one cannot be taken off, and what was taken off is put back.
 * What somebody else has taken off by then is theirs.
 */
export async function bringAll(request: SwitchRequest, due: readonly Spelled[]): Promise<BroughtAll> {
  const { enabled } = request;
  const touched: Touched[] = [];
  let failure: Failure | undefined;
  await mapBounded(enabled ? due.toReversed() : due, broughtAtOnce, async (one) => {
    if (failure !== undefined) return;
    const brought = await bringTo(request, one, enabled ? 'enable' : 'disable');
    failure ??= brought.failure;
    if (brought.wasSent) touched.push({ ...one, settledAtMs: brought.settledAtMs });
  });
  const why = failure ?? (enabled ? undefined : await countedSince(request));
  if (why === undefined) return { ok: true, touched };
  const mayBeOff = enabled ? [] : await putBack(request, touched);
  return { ok: false, failed: { ok: false, failure: why, hasWritten: touched.length > 0, mayBeOff } };
}

/** Two that go at once both counted before either was off: as if ours were still on, would it go now? */
async function countedSince({ registry, plan, target }: SwitchRequest): Promise<Failure | undefined> {
  const counted = await readGuardViews(registry, registry.nodeAddresses, target.registrations);
  // It was well counted before, and is proven off.
  if (!counted.ok) return undefined;
  const views = counted.views.map((view) => ({
    ...view,
    instances: view.instances.map((instance) => {
      const isOurs = target.registrations.some(
        (one) => one.wasEnabled && isSameService(one, instance) && isSameEndpoint(one, instance),
      );
      return isOurs ? { ...instance, enabled: true } : instance;
    }),
  }));
  const verdict = mayTakeOff(plan, target, [], views, () => 'off');
  return verdict.kind === 'refused' ? { kind: 'refused', refusals: verdict.refusals } : undefined;
}

/** Those that could not be put back are named. */
export async function putBack(request: SwitchRequest, off: readonly Touched[]): Promise<readonly string[]> {
  const { signal: _signal, ...unstoppable } = request;
  const { clock } = request;
  const stillOff = new Set<number>();
  const left = await mapBounded(off.toReversed(), broughtAtOnce, async (one) => {
    const openMs = one.settledAtMs - clock.monotonic();
    if (openMs > 0) await clock.sleep(openMs);
    const { failure } = await bringTo(unstoppable, one, 'restore');
    const { registration } = one;
    if (failure === undefined) return undefined;
    stillOff.add(one.index);
    return `${shortName(registration)} ${endpointText(registration)}`;
  });
  // In whatever spelling it is listed, it is on.
  for (const index of new Set(off.map((one) => one.index)))
    if (!stillOff.has(index)) noteReadBack(request, index, true, 0);
  return left.filter((name) => name !== undefined);
}

type Brought = Pick<Touched, 'settledAtMs'> & {
  readonly failure: Failure | undefined;
  readonly wasSent: boolean;
};

async function bringTo(
  request: SwitchRequest,
  one: Spelled,
  purpose: 'disable' | 'enable' | 'restore',
): Promise<Brought> {
  const { registry, signal, clock } = request;
  const { registration } = one;
  const enabled = purpose !== 'disable';
  const before = await readNodes(registry, registry.nodeAddresses, [registration], signal);
  const error = firstError(before);
  const unsent = { wasSent: false, settledAtMs: 0 } as const;
  if (error !== undefined) return { failure: { kind: 'registry', error }, ...unsent };
  const twins = twinsToSpare(before, registration, enabled);
  if (twins !== undefined)
    return {
      failure: { kind: 'registered-twice', instance: endpointText(registration), twins },
      ...unsent,
    };
  const isOffAlready = purpose === 'disable' && isAllOff(recordsToWrite(before, registration, false));
  if (isOffAlready) return { failure: await readBack(request, [registration], false), ...unsent };
  const { outcome, wasSent } = await writeAll(request, one, purpose, before);
  const began = clock.monotonic();
  const settledAtMs = outcome.kind === 'unknown' ? began + lateWriteMs : 0;
  const sent = { wasSent, settledAtMs };
  if (outcome.kind === 'refused') return { failure: { kind: 'registry', error: outcome.error }, ...sent };
  const late = await readBack(request, [registration], enabled);
  if (late === undefined && purpose === 'disable')
    noteReadBack(request, one.index, false, Math.round(clock.monotonic() - began));
  const isUnknown = late !== undefined && outcome.kind === 'unknown';
  return { failure: isUnknown ? { kind: 'registry', error: outcome.error } : late, ...sent };
}

/** What is absent may come yet, and is written to all the same. */
function isAllOff(records: readonly Instance[]): boolean {
  return records.length > 0 && records.every(({ enabled }) => !enabled);
}

function noteReadBack(request: SwitchRequest, registration: number, enabled: boolean, ms: number): void {
  const nodes = request.registry.nodeAddresses.map((node) => ({ node, ms }));
  record(request, { type: 'read-back', target: request.target.name, registration, enabled, nodes });
}

/** Each with the weight that is listed now, or with all of it where that is a part, until one is not accepted. */
async function writeAll(
  request: SwitchRequest,
  { registration, index }: Spelled,
  purpose: Purpose,
  readings: readonly NodeReading[],
): Promise<{ readonly outcome: WriteOutcome; readonly wasSent: boolean }> {
  const { registry, clock } = request;
  const enabled = purpose !== 'disable';
  const about = { target: request.target.name, registration: index, enabled, purpose };
  const listed = recordsToWrite(readings, registration, enabled);
  let outcome: WriteOutcome = { kind: 'accepted' };
  let wasSent = false;
  for (const { ip, cluster, weight: found } of listed.length > 0 ? listed : [registration]) {
    const weight = registration.parts?.includes(found) === true ? registration.weight : found;
    const instance = { ...registrationId(registration), ip, cluster };
    const write: InstanceWrite = { instance, enabled, weight, mode: 'registered' };
    noteWrite(request, { type: 'write-began', ...about, weight, request: registry.requestOf(write) });
    const began = clock.monotonic();
    outcome = await registry.write(write);
    wasSent ||= outcome.kind !== 'refused';
    const ms = Math.round(clock.monotonic() - began);
    const error = outcome.kind === 'accepted' ? {} : { error: outcome.error };
    noteWrite(request, { type: 'write-ended', ...about, outcome: outcome.kind, ms, ...error });
    if (outcome.kind !== 'accepted') break;
  }
  return { outcome, wasSent };
}

function noteWrite(request: SwitchRequest, fact: WriteFact): void {
  record(request, fact);
  request.onWrite?.(fact);
}
