import { mayBeAt } from '../../core/registry/may-be-at.ts';
import { targetOf } from '../../core/rollout/rollout.ts';
import { type RegistrationState, type TargetState, isTakenOff } from '../../core/rollout/target-state.ts';
import type { Registration } from '../../core/plan/plan.ts';
import { endpointText, isSameEndpoint, serviceKey } from '../../core/registry/service.ts';
import type { ObservedNode, Snapshot } from '../../runner/ports/protocol.ts';
import { stampMs } from '../../core/text/stamp.ts';
import { visible } from '../../core/text/visible.ts';
import type { Following } from '../model/following.ts';
import type { InstanceState } from '../draw/theme.ts';
import { stateOf } from './instance-rows.ts';
import { oneOfEach } from '../../core/registry/twins.ts';

/** What the server nodes say of one registration now. */
export type Saying = {
  readonly state: InstanceState;
  /** How many nodes say so, of how many that were asked; a node that did not answer speaks from memory. */
  readonly agreeing: number;
  readonly asked: number;
  readonly weight: number | undefined;
  readonly version: string | undefined;
  /** Whether it is not what we did to it. */
  readonly isDifferent: boolean;
};

/** Nodes may disagree: the worst that any shows, and how many show it. `ours`: what the journal has. */
export function nacosSays(
  registration: Registration,
  ours: RegistrationState,
  snapshot: Snapshot | undefined,
): Saying {
  const observed = snapshot?.services.find((each) => serviceKey(each.service) === serviceKey(registration));
  const nodes = observed?.nodes.filter(hasAnswered) ?? [];
  // Of what is registered twice, what may be called.
  const seen = nodes.map(({ instances }) =>
    oneOfEach(instances, 'on').find((instance) => isSameEndpoint(instance, registration)),
  );
  const states = nodes.map((node, index): InstanceState => {
    const isUnread = node.unreadable.some((record) => mayBeAt(record, registration));
    return isUnread ? 'unreadable' : stateOf(seen[index]);
  });
  const state = worst(states);
  const shown = seen.find((instance) => instance !== undefined);
  return {
    state,
    agreeing: states.filter((each) => each === state).length,
    asked: states.length,
    weight: shown?.weight,
    version: shown?.metadata['version'],
    isDifferent: isDifferent(registration, ours, states),
  };
}

const severity: readonly InstanceState[] = ['unknown', 'on', 'off', 'absent', 'ill', 'unreadable'];

/** The one that an operator should know of, where nodes do not agree. */
function worst(states: readonly InstanceState[]): InstanceState {
  return states.toSorted((a, b) => severity.indexOf(b) - severity.indexOf(a))[0] ?? 'unknown';
}

/** While a write is on its way nothing is said: lists lag behind it. */
function isDifferent(
  registration: Registration,
  ours: RegistrationState,
  states: readonly InstanceState[],
): boolean {
  if (ours.mark === 'off') return states.some((state) => state === 'on' || state === 'ill');
  // What somebody else took off is said where it is asked about.
  if (ours.mark !== 'untouched' || ours.isTakenOff) return false;
  return registration.wasEnabled ? states.includes('off') : states.includes('on');
}

/** What a node lists that never answered is not known. */
function hasAnswered({ problem, answeredAt, instances }: ObservedNode): boolean {
  return problem === undefined || answeredAt !== undefined || instances.length > 0;
}

/** What is off of a target and not because of its rollout, by name: without what Nacos shows on again meanwhile. */
export function offByOthersNames({ rollout, snapshot }: Following, target: TargetState): readonly string[] {
  const { failure, name, registrations } = target;
  if (rollout === undefined) return [];
  if (!isTakenOff(target)) {
    const refusals = failure?.why.kind === 'refused' ? failure.why.refusals : [];
    return refusals.flatMap((one) => (one.kind === 'taken-off' ? [visible(one.instance)] : []));
  }
  return targetOf(rollout, name).registrations.flatMap((one, index) => {
    const ours = registrations[index];
    const isOff = ours?.isTakenOff === true && nacosSays(one, ours, snapshot).state !== 'on';
    return isOff ? [visible(endpointText(one))] : [];
  });
}

/** `since`: when any node answered last; missing where nobody was answered yet. `isSilent`: there is no answer at all. */
export type Silence = { readonly since: string | undefined; readonly isSilent: boolean };

/** Not told of before: one reading that fails is no outage. */
const silentMs = 3_000;

/** Since when no node answers what is asked of any service. */
export function silenceOf(snapshot: Snapshot | undefined): Silence | undefined {
  const nodes = snapshot?.services.flatMap((each) => each.nodes) ?? [];
  if (snapshot === undefined || nodes.length === 0) return undefined;
  if (nodes.some(({ problem }) => problem === undefined)) return undefined;
  const since = nodes
    .flatMap(({ answeredAt }) => answeredAt ?? [])
    .toSorted()
    .at(-1);
  if (since !== undefined && stampMs(snapshot.observedAt) - stampMs(since) < silentMs) return undefined;
  const isSilent = nodes.every(({ problem }) => problem === 'unreachable' || problem === 'timeout');
  return { since, isSilent };
}
