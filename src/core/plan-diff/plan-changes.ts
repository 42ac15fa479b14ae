import { foundText } from '../plan/companion-rules.ts';
import { type PlanHome, serviceIdOf } from '../planning/plan-context.ts';
import type { PlanFile, PlanFileService, Seen } from '../plan/plan-file.ts';
import type { Plan } from '../plan/plan.ts';
import { seenOf } from '../planning/settle-instances.ts';
import { type Instance, type ServiceId, endpointText, isNamed } from '../registry/service.ts';
import { fullName } from '../registry/service-name.ts';

/** What is not as it was when a plan was saved. Services are written `GROUP@@name`, instances `ip:port`. */
export type PlanChange = { readonly service: string } & (
  | { readonly kind: 'service-gone' }
  /** The plan holds nothing of what there was: it was written by hand, or by an older version. */
  | { readonly kind: 'not-kept' }
  /** Not there then, and so not rolled unless the plan names no instances. */
  | { readonly kind: 'came'; readonly instance: string; readonly isRolled: boolean }
  | { readonly kind: 'gone'; readonly instance: string; readonly isRolled: boolean }
  | { readonly kind: 'switched'; readonly instance: string; readonly isOn: boolean }
  | { readonly kind: 'weight'; readonly instance: string; readonly before: number; readonly now: number }
  /** `''` where the metadata says none. */
  | { readonly kind: 'version'; readonly instance: string; readonly before: string; readonly now: string }
  /** As `GROUP@@name ip:port`. */
  | {
      readonly kind: 'companions';
      readonly instance: string;
      readonly came: readonly string[];
      readonly gone: readonly string[];
    }
);

type Lists = (service: ServiceId) => readonly Instance[] | undefined;

/** What came, went and changed of the services that a plan file names, in its order. */
export function instanceChanges(file: PlanFile, home: PlanHome, listed: Lists): readonly PlanChange[] {
  return file.stages
    .flatMap(({ services }) => services)
    .flatMap((entry): readonly PlanChange[] => {
      const id = serviceIdOf(entry, home);
      const service = fullName(id);
      const now = listed(id);
      if (now === undefined) return [{ kind: 'service-gone', service }];
      if (entry.seen === undefined)
        return [{ kind: 'not-kept', service }, ...goneByName(entry, service, now)];
      return compared(entry, service, entry.seen, seenOf(now, entry, file));
    });
}

function goneByName(
  entry: PlanFileService,
  service: string,
  now: readonly Instance[],
): readonly PlanChange[] {
  return (entry.instances ?? [])
    .filter((name) => !now.some((instance) => isNamed(instance, name)))
    .map((instance) => ({ kind: 'gone', service, instance, isRolled: true }));
}

function compared(
  entry: PlanFileService,
  service: string,
  before: Readonly<Record<string, Seen>>,
  now: Readonly<Record<string, Seen>>,
): readonly PlanChange[] {
  const isRolled = (instance: string): boolean =>
    (entry.instances?.includes(instance) ?? true) && entry.exclude?.includes(instance) !== true;
  const gone = Object.keys(before).filter((name) => now[name] === undefined);
  const came = Object.keys(now).filter((name) => before[name] === undefined);
  return [
    ...gone.map(
      (instance): PlanChange => ({ kind: 'gone', service, instance, isRolled: isRolled(instance) }),
    ),
    ...came.map(
      (instance): PlanChange => ({ kind: 'came', service, instance, isRolled: isRolled(instance) }),
    ),
    ...Object.entries(before).flatMap(([instance, was]) => {
      const is = now[instance];
      return is === undefined ? [] : changesOf({ service, instance }, was, is);
    }),
  ];
}

function changesOf(
  place: { readonly service: string; readonly instance: string },
  was: Seen,
  is: Seen,
): readonly PlanChange[] {
  const isOn = is.enabled ?? true;
  const weight = { before: was.weight ?? 1, now: is.weight ?? 1 };
  const version = { before: was.version ?? '', now: is.version ?? '' };
  return [
    ...(isOn === (was.enabled ?? true) ? [] : [{ kind: 'switched', ...place, isOn } as const]),
    ...(weight.before === weight.now ? [] : [{ kind: 'weight', ...place, ...weight } as const]),
    ...(version.before === version.now ? [] : [{ kind: 'version', ...place, ...version } as const]),
  ];
}

/** What is found beside the instances of a plan that was made now, and was not then, or the other way round. */
export function companionChanges(file: PlanFile, home: PlanHome, plan: Plan): readonly PlanChange[] {
  return file.stages
    .flatMap(({ services }) => services)
    .flatMap(({ found = {}, ...entry }) => {
      const service = fullName(serviceIdOf(entry, home));
      return Object.entries(found).flatMap(([instance, before]): readonly PlanChange[] => {
        const target = plan.targets.find(({ registrations: [main] }) => {
          return main !== undefined && fullName(main) === service && endpointText(main) === instance;
        });
        if (target === undefined) return [];
        const now = target.registrations.slice(1).map(foundText);
        const came = now.filter((name) => !before.includes(name));
        const gone = before.filter((name) => !now.includes(name));
        return came.length + gone.length === 0 ? [] : [{ kind: 'companions', service, instance, came, gone }];
      });
    });
}

/** The file without the instances that are gone, so that a plan can be made of the others; undefined where none is left. */
export function withoutGone(file: PlanFile, home: PlanHome, listed: Lists): PlanFile | undefined {
  const stages = file.stages.flatMap((stage) => {
    const services = stage.services.flatMap((entry) => {
      const now = listed(serviceIdOf(entry, home)) ?? [];
      const isThere = (name: string): boolean => now.some((instance) => isNamed(instance, name));
      const instances = entry.instances?.filter(isThere);
      if (now.length === 0 || instances?.length === 0) return [];
      const exclude = entry.exclude?.filter(isThere);
      return [{ ...entry, ...(instances && { instances }), ...(exclude && { exclude }) }];
    });
    return services.length === 0 ? [] : [{ ...stage, services }];
  });
  return stages.length === 0 ? undefined : { ...file, stages };
}
