import * as z from 'zod';
import type { PlanContext, PlanHome } from '../planning/plan-context.ts';
import { planFileSchema } from '../plan/plan-file.ts';
import { serviceNamed, splitName } from '../registry/service-name.ts';
import { isSameService } from '../registry/service.ts';

/** What a profile knows of one service: what a plan says of one, and at which ports its processes are. */
export const serviceSettingsSchema = planFileSchema.shape.defaults.unwrap().extend({
  /** Those that one process of it, or several at one ip, are registered at: `--ip` and `--self` mean all of them. */
  ports: z.array(z.number().int().min(1).max(65_535)).min(1).optional(),
});
export type ServiceSettings = z.infer<typeof serviceSettingsSchema>;

/** What a profile says of any plan: what a plan says of any service, and who is told of a rollout. */
export const profileDefaultsSchema = planFileSchema.shape.defaults.unwrap().extend({
  notify: planFileSchema.shape.notify,
  language: planFileSchema.shape.language,
});
export type ProfileDefaults = z.infer<typeof profileDefaultsSchema>;

/** By `NAME`, which is in the profile's group, or `GROUP@@NAME`. */
export type ProfileServices = Readonly<Record<string, ServiceSettings>>;

/** What a profile says beneath a plan. */
export type ProfileLayer = {
  readonly defaults: ProfileDefaults | undefined;
  readonly services: ProfileServices;
  /** The group of services that are named without one was given by a flag or the environment, and holds. */
  readonly isGroupGiven: boolean;
};

export const noLayer: ProfileLayer = { defaults: undefined, services: {}, isGroupGiven: false };

type Named = { readonly service: string; readonly group?: string | undefined };
type Home = Pick<PlanHome, 'group'>;

/**
 * What a profile says of a service, and in which group it is. One that is named without a group is that of the home, else
 * the only one of its name that the profile has.
 */
export function settingsFor(
  { services, isGroupGiven }: ProfileLayer,
  { service, group }: Named,
  home: Home,
): { readonly group: string; readonly settings: ServiceSettings } | undefined {
  const place = { namespace: '', group: home.group };
  const meant = { ...place, service, ...(group !== undefined && { group }) };
  const known = Object.entries(services).map(([name, settings]) => ({
    id: serviceNamed(name, place),
    settings,
  }));
  const exact = known.find(({ id }) => isSameService(id, meant));
  const alike = known.filter(({ id }) => id.service === service);
  const only = group === undefined && !isGroupGiven && alike.length === 1 ? alike[0] : undefined;
  const found = exact ?? only;
  return found && { group: found.id.group, settings: found.settings };
}

/** What a profile asks of services of which nobody says a minimum for all: `said` is what a plan or a flag does. */
export function minimumsOf(
  layer: ProfileLayer,
  home: Home,
  said: ServiceSettings['minimum'],
): PlanContext['minimumOf'] {
  if (said !== undefined) return undefined;
  return (service) => settingsFor(layer, service, home)?.settings.minimum;
}

/** The key under which a profile has a service already, else as it was typed. */
export function keyOfService(services: ProfileServices, typed: string, home: Home): string {
  const place = { namespace: '', group: home.group };
  const meant = serviceNamed(typed, place);
  const same = Object.keys(services).find((key) => isSameService(serviceNamed(key, place), meant));
  return same ?? typed;
}

/** Whether its key names a service: `GROUP@@NAME` or `NAME`, without blanks at the ends. */
export function isServiceKey(key: string): boolean {
  const { group, service } = splitName(key);
  return [service, group ?? 'x'].every((text) => text !== '' && text.trim() === text);
}
