import { parseBatch } from '../../core/batches/batch-file.ts';
import { parseZoneMinimum, parseZones } from '../../core/batches/zones.ts';
import { parseGate } from '../../core/gate/gate-line.ts';
import { type FileEvidence, evidenceWritten } from '../../core/drain/evidence-file.ts';
import { parseCertainty, parseSlowest } from '../../core/plan/drain-file.ts';
import { partsOf } from '../../core/plan/drain-settings.ts';
import { agreesOnFailure, parseDeadline, parseMaxFailures } from '../../core/plan/limits.ts';
import { parseReceiver } from '../../core/notify/notify-line.ts';
import type { Limits } from '../../core/plan-reading/limits-over.ts';
import type { ProfileDefaults } from '../../core/plan-reading/service-settings.ts';
import { parseDuration } from '../../core/text/duration.ts';
import { type PlanFile, endpointSchema, planFileSchema } from '../../core/plan/plan-file.ts';
import {
  parseBack,
  parseCheck,
  parseCompanion,
  parseDrain,
  parseLeave,
  parseLine,
  parseMinimum,
  parseOrder,
} from '../../core/plan/plan-text.ts';
import { hostSchema } from '../../core/which/host.ts';
import { parseWhere } from '../../core/which/where.ts';
import { type Reader, createReader } from './flag-reader.ts';
import type { CliWords } from '../../i18n/en/cli.ts';
import { firstIssue } from '../../core/text/first-issue.ts';

/** Settings that a plan and a profile's defaults share. */
export type SettingFlags = {
  readonly companion?: readonly string[];
  readonly drain?: string;
  readonly evidence?: readonly string[];
  readonly floor?: string;
  readonly ceiling?: string;
  readonly certainty?: string;
  readonly slowest?: string;
  readonly check?: string;
  readonly warmUp?: string;
  readonly soak?: string;
  readonly deploy?: string;
  readonly deployTimeout?: string;
  readonly rollback?: string;
  readonly leave?: string;
  readonly back?: string;
  readonly minimum?: string;
  readonly drainAhead?: boolean;
  readonly batch?: string;
  readonly zones?: string;
  readonly zoneMinimum?: string;
  readonly notify?: readonly string[];
};

export type PlanFlags = SettingFlags & {
  readonly service?: string;
  readonly group?: string;
  readonly cluster?: string;
  readonly instance?: readonly string[];
  readonly exclude?: readonly string[];
  readonly host?: readonly string[];
  readonly where?: readonly string[];
  readonly notOn?: string;
  readonly order?: string;
  readonly afterFirst?: readonly string[];
  readonly betweenBatches?: readonly string[];
  readonly onFailure?: string;
  readonly maxFailures?: string;
  readonly deadline?: string;
};

export type Flagged<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly sentence: string };

type Settings = NonNullable<PlanFile['defaults']>;

/** The plan file that the flags stand for, its drain in parts, for a service that was read already: a name is split once. */
export function planFileOfFlags(
  flags: Omit<PlanFlags, 'service' | 'group'>,
  { group, service }: { readonly group?: string; readonly service: string },
  words: CliWords,
): Flagged<PlanFile> {
  const { cluster, instance, exclude, host, order } = flags;
  const reader = createReader(words);
  const { where, notOn, ...limits } = readLimits(flags, reader);
  const entry = {
    group,
    service,
    cluster,
    instances: reader.each('--instance', instance, isEndpoint),
    exclude: reader.each('--exclude', exclude, isEndpoint),
    hosts: reader.each('--host', host, (text) => hostSchema.safeParse(text).success),
    where,
    notOn,
    order: reader.read('--order', order, parseOrder),
  };
  const defaults = readSettings(flags, reader);
  const beside = given({
    notify: readReceivers(flags.notify, reader),
    gates: readGates(flags, reader, words),
  });
  if (reader.problems[0] !== undefined) return { ok: false, sentence: reader.problems[0] };
  const file = planFileSchema.safeParse({
    version: 1,
    ...(Object.keys(defaults).length > 0 && { defaults }),
    stages: [{ services: [given(entry)] }],
    ...limits,
    ...beside,
  });
  return file.success
    ? { ok: true, value: file.data }
    : { ok: false, sentence: words.usage.other(firstIssue(file.error)) };
}

/** What of the flags may stand beside a plan file. */
export function limitsOfFlags(flags: PlanFlags, words: CliWords): Flagged<Limits> {
  const reader = createReader(words);
  const value = readLimits(flags, reader);
  const [sentence] = reader.problems;
  if (sentence !== undefined) return { ok: false, sentence };
  return agreesOnFailure(value)
    ? { ok: true, value }
    : { ok: false, sentence: words.usage.notBoth('--max-failures', '--on-failure stop') };
}

function readLimits(flags: PlanFlags, reader: Reader): Limits {
  const where = reader.each('--where', flags.where, (text) => parseWhere(text) !== undefined);
  return given({
    where: where && [...where],
    notOn: flags.notOn,
    onFailure: reader.read('--on-failure', flags.onFailure, parseOnFailure),
    maxFailures: reader.read('--max-failures', flags.maxFailures, parseMaxFailures),
    deadline: reader.read('--deadline', flags.deadline, parseTimeOfDay),
  });
}

