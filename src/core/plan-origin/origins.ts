import type { Path } from '../flaw/flaw.ts';
import { drainOver } from '../plan/drain-settings.ts';
import type { PlanFile, PlanFileService } from '../plan/plan-file.ts';
import { builtIn, onFailureOf } from '../plan/plan-settings.ts';
import type { Limits } from '../plan-reading/limits-over.ts';
import { type ProfileLayer, type ServiceSettings, settingsFor } from '../plan-reading/service-settings.ts';
import { occasionKeys } from '../hooks/occasion-key.ts';
import { occasionTimeoutMs } from '../hooks/occasion.ts';
import { formatDuration } from '../text/duration.ts';
import { gatesOfPlan, gatesOfService } from './gate-origins.ts';
import { builtInParts } from './built-in-parts.ts';
import { type Leaf, leavesOf } from './leaves.ts';

/** Who says a value, from what holds everywhere to what holds here. */
export type Origin =
  | 'built-in'
  | 'profile'
  | 'profile-service'
  | 'environment'
  | 'defaults'
  | 'plan'
  | 'service'
  | 'flag';

/** One value of a plan. `path`: where it stands in the plan file. */
export type Originated = {
  /** As the plan names it; undefined for what is said of the whole plan. */
  readonly service: string | undefined;
  /** `check.successes`. */
  readonly setting: string;
  readonly value: string;
  readonly origin: Origin;
  readonly path?: Path;
};

export type OriginInput = {
  /** As it was written, or as flags say it. */
  readonly file: PlanFile;
  readonly isTyped: boolean;
  /** What flags say beside the file, which has it already. */
  readonly limits: Limits;
  /** Of the profile. */
  readonly layer: ProfileLayer;
  readonly profile: string | undefined;
  readonly group: { readonly value: string; readonly origin: Origin };
};

type Defaults = NonNullable<PlanFile['defaults']>;
type Setting = keyof Defaults;

const settings = [
  'companions',
  'drain',
  'deploy',
  'rollback',
  'hooks',
  'leave',
  'back',
  'check',
  'warmUp',
  'soak',
  'identity',
  'match',
  'minimum',
  'drainAhead',
  'batch',
  'zones',
] as const satisfies readonly Setting[];

/** Each value that holds, in the order of a plan file; what nobody says and nothing stands for is left out. */
export function originsOf(input: OriginInput): readonly Originated[] {
  const { file } = input;
  return [
    ...ofPlan(input),
    ...file.stages.flatMap(({ services }, stage) =>
      services.flatMap((entry, at) => ofService(entry, ['stages', stage, 'services', at], input)),
    ),
  ];
}

function ofPlan({ file, isTyped, limits, profile, layer }: OriginInput): readonly Originated[] {
  const whole = {
    profile: file.profile ?? profile,
    onFailure: onFailureOf(file),
    maxFailures: file.maxFailures,
    deadline: file.deadline,
    onUnknown: file.onUnknown ?? builtIn.onUnknown,
    alreadyOff: file.alreadyOff ?? 'leave-out',
    decideWithin: file.decideWithin ?? formatDuration(builtIn.decideWithinMs),
  };
  const stages = file.stages.flatMap((stage, at): readonly Originated[] => {
    const { sideBySide } = stage;
    const value = { service: undefined, setting: `stages[${at}].sideBySide`, value: String(sideBySide) };
    return sideBySide === undefined ? [] : [{ ...value, origin: 'plan', path: ['stages', at, 'sideBySide'] }];
  });
  const written = (setting: string) =>
    isTyped || setting in limits
      ? { origin: 'flag' as const }
      : { origin: 'plan' as const, path: setting.split('.') };
  const told = (['notify', 'language'] as const).flatMap((setting): readonly Originated[] => {
    const origin = file[setting] === undefined ? { origin: 'profile' as const } : written(setting);
    const leaves = leavesOf(setting, file[setting] ?? layer.defaults?.[setting]);
    return leaves.map((leaf) => ({ service: undefined, ...leaf, ...origin }));
  });
  const known = Object.entries(whole).flatMap(([setting, value]): readonly Originated[] => {
    if (value === undefined) return [];
    const isWritten = file[setting as keyof typeof whole] !== undefined;
    const unwritten = { origin: setting === 'profile' ? ('profile' as const) : ('built-in' as const) };
    return [
      { service: undefined, setting, value: String(value), ...(isWritten ? written(setting) : unwritten) },
    ];
  });
  // What of its commands nobody says.
  const timeouts = occasionKeys
    .filter((key) => file.on?.[key] !== undefined && file.on[key].timeout === undefined)
    .map((key) => ({
      service: undefined,
      setting: `on.${key}.timeout`,
      value: formatDuration(occasionTimeoutMs),
      origin: 'built-in' as const,
    }));
  return [
    ...known,
    ...timeouts,
    ...leavesOf('on', file.on).map((leaf) => ({ service: undefined, ...leaf, ...written(leaf.setting) })),
    ...told,
    ...stages,
    ...gatesOfPlan(file, isTyped),
  ];
}

