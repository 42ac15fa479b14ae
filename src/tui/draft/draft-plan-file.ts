import { parseBatch } from '../../core/batches/batch-file.ts';
import { parseZoneMinimum, parseZones } from '../../core/batches/zones.ts';
import type { PlanFile, PlanFileService } from '../../core/plan/plan-file.ts';
import { parseCheck, parseDrain, parseMinimum } from '../../core/plan/plan-text.ts';
import { evidenceWritten } from '../../core/drain/evidence-file.ts';
import { parseEvidenceLine } from '../../core/drain/evidence-line.ts';
import type { FileDrain } from '../../core/plan/drain-file.ts';
import { drainOver, partsOf } from '../../core/plan/drain-settings.ts';
import { type ServiceId, endpointText, serviceKey } from '../../core/registry/service.ts';
import type { Draft } from './draft.ts';
import { type SettingName, type Settings, evidenceLimits, shownSettings } from './settings.ts';

/** The plan file that a person could have written for it. Settings must have been found good. */
export function planFileOf(draft: Draft, profile: string | undefined): PlanFile {
  const { settings, kept } = draft;
  const timeout = settings.timeout.trim();
  const deploy = settings.deploy.trim();
  const rollback = settings.rollback.trim();
  const warmUp = settings.warmUp.trim();
  const soak = settings.soak.trim();
  const zones = parseZones(settings.zones.trim());
  const minimum = parseZoneMinimum(settings.zoneMinimum.trim());
  return {
    version: 1,
    ...kept.told,
    ...(profile !== undefined && { profile }),
    defaults: {
      drain: drainOfTexts(settings),
      ...(deploy !== '' && { deploy: keptOr(draft, 'deploy') ?? { run: deploy, timeout } }),
      ...(rollback !== '' && { rollback: keptOr(draft, 'rollback') ?? { run: rollback, timeout } }),
      check: keptOr(draft, 'check') ?? parseCheck(settings.check.trim()),
      ...(warmUp !== '' && { warmUp: { ...kept.warmUp, for: warmUp } }),
      ...(soak !== '' && { soak: { ...kept.soak, for: soak } }),
      minimum: parseMinimum(settings.minimum.trim()),
      batch: parseBatch(settings.batch),
      ...(zones && { zones: { ...kept.zones, ...zones, ...(minimum !== undefined && { minimum }) } }),
      ...(settings.drainAhead.trim() === 'yes' && { drainAhead: true }),
    },
    stages: [{ services: draft.services.flatMap((service) => serviceOf(draft, service)) }],
  };
}

/** What the profile says of it whole, with what nobody can type here, unless something else was typed over it. */
function keptOr<Name extends 'deploy' | 'rollback' | 'check'>(
  { kept, settings, given }: Draft,
  name: Name,
): Draft['kept'][Name] {
  const isAsGiven = (typedAs[name] ?? []).every((each) => settings[each] === given[each]);
  return isAsGiven ? kept[name] : undefined;
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
