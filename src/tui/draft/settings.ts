import { parseBatch } from '../../core/batches/batch-file.ts';
import { parseZoneMinimum, parseZones } from '../../core/batches/zones.ts';
import { parseCheck, parseDrain, parseMinimum } from '../../core/plan/plan-text.ts';
import { defaultConsumers } from '../../core/plan/drain-presets.ts';
import { parseEvidenceLine } from '../../core/drain/evidence-line.ts';
import { parseCertainty, parseSlowest } from '../../core/plan/drain-file.ts';
import { parseDuration } from '../../core/text/duration.ts';

/** They limit what evidence may do to a drain, and mean nothing without it. */
export const evidenceLimits = ['floor', 'ceiling', 'certainty', 'slowest'] as const;
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

export const defaultSettings: Settings = {
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
