import { type NamedCompanion, isPattern } from '../plan/companion-rules.ts';
import type { Unreadable } from '../registry/listed.ts';
import type { RegistryError } from '../registry/registry-error.ts';
import type { PlanFileService } from '../plan/plan-file.ts';
import type { Instance, InstanceId, ServiceId } from '../registry/service.ts';

/** Where names without a namespace or group belong. */
export type PlanHome = { readonly namespace: string; readonly group: string };

export type PlanContext = PlanHome & {
  /** What Nacos lists, disabled ones included; undefined when the service does not exist. */
  readonly lists: (service: ServiceId) => readonly Instance[] | undefined;
  /** What Nacos lists there and cannot be read. */
  readonly unreadable?: (service: ServiceId) => readonly Unreadable[];
  /**
   * Of an address that is registered more than once, the first registration that is on, or off, stands for all. Absent:
   * no plan is made of such an address.
   */
  readonly ofTwins?: 'on' | 'off';
  /** What is known of a service that does not exist, and what may have been meant. */
  readonly missing?: (service: ServiceId) => Extract<RegistryError, { kind: 'service-missing' }> | undefined;
  /** Services that have, or may have, a registration at the ip of an instance of the plan. */
  readonly around?: readonly ServiceId[];
  /** What the client that registered this one has registered besides; undefined where that cannot be known. */
  readonly processOf?: (instance: Instance) => readonly InstanceId[] | undefined;
  /** What a profile asks of a service that goes along, or that runs on a machine: a number, or a percent of those on. */
  readonly minimumOf?: ((service: ServiceId) => number | string | undefined) | undefined;
  /** Services that a person allowed to fall below their minimum, as they were typed. */
  readonly overrides?: readonly string[];
};

/** A service without a group is in that of the profile. */
export function serviceIdOf(entry: PlanFileService, home: PlanHome): ServiceId {
  return { namespace: home.namespace, group: entry.group ?? home.group, service: entry.service };
}

/** The companions that are named, each the service of one. */
export function companionIdsOf(entry: PlanFileService, home: PlanHome): readonly ServiceId[] {
  return (entry.companions ?? []).flatMap((companion) =>
    typeof companion === 'string' || isPattern(companion) ? [] : [idOfCompanion(companion, entry, home)],
  );
}

/** A companion without a group is in that of its service. */
export function idOfCompanion(
  { service, group }: NamedCompanion,
  entry: PlanFileService,
  home: PlanHome,
): ServiceId {
  return { namespace: home.namespace, group: group ?? entry.group ?? home.group, service };
}
