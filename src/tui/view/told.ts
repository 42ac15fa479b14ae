import type { Event, FactOf } from '../../core/event/event.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import { type Target, registrationId } from '../../core/plan/plan.ts';
import { isSameService } from '../../core/registry/service.ts';
import { stampMs } from '../../core/text/stamp.ts';
import type { Snapshot } from '../../runner/ports/protocol.ts';

/** When one server node told its consumers that a target is gone, in milliseconds since the write. */
export type NodeTold = {
  /** `host:port`. */
  readonly node: string;
  /** Undefined where it had not when it was waited for no longer. */
  readonly ms: number | undefined;
};

/** What the last disable of a target came to for consumers: of all its registrations, the one that was told last. */
export function toldGone(events: readonly Event[], target: string): readonly NodeTold[] {
  const began = events.findLastIndex((event) => event.type === 'disable-began' && event.target === target);
  const backs = events
    .slice(began + 1)
    .filter((event): event is Event & FactOf<'read-back'> => event.type === 'read-back')
    .filter((event) => event.target === target && !event.enabled);
  const slowest = new Map<string, number | undefined>();
  for (const { node, ms } of backs.flatMap(({ told = [] }) => told)) {
    const before = slowest.get(node);
    const isLate = ms === undefined || (slowest.has(node) && before === undefined);
    slowest.set(node, isLate ? undefined : Math.max(before ?? 0, ms));
  }
  return [...slowest].map(([node, ms]) => ({ node: hostOf(node), ms }));
}

/**
 * How long nobody could see a target at least, where that is why it drains once more; `undefined` where it does not, or
 * for another reason.
 */
export function unseenMs(
  events: readonly Event[],
  target: string,
  nodes: readonly string[],
): number | undefined {
  const isDrain = (event: Event): boolean => event.type === 'drain-began' && event.target === target;
  const began = events.findLastIndex(isDrain);
  const before = events.slice(0, Math.max(0, began)).findLastIndex(isDrain);
  if (before < 0) return undefined;
  const since = events.slice(before, began);
  const unwatched = since.findLast((event) => event.type === 'unwatched' && event.target === target);
  if (unwatched?.type === 'unwatched') return unwatched.ms;
  const lost = since.filter((event): event is Event & FactOf<'node-lost'> => event.type === 'node-lost');
  // While one answers, it is seen.
  const isBlind = nodes.every((node) => lost.some((one) => one.node === node));
  const back = since.findLast(({ type }) => type === 'node-returned');
  const last = lost.at(-1);
  return !isBlind || back === undefined || last === undefined
    ? undefined
    : stampMs(back.at) - stampMs(last.at);
}

/** Server nodes that do not tell us what they tell consumers, by the one reason of all of them, as far as this target goes. */
export function unheardAt(
  snapshot: Snapshot | undefined,
  target: Target,
): readonly { readonly nodes: readonly string[]; readonly error: RegistryError }[] {
  const observed = (snapshot?.services ?? []).filter(({ service }) =>
    target.registrations.some((registration) => isSameService(registrationId(registration), service)),
  );
  const errors = new Map<string, RegistryError>();
  for (const { node, unheard } of observed.flatMap(({ nodes }) => nodes))
    if (unheard !== undefined && !errors.has(node)) errors.set(node, unheard);
  const reasons = Map.groupBy(errors, ([, error]) => reasonOf(error)).values();
  return [...reasons].flatMap((same) => {
    const [[, error] = []] = same;
    return error === undefined ? [] : [{ nodes: same.map(([node]) => hostOf(node)), error }];
  });
}

/** A port that nobody answers at is the same reason wherever it is. */
function reasonOf(error: RegistryError): string {
  return error.kind === 'unreachable' || error.kind === 'timeout' ? 'no-answer' : JSON.stringify(error);
}

function hostOf(node: string): string {
  return URL.canParse(node) ? new URL(node).host : node;
}
