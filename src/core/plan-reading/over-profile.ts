import type { FileDrain } from '../plan/drain-file.ts';
import { drainOver } from '../plan/drain-settings.ts';
import type { PlanHome } from '../planning/plan-context.ts';
import type { PlanFile, PlanFileService } from '../plan/plan-file.ts';
import { type ProfileLayer, settingsFor } from './service-settings.ts';

/**
 * A plan file, or what flags say as one, with what the profile says of its services and of any beneath it: service over
 * plan over the profile's service over its defaults. A setting is one, but for the drain of flags, which are settings each.
 */
export function overProfile(
  written: PlanFile,
  layer: ProfileLayer,
  home: Pick<PlanHome, 'group'>,
  isTyped: boolean,
): PlanFile {
  const said = written.defaults;
  const { notify: told, language: spoken, ...defaults } = layer.defaults ?? {};
  const { notify = told, language = spoken } = written;
  const stages = written.stages.map((stage) => ({
    ...stage,
    services: stage.services.map((entry) => filledEntry(entry, written, layer, home, isTyped)),
  }));
  const drain = isTyped ? drainOver(layer.defaults?.drain, said?.drain) : undefined;
  return {
    ...written,
    ...(notify && { notify }),
    ...(language && { language }),
    defaults: { ...defaults, ...said, ...(drain && { drain }) },
    stages,
  };
}

function filledEntry(
  entry: PlanFileService,
  { defaults = {} }: PlanFile,
  layer: ProfileLayer,
  home: Pick<PlanHome, 'group'>,
  isTyped: boolean,
): PlanFileService {
  const found = settingsFor(layer, entry, home);
  if (found === undefined) return entry;
  const { ports: _ports, drain: own, ...settings } = found.settings;
  const unsaid = Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => value !== undefined && !(name in defaults)),
  );
  const drain = isTyped ? typedDrain(own, defaults.drain, layer) : defaults.drain === undefined && own;
  const group = found.group === home.group ? {} : { group: found.group };
  return { ...group, ...unsaid, ...(drain && { drain }), ...entry };
}

/** Nothing where the plan's defaults say the same. */
function typedDrain(
  own: FileDrain | undefined,
  typed: FileDrain | undefined,
  layer: ProfileLayer,
): FileDrain | undefined {
  const drain = own && drainOver(own, typed);
  return JSON.stringify(drain) === JSON.stringify(drainOver(layer.defaults?.drain, typed))
    ? undefined
    : drain;
}
