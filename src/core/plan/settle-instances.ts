import type { PlanHome } from './plan-companions.ts';
import type { PlanFile } from './plan-file.ts';
import type { Plan } from './plan.ts';
import { endpointText } from '../registry/service.ts';

/** The file with the instances that the plan made of it: what is saved means the same tomorrow. */
export function settleInstances(file: PlanFile, plan: Plan, home: PlanHome): PlanFile {
  const stages = file.stages.map((stage, index) => ({
    ...stage,
    services: stage.services.map((entry) => {
      const { exclude: _exclude, order: _order, ...rest } = entry;
      const instances = plan.targets
        .filter((target) => target.stage === (stage.name ?? String(index + 1)))
        .flatMap((target) => target.registrations.slice(0, 1))
        .filter((main) => main.service === entry.service && main.group === (entry.group ?? home.group))
        .filter((main) => main.cluster === (entry.cluster ?? main.cluster))
        .map(endpointText)
        .filter((name) => entry.instances?.includes(name) ?? true);
      return instances.length === 0 ? entry : { ...rest, group: entry.group ?? home.group, instances };
    }),
  }));
  return { ...file, stages };
}
