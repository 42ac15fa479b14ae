import type { PlanFile } from '../plan/plan-file.ts';
import type { PlanNote } from '../plan/plan-problem.ts';
import { type Plan, mainRegistration } from '../plan/plan.ts';
import { type PlanHome, serviceIdOf } from '../planning/plan-context.ts';
import { fullName } from '../registry/service-name.ts';
import { endpointText } from '../registry/service.ts';
import { type ProfileLayer, settingsFor } from './service-settings.ts';

/** Who is rolled at another port than the profile names of its service, where nobody has named instances. */
export function otherPorts(
  { stages }: PlanFile,
  { targets }: Plan,
  layer: ProfileLayer,
  home: PlanHome,
): readonly PlanNote[] {
  return stages.flatMap(({ services }) =>
    services.flatMap((entry): readonly PlanNote[] => {
      const ports = settingsFor(layer, entry, home)?.settings.ports;
      if (ports === undefined || entry.instances !== undefined) return [];
      const service = fullName(serviceIdOf(entry, home));
      const instances = targets
        .map(mainRegistration)
        .filter((main) => fullName(main) === service && !ports.includes(main.port))
        .map(endpointText);
      return instances.length === 0 ? [] : [{ kind: 'other-ports', service, ports, instances }];
    }),
  );
}