function ofService(entry: PlanFileService, path: Path, input: OriginInput): readonly Originated[] {
  const { group, isTyped, layer } = input;
  const { service } = entry;
  const known = settingsFor(layer, entry, { group: group.value });
  const isOfProfile = known !== undefined && known.group !== group.value;
  const own: Origin = isTyped ? 'flag' : 'service';
  const placed = (setting: string): { readonly origin: Origin; readonly path?: Path } =>
    isTyped ? { origin: own } : { origin: own, path: [...path, setting] };
  const named = (['cluster', 'hosts', 'instances', 'exclude', 'where', 'notOn', 'order'] as const).flatMap(
    (setting) =>
      whichOf(setting, entry, input.limits, placed(setting)).map((value) => ({ service, ...value })),
  );
  return [
    {
      service,
      setting: 'group',
      value: entry.group ?? known?.group ?? group.value,
      ...(entry.group !== undefined
        ? placed('group')
        : { origin: isOfProfile ? ('profile-service' as const) : group.origin }),
    },
    ...named,
    ...gatesOfService(entry, path),
    ...settings.flatMap((setting) =>
      ofSetting(setting, entry, path, { ...input, known: known?.settings }).map((value) => ({
        service,
        ...value,
      })),
    ),
  ];
}

/** Of conditions both hold, those of the file and those of flags beside it. */
function whichOf(
  setting: 'cluster' | 'hosts' | 'instances' | 'exclude' | 'where' | 'notOn' | 'order',
  entry: PlanFileService,
  { where = [], notOn }: Limits,
  placed: Omit<Placed, keyof Leaf>,
): readonly Placed[] {
  const from = (value: unknown, who: Omit<Placed, keyof Leaf>): readonly Placed[] =>
    leavesOf(setting, value).map((leaf) => ({ ...leaf, ...who }));
  if (setting === 'notOn' && notOn !== undefined) return from(notOn, { origin: 'flag' });
  if (setting !== 'where' || where.length === 0) return from(entry[setting], placed);
  const own = entry.where?.slice(0, -where.length) ?? [];
  return [...(own.length > 0 ? from(own, placed) : []), ...from(where, { origin: 'flag' })];
}

type Placed = Leaf & { readonly origin: Origin; readonly path?: Path };

function ofSetting(
  setting: Setting,
  entry: PlanFileService,
  path: Path,
  {
    file,
    isTyped,
    layer: { defaults },
    known,
  }: OriginInput & { readonly known: ServiceSettings | undefined },
): readonly Placed[] {
  const [own, plan, profile] = [
    entry[setting],
    file.defaults?.[setting],
    known?.[setting] ?? defaults?.[setting],
  ];
  const below: Origin = known?.[setting] === undefined ? 'profile' : 'profile-service';
  const isMerged = isTyped && setting === 'drain' && plan !== undefined;
  const said = isMerged
    ? drainOver(known?.drain ?? defaults?.drain, file.defaults?.drain)
    : (own ?? plan ?? profile);
  const nobody = builtInParts(setting, said, entry).map((leaf): Placed => ({ ...leaf, origin: 'built-in' }));
  if (isMerged) return [...typedDrain(said, file.defaults?.drain, below), ...nobody];
  if (said === undefined) return nobody;
  return [...leavesOf(setting, said).map((leaf) => ({ ...leaf, ...layer() })), ...nobody];

  function layer(): { readonly origin: Origin; readonly path?: Path } {
    if (own !== undefined)
      return isTyped ? { origin: 'flag' } : { origin: 'service', path: [...path, setting] };
    if (plan === undefined) return { origin: below };
    return isTyped ? { origin: 'flag' } : { origin: 'defaults', path: ['defaults', setting] };
  }
}

/** The flags of a drain are settings of their own: each lies over that of the profile. */
function typedDrain(merged: Defaults[Setting], typed: Defaults['drain'], below: Origin): readonly Placed[] {
  const own = typed ?? {};
  return leavesOf('drain', merged).map((leaf) => {
    const [, part = ''] = leaf.setting.split('.');
    return { ...leaf, origin: part in own ? 'flag' : below };
  });
}
