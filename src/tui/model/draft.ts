import { parseBatch } from '../../core/batches/batch-file.ts';
import { parseZoneMinimum, parseZones } from '../../core/batches/zones.ts';
import type { Companion } from '../../core/plan/companion-rules.ts';
import type { PlanFile, PlanFileService } from '../../core/plan/plan-file.ts';
import { parseCheck, parseDrain, parseMinimum } from '../../core/plan/plan-text.ts';
import { defaultConsumers } from '../../core/plan/drain-presets.ts';
import { evidenceWritten } from '../../core/drain/evidence-file.ts';
import { parseEvidenceLine } from '../../core/drain/evidence-line.ts';
import { type FileDrain, parseCertainty, parseSlowest } from '../../core/plan/drain-file.ts';
import { drainOver, partsOf } from '../../core/plan/drain-settings.ts';
import { parseDuration } from '../../core/text/duration.ts';
import type { ServiceSettings } from '../../core/plan-reading/service-settings.ts';
import { type Endpoint, type ServiceId, endpointText, serviceKey } from '../../core/registry/service.ts';

/** They limit what evidence may do to a drain, and mean nothing without it. */
const evidenceLimits = ['floor', 'ceiling', 'certainty', 'slowest'] as const;
const settingNames = [
  'deploy',
  'timeout',
  'drain',
  'evidence',
  ...evidenceLimits,
  'check',
  'warmUp',
  'soak',
  'minimum',
  'batch',
  'zones',
  'zoneMinimum',
  'drainAhead',
  'rollback',
] as const;
export type SettingName = (typeof settingNames)[number];
export type Settings = Readonly<Record<SettingName, string>>;

export type Chosen = { readonly service: string } & Endpoint;

/** What else the pointed instance's process, or its machine, has registered; by `GROUP@@name`. */
export type Beside = Readonly<Record<string, 'process' | 'ip'>>;

type Defaults = NonNullable<PlanFile['defaults']>;
/** What a profile says and no setting is typed for: what goes along, how it is watched beyond the time that is typed. */
export type KeptDefaults = Pick<Defaults, 'companions' | 'warmUp' | 'soak' | 'zones'>;

/** A plan in the making, as the operator chose and typed it. Services are named by their key. */
export type Draft = {
  readonly services: readonly ServiceId[];
  readonly order: readonly Chosen[];
  readonly companions: Readonly<Record<string, readonly Companion[]>>;
  readonly settings: Settings;
  readonly overrides: readonly string[];
  /** They hold with the time that is typed. */
  readonly watched: Pick<KeptDefaults, 'warmUp' | 'soak' | 'zones'>;
  /** What the profile knows of a service, by its key, and the texts that its settings began with. */
  readonly known: Readonly<Record<string, ServiceSettings>>;
  readonly given: Settings;
  /** Whoever is on is chosen as soon as the instances are read. */
  readonly isAllWanted: boolean;
};

const defaultSettings: Settings = {
  deploy: '',
  timeout: '10m',
  drain: defaultConsumers,
  evidence: '',
  floor: '',
  ceiling: '',
  certainty: '',
  slowest: '',
  check: '',
  warmUp: '',
  soak: '',
  minimum: '1',
  batch: '1',
  zones: '',
  zoneMinimum: '1',
  drainAhead: 'no',
  rollback: '',
};

/** Nothing is chosen yet; `isAllWanted`: all that is on, once its instances are read. */
export function beginDraft(
  services: readonly ServiceId[],
  defaults: Partial<Settings>,
  isAllWanted: boolean,
  { companions = [], ...watched }: KeptDefaults = {},
  known: Draft['known'] = {},
): Draft {
  const taken = services.flatMap((service) => {
    const key = serviceKey(service);
    const own = known[key]?.companions ?? companions;
    return own.length === 0 ? [] : [[key, own] as const];
  });
  const given = { ...defaultSettings, ...defaults };
  return {
    services,
    order: [],
    companions: Object.fromEntries(taken),
    settings: given,
    overrides: [],
    watched,
    known,
    given,
    isAllWanted,
  };
}

/** The settings that there is something to type for, in their order. */
export function shownSettings({ evidence, zones }: Settings): readonly SettingName[] {
  const hidden: readonly SettingName[] = [
    ...(evidence.trim() === '' ? evidenceLimits : []),
    ...(zones.trim() === '' ? (['zoneMinimum'] as const) : []),
  ];
  return settingNames.filter((name) => !hidden.includes(name));
}

/** What is wrong with one typed setting; undefined when nothing is. */
export function settingProblem(name: SettingName, value: string): SettingName | undefined {
  const text = value.trim();
  return isGoodSetting(name, text) ? undefined : name;
}