/** What of the flags a profile's defaults may say; the drain in parts. */
export function settingsOfFlags(flags: SettingFlags, words: CliWords): Flagged<ProfileDefaults> {
  const reader = createReader(words);
  const value = { ...readSettings(flags, reader), ...given({ notify: readReceivers(flags.notify, reader) }) };
  const [sentence] = reader.problems;
  return sentence === undefined ? { ok: true, value } : { ok: false, sentence };
}

function readSettings(flags: SettingFlags, reader: Reader): Settings {
  const warmUp = reader.read('--warm-up', flags.warmUp, parseTime);
  const soak = reader.read('--soak', flags.soak, parseTime);
  const timeout = reader.read('--deploy-timeout', flags.deployTimeout, parseTime);
  const commandOf = (run: string | undefined): Settings['deploy'] =>
    run === undefined ? undefined : { run, ...given({ timeout }) };
  return given({
    companions: readCompanions(flags.companion, reader),
    drain: readDrain(flags, reader),
    deploy: commandOf(reader.read('--deploy', flags.deploy, parseLine)),
    rollback: commandOf(reader.read('--rollback', flags.rollback, parseLine)),
    leave: reader.read('--leave', flags.leave, parseLeave),
    back: reader.read('--back', flags.back, parseBack),
    check: reader.read('--check', flags.check, parseCheck),
    warmUp: warmUp === undefined ? undefined : { for: warmUp },
    soak: soak === undefined ? undefined : { for: soak },
    minimum: reader.read('--minimum', flags.minimum, parseMinimum),
    drainAhead: flags.drainAhead,
    batch: reader.read('--batch', flags.batch, parseBatch),
    zones: readZones(flags, reader),
  });
}

function readZones({ zones, zoneMinimum }: SettingFlags, reader: Reader): Settings['zones'] {
  const read = reader.read('--zones', zones, parseZones);
  const minimum = reader.read('--zone-minimum', zoneMinimum, (text) =>
    zones === undefined ? undefined : parseZoneMinimum(text),
  );
  return read && { ...read, ...given({ minimum }) };
}

/** Its parts: what is left out may be in the profile, over which `drainOver` lays them. */
function readDrain(flags: SettingFlags, reader: Reader): Settings['drain'] {
  const read = (flag: DrainFlag, text: string | undefined, parse: (text: string) => unknown) =>
    reader.read(flag, text, (given) => (parse(given) === undefined ? undefined : given));
  const parts = given({
    ...partsOf(reader.read('--drain', flags.drain, parseDrain)),
    evidence: readEvidence(flags.evidence, reader),
    floor: read('--floor', flags.floor, parseDuration),
    ceiling: read('--ceiling', flags.ceiling, parseDuration),
    certainty: read('--certainty', flags.certainty, parseCertainty),
    slowest: read('--slowest', flags.slowest, parseSlowest),
  });
  return Object.keys(parts).length === 0 ? undefined : parts;
}

type DrainFlag = '--floor' | '--ceiling' | '--certainty' | '--slowest';

/** `none` alone takes away what the profile has. */
function readEvidence(texts: readonly string[] | undefined, reader: Reader): FileEvidence | undefined {
  if (texts?.length === 1 && texts[0] === 'none') return 'none';
  return evidenceWritten(reader.evidence(texts ?? []));
}

/** `none` alone takes away what the profile has. */
function readCompanions(texts: readonly string[] | undefined, reader: Reader): Settings['companions'] {
  if (texts?.length === 1 && texts[0] === 'none') return [];
  return texts?.flatMap((text) => reader.read('--companion', text, parseCompanion) ?? []);
}

function readGates(
  flags: Pick<PlanFlags, 'afterFirst' | 'betweenBatches'>,
  reader: Reader,
  words: CliWords,
): PlanFile['gates'] {
  const read = (flag: '--after-first' | '--between-batches', texts: readonly string[] = []) =>
    texts.flatMap((text) => reader.read(flag, text, (one) => parseGate(one, words.usualPause)) ?? []);
  const gates = [
    ...read('--after-first', flags.afterFirst).map((gate) => ({ after: 1, ...gate })),
    ...read('--between-batches', flags.betweenBatches).map((gate) => ({
      between: 'batches' as const,
      ...gate,
    })),
  ];
  return gates.length === 0 ? undefined : gates;
}

/** `none` alone: nobody, whoever the profile has. */
function readReceivers(texts: readonly string[] | undefined, reader: Reader): PlanFile['notify'] {
  if (texts?.length === 1 && texts[0] === 'none') return [];
  return texts?.flatMap((text) => reader.read('--notify', text, parseReceiver) ?? []);
}

type Given<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Without the keys that have no value. */
function given<T extends object>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;
}

function isEndpoint(text: string): boolean {
  return endpointSchema.safeParse(text).success;
}

function parseTime(text: string): string | undefined {
  return parseDuration(text) === undefined ? undefined : text;
}

function parseTimeOfDay(text: string): string | undefined {
  return parseDeadline(text) === undefined ? undefined : text;
}

function parseOnFailure(text: string): 'stop' | 'continue' | undefined {
  return text === 'stop' || text === 'continue' ? text : undefined;
}
