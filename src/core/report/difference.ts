import type { Unreadable } from '../registry/listed.ts';
import { mayBeAt } from '../registry/may-be-at.ts';
import type { Registration, Target } from '../plan/plan.ts';
import { type Rollout, planOf, targetState } from '../rollout/rollout.ts';
import { type RegistrationState, type TargetState } from '../rollout/target-state.ts';
import {
  type Instance,
  type ServiceId,
  endpointText,
  isSameEndpoint,
  serviceKey,
} from '../registry/service.ts';
import { shortName } from '../registry/service-name.ts';

/** What one server node lists of one service. */
export type SeenService = {
  readonly node: string;
  readonly service: ServiceId;
  readonly instances: readonly Instance[];
  readonly unreadable: readonly Unreadable[];
};

type About = { readonly target: string; readonly instance: string; readonly service: string };

/** Where what Nacos shows now is other than what the journal says. */
export type Difference =
  /** The journal says off because of us. */
  | (About & { readonly kind: 'shown-on'; readonly nodes: readonly string[] })
  /** The journal says on, or never touched and found on. */
  | (About & { readonly kind: 'shown-off'; readonly nodes: readonly string[] })
  /** A change was begun and its end is not in the journal. */
  | (About & { readonly kind: 'uncertain'; readonly isOn: boolean; readonly nodes: readonly string[] })
  | (About & { readonly kind: 'not-registered'; readonly isOff: boolean })
  /** It has neither the weight that it had nor a part of it that a warm-up wrote, `given` last. */
  | (About & {
      readonly kind: 'weight';
      readonly full: number;
      readonly given: number;
      readonly after: number;
    })
  /** What is listed at its address cannot be read. */
  | (About & { readonly kind: 'unreadable'; readonly nodes: readonly string[] })
  /** Something else than `enabled` is not what the plan saw. */
  | (About & {
      readonly kind: 'changed';
      readonly what: string;
      readonly before: string;
      readonly after: string;
    })
  | { readonly kind: 'no-answer'; readonly node: string; readonly service: string };

/** Every difference between a rollout's journal and what the server nodes list now, in the plan's order. */
export function differencesOf(rollout: Rollout, seen: readonly SeenService[]): readonly Difference[] {
  return planOf(rollout).targets.flatMap((target) =>
    target.registrations.flatMap((registration, index) =>
      registrationDifferences(target, targetState(rollout, target.name), registration, index, seen),
    ),
  );
}

function registrationDifferences(
  target: Target,
  state: TargetState,
  registration: Registration,
  index: number,
  seen: readonly SeenService[],
): readonly Difference[] {
  const views = seen.filter(({ service }) => serviceKey(service) === serviceKey(registration));
  const ours = state.registrations[index];
  if (views.length === 0 || ours === undefined) return [];
  const about = {
    target: target.name,
    instance: endpointText(registration),
    service: shortName(registration),
  };
  const found = views.flatMap(({ node, instances }) => {
    const here = instances.filter((one) => isSameEndpoint(one, registration));
    const instance = here.find(({ cluster }) => cluster === registration.cluster) ?? here[0];
    return instance === undefined ? [] : [{ node, instance, isOn: here.some(({ enabled }) => enabled) }];
  });
  const [first] = found;
  const unread = views.filter(({ unreadable }) => unreadable.some((one) => mayBeAt(one, registration)));
  if (unread.length > 0) return [{ ...about, kind: 'unreadable', nodes: unread.map(({ node }) => node) }];
  if (first === undefined) return [{ ...about, kind: 'not-registered', isOff: ours.mark !== 'untouched' }];
  const nodesThat = (isOn: boolean): readonly string[] =>
    found.filter((one) => one.isOn === isOn).map(({ node }) => node);
  return [
    ...enabledDifferences(about, ours, registration, nodesThat(true), nodesThat(false)),
    ...lowered(about, ours, first.instance),
    ...(state.deploy === undefined ? changes(about, registration, ours, first.instance) : []),
  ];
}

function enabledDifferences(
  about: About,
  ours: RegistrationState,
  { wasEnabled }: Registration,
  on: readonly string[],
  off: readonly string[],
): readonly Difference[] {
  switch (ours.mark) {
    case 'lowered':
    case 'untouched': {
      const other = wasEnabled ? off : on;
      const kind = wasEnabled ? 'shown-off' : 'shown-on';
      return other.length > 0 ? [{ ...about, kind, nodes: other }] : [];
    }
    case 'off':
      return on.length > 0 ? [{ ...about, kind: 'shown-on', nodes: on }] : [];
    case 'going-off':
    case 'coming-on':
      return [
        ...(on.length > 0 ? [{ ...about, kind: 'uncertain', isOn: true, nodes: on } as const] : []),
        ...(off.length > 0 ? [{ ...about, kind: 'uncertain', isOn: false, nodes: off } as const] : []),
      ];
  }
}

/** What it has of its weight the journal says: whoever carries on gives it the rest. */
function lowered(
  about: About,
  { lowered: warming }: RegistrationState,
  { weight }: Instance,
): readonly Difference[] {
  if (warming === undefined || warming.full === weight || warming.written.includes(weight)) return [];
  const given = warming.written.at(-1) ?? warming.full;
  return [{ ...about, kind: 'weight', full: warming.full, given, after: weight }];
}

/** Before a deploy nothing should have changed; after one the new version may have. */
function changes(
  about: About,
  before: Registration,
  { lowered: left }: RegistrationState,
  after: Instance,
): readonly Difference[] {
  const keys = new Set([...Object.keys(before.metadata), ...Object.keys(after.metadata)]);
  const pairs: readonly (readonly [string, string, string])[] = [
    // Where it was found with a part of it, that is told otherwise.
    ...(left === undefined ? [['weight', String(before.weight), String(after.weight)] as const] : []),
    ...[...keys].map(
      (key) => [`metadata.${key}`, before.metadata[key] ?? '', after.metadata[key] ?? ''] as const,
    ),
  ];
  return pairs
    .filter(([, was, is]) => was !== is)
    .map(([what, was, is]) => ({ ...about, kind: 'changed', what, before: was, after: is }));
}
