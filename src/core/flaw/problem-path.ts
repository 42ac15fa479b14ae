import type { DrainProblem } from '../plan/drain-settings.ts';
import { type PlanHome, companionIdsOf, serviceIdOf } from '../planning/plan-context.ts';
import type { PlanFile, PlanFileService } from '../plan/plan-file.ts';
import type { PlanProblem } from '../plan/plan-problem.ts';
import { fullName } from '../registry/service-name.ts';
import type { Path } from './flaw.ts';

type Place = { readonly entry: PlanFileService; readonly path: Path };

/** What in a plan file as it was written makes this problem; undefined where nothing in it does. */
export function problemPath(problem: PlanProblem, file: PlanFile, home: PlanHome): Path | undefined {
  const places = file.stages.flatMap(({ services }, stage) =>
    services.map((entry, at): Place => ({ entry, path: ['stages', stage, 'services', at] })),
  );
  const ofService = (service: string): readonly Place[] =>
    places.filter(({ entry }) => fullName(serviceIdOf(entry, home)) === service);
  if (problem.kind === 'companion-service-missing') return companionPath(problem.service, places, file, home);
  if (problem.kind === 'companion-missing' || problem.kind === 'companion-ambiguous')
    return companionPath(problem.companion, places, file, home);
  if (problem.kind === 'all-on-version') return undefined;
  if (problem.kind === 'host-missing') return hostPath(problem.host, places);
  if (problem.kind === 'pattern-missing') return patternPath(problem.pattern, places, file);
  const own = ofService(problem.service);
  // Whatever runs on a host is meant by its name only.
  const mine = own.length > 0 ? own : places.filter(({ entry }) => entry.service === '*');
  const named = 'instance' in problem ? instancePath(problem.instance, mine) : undefined;
  return named ?? settingPath(problem, mine.at(-1), file);
}

function settingPath(problem: PlanProblem, place: Place | undefined, file: PlanFile): Path | undefined {
  if (place === undefined) return undefined;
  const { entry, path } = place;
  switch (problem.kind) {
    case 'service-missing':
      return [...path, 'service'];
    case 'cluster-missing':
      return [...path, 'cluster'];
    case 'metadata-key-missing':
      return problem.where === undefined ? [...path, 'notOn'] : wherePath([problem.where], place);
    case 'nothing-fits':
      return wherePath(problem.where, place);
    case 'order-key-missing':
    case 'order-without-evidence':
      return [...path, 'order'];
    case 'zone-key-missing':
      return settingOf('zones', place, file, 'key');
    case 'drain':
      return settingOf('drain', place, file, partOf(problem.problem));
    case 'unknown-placeholder':
    case 'login-in-url':
      return problem.setting === 'evidence'
        ? settingOf('drain', place, file, 'evidence')
        : settingOf(problem.setting, place, file);
    case 'placeholder-in-line':
      return settingOf(problem.setting, place, file);
    case 'process-unknown':
      return settingOf('companions', place, file) ?? path;
    case 'nothing-to-roll':
      return problem.why === 'excluded' && entry.exclude !== undefined ? [...path, 'exclude'] : path;
    default:
      return path;
  }
}

function hostPath(host: string, places: readonly Place[]): Path | undefined {
  return places.flatMap(({ entry, path }) => {
    const at = entry.hosts?.indexOf(host) ?? -1;
    return at < 0 ? [] : [[...path, 'hosts', at]];
  })[0];
}

/** Of one condition its own place, of several that of all. */
function wherePath(texts: readonly string[], { entry, path }: Place): Path {
  const [only, second] = texts;
  const at = entry.where?.findIndex((text) => text === only) ?? -1;
  return [...path, 'where', ...(second === undefined && at >= 0 ? [at] : [])];
}

type Setting = keyof NonNullable<PlanFile['defaults']>;

/** That of the service, else of the plan's defaults; one of a profile is in no plan file. */
function settingOf(
  setting: Setting,
  { entry, path }: Place,
  { defaults }: PlanFile,
  part?: string,
): Path | undefined {
  const own = entry[setting];
  const written = own ?? defaults?.[setting];
  if (written === undefined) return undefined;
  const hasPart = part !== undefined && typeof written === 'object' && part in written;
  return [...(own === undefined ? ['defaults'] : path), setting, ...(hasPart ? [part] : [])];
}

function partOf(problem: DrainProblem): string {
  switch (problem.kind) {
    case 'two-presets':
      return 'time';
    case 'needs-evidence':
      return problem.setting;
    case 'floor-over-ceiling':
    case 'floor-over-preset':
      return 'floor';
    case 'ceiling-under-preset':
      return 'ceiling';
    case 'login-in-url':
    case 'placeholder':
      return 'evidence';
  }
}

/** The last place that names it: where it stands twice, that is the one too many. */
function instancePath(instance: string, places: readonly Place[]): Path | undefined {
  const named = places.flatMap(({ entry, path }) =>
    (['instances', 'exclude'] as const).flatMap((list) =>
      (entry[list] ?? []).flatMap((name, at) => (name === instance ? [[...path, list, at]] : [])),
    ),
  );
  return named.at(-1);
}

/** Where a companion is named; `companion` is `GROUP@@name`. */
function companionPath(
  companion: string,
  places: readonly Place[],
  file: PlanFile,
  home: PlanHome,
): Path | undefined {
  for (const { entry, path } of places) {
    const companions = entry.companions ?? file.defaults?.companions ?? [];
    const at = companions.findIndex((one) =>
      companionIdsOf({ ...entry, companions: [one] }, home).some((id) => fullName(id) === companion),
    );
    if (at >= 0) return [...(entry.companions === undefined ? ['defaults'] : path), 'companions', at];
  }
  return undefined;
}

function patternPath(pattern: string, places: readonly Place[], file: PlanFile): Path | undefined {
  const all = [...places, { entry: file.defaults ?? {}, path: ['defaults'] as Path }];
  for (const { entry, path } of all) {
    const at = (entry.companions ?? []).findIndex(
      (one) => typeof one === 'object' && pattern.endsWith(one.service),
    );
    if (at >= 0) return [...path, 'companions', at];
  }
  return undefined;
}