function isGoodSetting(name: SettingName, text: string): boolean {
  switch (name) {
    case 'deploy':
      return text !== '';
    // Without one, the port is tried and the registration is the fall-back.
    case 'check':
      return text === '' || parseCheck(text) !== undefined;
    case 'rollback':
      return true;
    case 'timeout':
      return parseDuration(text) !== undefined;
    case 'drain':
      return parseDrain(text) !== undefined;
    case 'evidence':
      return parseEvidenceLine(text) !== undefined;
    case 'warmUp':
    case 'soak':
    case 'floor':
    case 'ceiling':
      return text === '' || parseDuration(text) !== undefined;
    case 'certainty':
      return text === '' || parseCertainty(text) !== undefined;
    case 'slowest':
      return text === '' || parseSlowest(text) !== undefined;
    case 'drainAhead':
      return text === 'yes' || text === 'no' || text === '';
    case 'minimum':
      return parseMinimum(text) !== undefined;
    case 'batch':
      return parseBatch(text) !== undefined;
    case 'zones':
      return text === '' || parseZones(text) !== undefined;
    case 'zoneMinimum':
      return parseZoneMinimum(text) !== undefined;
  }
}

/** The first setting that cannot be taken as it is typed. */
export function draftProblem(draft: Draft): SettingName | undefined {
  const isKnown =
    draft.services.length > 0 &&
    draft.services.every((service) => draft.known[serviceKey(service)]?.deploy !== undefined);
  return shownSettings(draft.settings).find(
    (name) =>
      settingProblem(name, draft.settings[name]) !== undefined &&
      // Nothing need be said for all where the profile says it of each.
      !(name === 'deploy' && isKnown && draft.settings.deploy.trim() === ''),
  );
}

/** The plan file that a person could have written for it. Settings must have been found good. */
export function planFileOf(draft: Draft, profile: string | undefined): PlanFile {
  const { settings, watched } = draft;
  const timeout = settings.timeout.trim();
  const deploy = settings.deploy.trim();
  const rollback = settings.rollback.trim();
  const warmUp = settings.warmUp.trim();
  const soak = settings.soak.trim();
  const zones = parseZones(settings.zones.trim());
  const minimum = parseZoneMinimum(settings.zoneMinimum.trim());
  return {
    version: 1,
    ...(profile !== undefined && { profile }),
    defaults: {
      drain: drainOfTexts(settings),
      ...(deploy !== '' && { deploy: { run: deploy, timeout } }),
      ...(rollback !== '' && { rollback: { run: rollback, timeout } }),
      check: parseCheck(settings.check.trim()),
      ...(warmUp !== '' && { warmUp: { ...watched.warmUp, for: warmUp } }),
      ...(soak !== '' && { soak: { ...watched.soak, for: soak } }),
      minimum: parseMinimum(settings.minimum.trim()),
      batch: parseBatch(settings.batch),
      ...(zones && { zones: { ...watched.zones, ...zones, ...(minimum !== undefined && { minimum }) } }),
      ...(settings.drainAhead.trim() === 'yes' && { drainAhead: true }),
    },
    stages: [{ services: draft.services.flatMap((service) => serviceOf(draft, service)) }],
  };
}

function drainOfTexts(settings: Settings): FileDrain | undefined {
  const limits = evidenceLimits
    .filter((name) => shownSettings(settings).includes(name))
    .map((name) => [name, settings[name].trim()])
    .filter(([, text]) => text !== '');
  const evidence = evidenceWritten(parseEvidenceLine(settings.evidence) ?? []);
  return drainOver(undefined, {
    ...partsOf(parseDrain(settings.drain.trim())),
    ...(evidence !== undefined && { evidence }),
    ...Object.fromEntries(limits),
  });
}

function serviceOf(draft: Draft, id: ServiceId): readonly PlanFileService[] {
  const key = serviceKey(id);
  const instances = draft.order.filter((chosen) => chosen.service === key).map(endpointText);
  const companions = draft.companions[key] ?? [];
  if (instances.length === 0) return [];
  return [
    {
      service: id.service,
      group: id.group,
      instances,
      order: { by: 'given' },
      ...knownSettings(draft, key),
      ...(companions.length > 0 && { companions: [...companions] }),
    },
  ];
}

/** What each of a service's settings is typed as, where there is something to type. */
const typedAs: Partial<Readonly<Record<string, readonly SettingName[]>>> = {
  drain: ['drain', 'evidence', ...evidenceLimits],
  deploy: ['deploy', 'timeout'],
  rollback: ['rollback', 'timeout'],
  check: ['check'],
  warmUp: ['warmUp'],
  soak: ['soak'],
  minimum: ['minimum'],
  batch: ['batch'],
  zones: ['zones', 'zoneMinimum'],
};

/** What the profile says of a service, but for what was typed over it for all. */
function knownSettings({ known, settings, given }: Draft, key: string): Partial<PlanFileService> {
  const { ports: _ports, companions: _companions, ...own } = known[key] ?? {};
  const isAsGiven = (name: SettingName): boolean => settings[name] === given[name];
  return Object.fromEntries(
    Object.entries(own).filter(([setting]) => (typedAs[setting] ?? []).every(isAsGiven)),
  );
}
