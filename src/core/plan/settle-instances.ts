import type { PlanHome } from './plan-context.ts';
import { foundOf } from './companion-notes.ts';
import type { PlanFile, PlanFileService } from './plan-file.ts';
import type { Plan, Registration } from './plan.ts';
import { endpointText } from '../registry/service.ts';

/** The file with the instances that the plan made of it, and with what was found beside them: what is saved means the same tomorrow. */
export function settleInstances(file: PlanFile, plan: Plan, home: PlanHome): PlanFile {
  const stages = file.stages.map((stage, index) => ({
    ...stage,
    services: stage.services.map((entry) => {
      const { exclude: _exclude, order: _order, found: _found, ...rest } = entry;
      const targets = plan.targets
        .filter((target) => target.stage === (stage.name ?? String(index + 1)))
        .filter(({ registrations: [main] }) => main !== undefined && isOf(main, entry, home));
      const instances = targets
        .flatMap((target) => target.registrations.slice(0, 1))
        .map(endpointText)
        .filter((name) => entry.instances?.includes(name) ?? true);
      if (instances.length === 0) return entry;
      return { ...rest, group: entry.group ?? home.group, instances, ...foundOf(entry, targets) };
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
