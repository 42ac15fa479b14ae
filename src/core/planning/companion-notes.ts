import { foundText, isRule } from '../plan/companion-rules.ts';
import type { PlanFileService } from '../plan/plan-file.ts';
import type { PlanNote } from '../plan/plan-problem.ts';
import type { Plan, Target } from '../plan/plan.ts';
import { type Instance, type ServiceId, endpointText, serviceKey } from '../registry/service.ts';
import { fullName, shortName } from '../registry/service-name.ts';

/** An instance of the plan with what goes off and on with it, itself first. */
export type TakenTogether = {
  readonly instances: readonly Instance[];
  /** Found beside it, and left alone. */
  readonly leftAlone: readonly ServiceId[];
};

/** What a reader should know of what was found beside the instances of a service. */
export function companionNotes(
  entry: PlanFileService,
  service: string,
  taken: readonly TakenTogether[],
): readonly PlanNote[] {
  const notes = [
    ...nothingBeside(entry, taken),
    ...taken.flatMap(({ instances }) => changedSince(entry, instances)),
  ];
  const alone = new Map(taken.flatMap(({ leftAlone }) => leftAlone.map((id) => [serviceKey(id), id])));
  if (alone.size === 0) return notes;
  return [...notes, { kind: 'left-alone', service, services: [...alone.values()].map(fullName) }];
}

function nothingBeside(entry: PlanFileService, taken: readonly TakenTogether[]): readonly PlanNote[] {
  const rule = entry.companions?.find((one) => typeof one === 'string');
  const alone = taken.flatMap(({ instances }) => (instances.length === 1 ? instances.map(endpointText) : []));
  return rule === undefined || alone.length === 0 ? [] : [{ kind: 'nothing-beside', instances: alone, rule }];
}

function changedSince(
  { found }: PlanFileService,
  [instance, ...others]: readonly Instance[],
): readonly PlanNote[] {
  const before = instance && found?.[endpointText(instance)];
  if (instance === undefined || before === undefined) return [];
  const now = others.map(foundText);
  const came = now.filter((name) => !before.includes(name));
  const gone = before.filter((name) => !now.includes(name));
  if (came.length + gone.length === 0) return [];
  return [{ kind: 'companions-changed', instance: endpointText(instance), came, gone }];
}

/** What a saved plan holds of a service's companions: those of each target, by name. */
export function foundOf(entry: PlanFileService, targets: readonly Target[]): Pick<PlanFileService, 'found'> {
  if (entry.companions?.some(isRule) !== true) return {};
  const found = targets.flatMap(({ registrations: [main, ...others] }) =>
    main === undefined ? [] : [[endpointText(main), others.map(foundText)]],
  );
  return { found: Object.fromEntries(found) };
}

/** From more companions than these on, a list of targets counts them and names them apart. */
export const companionsMax = 4;

export type CompanionGroup = { readonly targets: readonly string[]; readonly companions: readonly string[] };

/** What goes with targets that have many companions, by name and port; those with the same stand together. */
export function companionGroups({ targets }: Plan): readonly CompanionGroup[] {
  const groups = new Map<string, { targets: string[]; companions: readonly string[] }>();
  for (const { name, registrations } of targets) {
    if (registrations.length <= companionsMax + 1) continue;
    const companions = registrations.slice(1).map((one) => `${shortName(one)} :${one.port}`);
    const key = companions.join('\n');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { targets: [name], companions });
    else group.targets.push(name);
  }
  return [...groups.values()];
}
