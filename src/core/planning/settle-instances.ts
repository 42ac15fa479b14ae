import { type PlanHome, serviceIdOf } from './plan-context.ts';
import { foundOf } from './companion-notes.ts';
import type { PlanFile, PlanFileService, Seen } from '../plan/plan-file.ts';
import { versionKey } from '../plan/plan-settings.ts';
import type { Plan, Registration } from '../plan/plan.ts';
import { type Instance, type ServiceId, endpointText } from '../registry/service.ts';

/**
 * The file with the instances that the plan made of it, with what was found beside them, and with what its services had:
 * what is saved means the same tomorrow, and can be compared. `listed`: what Nacos lists now.
 */
export function settleInstances(
  file: PlanFile,
  plan: Plan,
  home: PlanHome,
  listed: (service: ServiceId) => readonly Instance[] | undefined,
): PlanFile {
  const stages = file.stages.map((stage, index) => ({
    ...stage,
    services: stage.services.map((entry) => {
      const { exclude: _exclude, where: _where, order, found: _found, seen: _seen, ...rest } = entry;
      const targets = plan.targets
        .filter((target) => target.stage === (stage.name ?? String(index + 1)))
        .filter(({ registrations: [main] }) => main !== undefined && isOf(main, entry, home));
      const instances = targets
        .flatMap((target) => target.registrations.slice(0, 1))
        .map(endpointText)
        .filter((name) => entry.instances?.includes(name) ?? true);
      if (instances.length === 0) return entry;
      const seen = seenOf(listed(serviceIdOf(entry, home)) ?? [], entry, file);
      const kept = order?.by === 'traffic' ? { order } : {};
      return {
        ...rest,
        ...kept,
        group: entry.group ?? home.group,
        instances,
        ...foundOf(entry, targets),
        seen,
      };
    }),
  }));
  return { ...file, stages };
}

function isOf(main: Registration, entry: PlanFileService, home: PlanHome): boolean {
  return (
    main.service === entry.service &&
    main.group === (entry.group ?? home.group) &&
    main.cluster === (entry.cluster ?? main.cluster)
  );
}

/** Of the service's cluster, whatever is listed there. */
export function seenOf(
  listed: readonly Instance[],
  entry: PlanFileService,
  file: PlanFile,
): Readonly<Record<string, Seen>> {
  const key = versionKey(entry, file);
  const here = listed.filter(({ cluster }) => cluster === (entry.cluster ?? cluster));
  return Object.fromEntries(
    here.map((instance) => {
      const { enabled, weight, metadata } = instance;
      const version = metadata[key];
      const seen: Seen = {
        ...(!enabled && { enabled }),
        ...(weight !== 1 && { weight }),
        ...(version !== undefined && { version }),
      };
      return [endpointText(instance), seen];
    }),
  );
}
