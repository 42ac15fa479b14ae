import type { Purpose } from '../core/event.ts';
import type { Failure } from '../core/failure.ts';
import { type Registration, registrationId } from '../core/plan.ts';
import type { RegistryError } from '../core/registry-error.ts';
import { isSameEndpoint } from '../core/service.ts';
import type { InstanceWrite, WriteOutcome } from '../world/registry.ts';
import type { Context } from './context.ts';
import { type NodeReading, firstError, readNodes, shownBy, viewsOf } from './sightings.ts';

/** How long a write may take to be accepted and shown by every node: a new Raft leader needs about 8 s. */
const deadlineMs = 30_000;
/** An accepted write shows after 0.6 s (nacos-live.md 4c); after this long without showing it is sent again. */
const resendAfterMs = 5000;
const retryAfterMs = 1000;
const pollMs = 200;
/** Raft may apply a write this long after it timed out. */
export const lateWriteMs = 12_000;

/**
 * Brings one registration to `enabled`, and reads it back on every node until it shows there and consumers are told.
 * Returns why not, when it could not be done before the deadline.
 */
export async function bring(
  context: Context,
  targetName: string,
  index: number,
  enabled: boolean,
  purpose: Purpose,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  return context.exclusive(targetName, () => bringNow(context, targetName, index, enabled, purpose, signal));
}

async function bringNow(
  context: Context,
  targetName: string,
  index: number,
  enabled: boolean,
  purpose: Purpose,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const { clock, registry } = context.world;
  const registration = registrationAt(context, targetName, index);
  const nodes = context.rollout().planned.nodes;
  const began = clock.monotonic();
  const firstSeen = new Map<string, number>();
  let sent: { outcome: WriteOutcome['kind']; atMs: number } | undefined;
  let failure: Failure = {
    kind: 'not-read-back',
    node: nodes[0] ?? '',
    isEnabled: !enabled,
    afterMs: deadlineMs,
  };
  while (!signal.aborted && clock.monotonic() - began < deadlineMs) {
    const readings = await readNodes(registry, nodes, [registration]);
    if (isDue(sent, clock.monotonic()) && !signal.aborted) {
      const isShown = isShownEverywhere(readings, registration, nodes, enabled);
      if (sent === undefined || !isShown) {
        const outcome = await writeOnce(context, targetName, index, enabled, purpose, readings);
        const error = outcome.kind === 'accepted' ? undefined : outcome.error;
        if (error !== undefined) failure = { kind: 'registry', error };
        if (outcome.kind === 'refused' && !mayPass(outcome.error)) return failure;
        sent = { outcome: outcome.kind, atMs: clock.monotonic() };
        continue;
      }
    }
    noteSeen(firstSeen, readings, registration, enabled, clock.monotonic() - (sent?.atMs ?? began));
    if (
      sent !== undefined &&
      sent.outcome !== 'refused' &&
      isShownEverywhere(readings, registration, nodes, enabled)
    ) {
      const seen = [...firstSeen].map(([node, ms]) => ({ node, ms: Math.round(ms) }));
      context.record({ type: 'read-back', target: targetName, registration: index, enabled, nodes: seen });
      return undefined;
    }
    if (sent?.outcome === 'accepted') failure = notReadBack(readings, registration, enabled, nodes);
    await clock.sleep(pollMs, signal);
  }
  return failure;
}

function isDue(sent: { outcome: WriteOutcome['kind']; atMs: number } | undefined, nowMs: number): boolean {
  if (sent === undefined) return true;
  return nowMs - sent.atMs >= (sent.outcome === 'refused' ? retryAfterMs : resendAfterMs);
}

/** One write, with its intent on disk before and its outcome after. */
export async function writeOnce(
  context: Context,
  targetName: string,
  index: number,
  enabled: boolean,
  purpose: Purpose,
  readings: readonly NodeReading[],
): Promise<WriteOutcome> {
  const { registry, clock } = context.world;
  const registration = registrationAt(context, targetName, index);
  const write = writeFor(registration, enabled, purpose, readings);
  context.record({
    type: 'write-began',
    target: targetName,
    registration: index,
    enabled,
    weight: write.weight,
    purpose,
    request: registry.requestOf(write),
  });
  const began = clock.monotonic();
  const outcome = await registry.write(write);
  context.record({
    type: 'write-ended',
    target: targetName,
    registration: index,
    enabled,
    purpose,
    outcome: outcome.kind,
    ms: Math.round(clock.monotonic() - began),
    ...(outcome.kind === 'accepted' ? {} : { error: outcome.error }),
  });
  return outcome;
}

/** The weight that is listed now is kept; an instance that nobody lists gets the one that the plan saw. */
function writeFor(
  registration: Registration,
  enabled: boolean,
  purpose: Purpose,
  readings: readonly NodeReading[],
): InstanceWrite {
  const listed = viewsOf(readings, registration)
    .flatMap((view) => view.instances)
    .find((instance) => isSameEndpoint(instance, registration));
  return {
    instance: { ...registrationId(registration), cluster: listed?.cluster ?? registration.cluster },
    enabled,
    weight: listed?.weight ?? registration.weight,
    metadata: listed?.metadata ?? registration.metadata,
    mode: listed === undefined && purpose !== 'disable' ? 'absent' : 'registered',
  };
}

function registrationAt(context: Context, targetName: string, index: number): Registration {
  const registration = context.target(targetName).registrations[index];
  if (registration === undefined) throw new Error(`${targetName} has no registration ${index}`);
  return registration;
}

function isShownEverywhere(
  readings: readonly NodeReading[],
  registration: Registration,
  nodes: readonly string[],
  enabled: boolean,
): boolean {
  const views = viewsOf(readings, registration);
  return (
    views.length === nodes.length &&
    views.every((view) => isAsWished(shownBy(view, registration), view, registration, enabled))
  );
}

/** Nobody calls what is not registered. What comes back is the business of keeping out, or of the check. */
function isAsWished(
  shown: ReturnType<typeof shownBy>,
  view: { consumers: readonly { ip: string; port: number }[] },
  registration: Registration,
  enabled: boolean,
): boolean {
  if (shown === 'absent') return true;
  if (!enabled) return shown === 'off';
  return shown === 'on' && view.consumers.some((endpoint) => isSameEndpoint(endpoint, registration));
}

function noteSeen(
  firstSeen: Map<string, number>,
  readings: readonly NodeReading[],
  registration: Registration,
  enabled: boolean,
  afterMs: number,
): void {
  for (const view of viewsOf(readings, registration)) {
    if (!isAsWished(shownBy(view, registration), view, registration, enabled)) firstSeen.delete(view.node);
    else if (!firstSeen.has(view.node)) firstSeen.set(view.node, Math.max(0, afterMs));
  }
}

function notReadBack(
  readings: readonly NodeReading[],
  registration: Registration,
  enabled: boolean,
  nodes: readonly string[],
): Failure {
  const error = firstError(readings);
  if (error !== undefined) return { kind: 'registry', error };
  const late = viewsOf(readings, registration).find(
    (view) => !isAsWished(shownBy(view, registration), view, registration, enabled),
  );
  return {
    kind: 'not-read-back',
    node: late?.node ?? nodes[0] ?? '',
    isEnabled: !enabled,
    afterMs: deadlineMs,
  };
}

/** Errors that may be over in a moment: a new leader, a node that restarts, a slow network. */
function mayPass(error: RegistryError): boolean {
  switch (error.kind) {
    case 'unreachable':
    case 'timeout':
    case 'no-leader':
    case 'server-error':
    case 'empty-answer':
      return true;
    default:
      return false;
  }
}
