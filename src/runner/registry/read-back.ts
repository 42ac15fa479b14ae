import type { FactOf } from '../../core/event/event.ts';
import type { Failure } from '../../core/event/failure.ts';
import { unreadOf } from '../../core/registry/listed.ts';
import type { Registration } from '../../core/plan/plan.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import { type Instance, instanceKey, isSameEndpoint } from '../../core/registry/service.ts';
import { wasThere } from '../../core/rollout/rollout.ts';
import type { Context } from '../context/context.ts';
import {
  type NodeReading,
  type NodeView,
  firstError,
  shownBy,
  unreadAt,
  viewsOf,
} from '../context/node-views.ts';

/** Whether every node shows the registration as wished, to the operator and to consumers; with this weight, if one is given. */
export function isShownEverywhere(
  readings: readonly NodeReading[],
  registration: Registration,
  nodes: readonly string[],
  enabled: boolean,
  weight?: number,
): boolean {
  const views = viewsOf(readings, registration);
  return (
    views.length === nodes.length && views.every((view) => isAsWished(view, registration, enabled, weight))
  );
}

/** Whether no node lists it or gives it to consumers; a node that does not answer leaves that open. */
export function isAbsentEverywhere(
  readings: readonly NodeReading[],
  registration: Registration,
  nodes: readonly string[],
): boolean {
  const views = viewsOf(readings, registration);
  return views.length === nodes.length && views.every((view) => shownBy(view, registration) === 'absent');
}

/** Whether every node lists again what was asked to leave, on or off; a node that does not answer leaves that open. */
export function isBackEverywhere(
  readings: readonly NodeReading[],
  registration: Registration,
  nodes: readonly string[],
  mayHaveMoved: boolean,
): boolean {
  const views = viewsOf(readings, registration);
  return (
    views.length === nodes.length &&
    views.every(({ instances }) => instances.some((one) => isItsOwn(one, registration, mayHaveMoved)))
  );
}

/** What is registered at its address in another cluster is no sign of it, unless a deploy may have brought it there. */
export function isItsOwn(listed: Instance, registration: Registration, mayHaveMoved: boolean): boolean {
  if (!isSameEndpoint(listed, registration)) return false;
  return mayHaveMoved || listed.cluster === registration.cluster;
}

/** Whether a deploy may have brought it to another cluster: nothing was at its address when the command first began. */
export function mayHaveMoved({ state, rollout }: Context, name: string, registration: Registration): boolean {
  const { deploy } = state(name);
  return deploy !== undefined && wasThere(rollout(), deploy.firstLook, instanceKey(registration)) !== true;
}

/** Nobody calls what is not registered. What comes back is the business of keeping out, or of the check. */
function isAsWished(
  view: NodeView,
  registration: Registration,
  enabled: boolean,
  weight: number | undefined,
): boolean {
  const shown = shownBy(view, registration);
  if (shown === 'absent') return true;
  if (!enabled) return shown === 'off';
  const isGiven = view.consumers.some((endpoint) => isSameEndpoint(endpoint, registration));
  return shown === 'on' && isGiven && otherWeight(view, registration, weight) === undefined;
}

/** A weight with which it is listed, and that is not the one that was given. */
function otherWeight(
  { instances }: NodeView,
  registration: Registration,
  weight: number | undefined,
): number | undefined {
  return instances.find(
    (one) =>
      weight !== undefined &&
      isSameEndpoint(one, registration) &&
      one.cluster === registration.cluster &&
      one.weight !== weight,
  )?.weight;
}

/** Since when each node has shown it as wished. */
export function noteSeen(
  firstSeen: Map<string, number>,
  readings: readonly NodeReading[],
  registration: Registration,
  enabled: boolean,
  afterMs: number,
  weight?: number,
): void {
  for (const view of viewsOf(readings, registration)) {
    if (!isAsWished(view, registration, enabled, weight)) firstSeen.delete(view.node);
    else if (!firstSeen.has(view.node)) firstSeen.set(view.node, Math.max(0, afterMs));
  }
}

/** Records that every node shows it so, with what consumers were told of it. */
export function recordReadBack(
  context: Context,
  about: Pick<FactOf<'read-back'>, 'target' | 'registration' | 'enabled' | 'weight'>,
  firstSeen: ReadonlyMap<string, number>,
  told: FactOf<'read-back'>['told'],
): void {
  const nodes = [...firstSeen].map(([node, ms]) => ({ node, ms: Math.round(ms) }));
  context.record({ type: 'read-back', ...about, nodes, ...(told && { told }) });
}

/** Why the wish is not fulfilled yet, from the last look. */
export function notReadBack(
  readings: readonly NodeReading[],
  registration: Registration,
  enabled: boolean,
  nodes: readonly string[],
  afterMs: number,
  weight?: number,
): Failure {
  const error = firstError(readings);
  if (error !== undefined) return { kind: 'registry', error };
  const late = viewsOf(readings, registration).find(
    (view) => !isAsWished(view, registration, enabled, weight),
  );
  const record = late && unreadAt(late, registration);
  const found = late && shownBy(late, registration) === 'on' && otherWeight(late, registration, weight);
  return {
    kind: 'not-read-back',
    node: late?.node ?? nodes[0] ?? '',
    isEnabled: !enabled,
    afterMs,
    ...(typeof found === 'number' && { weight: found }),
    ...(record && { unread: unreadOf(record) }),
  };
}

/**
 * Errors that may be over in a moment: a new leader, a slow network, a node that restarts and has not read its users
 * yet, a proxy that is changed under us.
 */
export function mayPass(error: RegistryError): boolean {
  switch (error.kind) {
    case 'unreachable':
    case 'timeout':
    case 'no-leader':
    case 'server-error':
    case 'empty-answer':
    case 'not-nacos':
    case 'redirected':
    case 'token-refused':
    case 'wrong-password':
    case 'wrong-key':
    case 'clock-differs':
    case 'login-limited':
    case 'barred':
    case 'incomplete':
      return true;
    default:
      return false;
  }
}

/** There is nothing to write to: it is not registered, or its whole service is gone. */
export function isMissing(error: RegistryError): boolean {
  return error.kind === 'instance-missing' || error.kind === 'service-missing';
}
