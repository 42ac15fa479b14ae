import { changedOf } from './changed.ts';
import { type Command, commandOf } from '../hooks/command.ts';
import { type Hooks, hooksOf } from '../hooks/hook.ts';
import { millisecondsOf } from '../text/duration.ts';
import type { PlanFile, PlanFileService } from './plan-file.ts';
import { drainOf } from './drain-settings.ts';
import type { Batch } from '../batches/batch-file.ts';
import type { FileZones } from '../batches/zones.ts';
import type { SettingWithLine, SettingWithUrl } from './plan-problem.ts';
import type { Call, Check, Drain, Target } from './plan.ts';

type Defaults = NonNullable<PlanFile['defaults']>;
type FileCall = NonNullable<Defaults['back']>;
type FileCheck = NonNullable<Defaults['check']>;

/** What holds where neither the plan nor a profile says anything. */
export const builtIn = {
  deployTimeoutMs: 600_000,
  callTimeoutMs: 30_000,
  checkWithinMs: 180_000,
  /** A machine is started, and all that runs on it. */
  machineWithinMs: 900_000,
  checkSuccesses: 3,
  warmUpPercents: [10, 50],
  minimum: 1,
  drainAhead: false,
  batch: 1,
  onFailure: 'stop',
  onUnknown: 'ask',
  decideWithinMs: 8 * 3_600_000,
} as const;

/** What holds for one service of a plan file: its own settings over the plan's defaults over ours. */
export type Settings = {
  readonly drain: Drain;
  readonly deploy: Command | undefined;
  readonly rollback: Command | undefined;
  readonly hooks: Hooks | undefined;
  readonly leave: Target['leave'];
  readonly back: Call | undefined;
  readonly check: Check;
  readonly warmUp: Target['warmUp'];
  readonly soak: Target['soak'];
  readonly anyNew: Target['anyNew'];
  readonly minimum: number | string;
  readonly drainAhead: boolean;
  readonly batch: Batch;
  readonly zones: FileZones | undefined;
};

export function settingsOf(entry: PlanFileService, defaults: Defaults): Settings {
  const check = checkOf(entry.check ?? defaults.check);
  const isUnsaid = check.kind === 'tcp' && check.isDefault && entry.hosts !== undefined;
  return {
    drain: drainOf(entry.drain ?? defaults.drain),
    deploy: deployOf(entry.deploy ?? defaults.deploy),
    rollback: deployOf(entry.rollback ?? defaults.rollback),
    hooks: hooksOf(entry.hooks ?? defaults.hooks),
    leave: leaveOf(entry.leave ?? defaults.leave),
    back: callOf(entry.back ?? defaults.back),
    check: isUnsaid ? { ...check, withinMs: builtIn.machineWithinMs } : check,
    warmUp: warmUpOf(entry.warmUp ?? defaults.warmUp),
    soak: soakOf(entry.soak ?? defaults.soak),
    anyNew:
      (entry.identity ?? defaults.identity) === 'any-new'
        ? { match: entry.match ?? defaults.match ?? {} }
        : undefined,
    minimum: entry.minimum ?? defaults.minimum ?? builtIn.minimum,
    drainAhead: entry.drainAhead ?? defaults.drainAhead ?? builtIn.drainAhead,
    batch: entry.batch ?? defaults.batch ?? builtIn.batch,
    zones: entry.zones ?? defaults.zones,
  };
}

/** Every URL in which placeholders are filled, and the address of gRPC. */
export function urlsOf({
  drain,
  check,
  soak,
  leave,
  back,
}: Settings): readonly (readonly [SettingWithUrl, string])[] {
  const evidence = (drain.watch?.evidence ?? []).flatMap((one) => ('url' in one ? [one.url] : []));
  const inCheck = (one: Check | undefined): readonly string[] => [
    ...(one !== undefined && 'url' in one ? [one.url] : []),
    ...(one?.kind === 'grpc' ? [one.at] : []),
    ...(one?.changed?.kind === 'url' ? [one.changed.url] : []),
  ];
  const inCall = (call: Call | undefined): readonly string[] =>
    call !== undefined && 'url' in call ? [call.url] : [];
  const urls: Readonly<Record<SettingWithUrl, readonly string[]>> = {
    evidence,
    check: inCheck(check),
    soak: inCheck(soak?.check),
    leave: inCall(leave?.call),
    back: inCall(back),
  };
  return (Object.keys(urls) as SettingWithUrl[]).flatMap((setting) =>
    urls[setting].map((url) => [setting, url] as const),
  );
}

/** Every command line, into which nothing is filled. */
export function linesOf(settings: Settings): readonly (readonly [SettingWithLine, string])[] {
  const { deploy, rollback, leave, back, check, warmUp, soak } = settings;
  const all = { deploy, rollback, leave: leave?.call, back, check, warmUp: warmUp?.check, soak: soak?.check };
  const hooks = Object.values(settings.hooks ?? {}).map((hook) => ['hooks', hook] as const);
  return [...Object.entries(all), ...hooks].flatMap(([setting, said]) =>
    said !== undefined && 'run' in said ? [[setting as SettingWithLine, said.run] as const] : [],
  );
}

/** Who says how many may fail means that it goes on after the others. */
export function onFailureOf({ onFailure, maxFailures }: PlanFile): 'stop' | 'continue' {
  return onFailure ?? (maxFailures === undefined ? builtIn.onFailure : 'continue');
}

/** A number, or a percent of those on now, rounded up. */
export function minimumFrom(setting: number | string, onNow: number): number {
  return typeof setting === 'number' ? setting : Math.ceil((onNow * Number(setting.slice(0, -1))) / 100);
}

function deployOf(command: Defaults['deploy']): Command | undefined {
  return command && commandOf(command, builtIn.deployTimeoutMs);
}

function leaveOf(leave: Defaults['leave']): Target['leave'] {
  const call = callOf(leave);
  return call === undefined ? undefined : { call, isInstead: leave?.instead === true };
}

function callOf(call: FileCall | undefined): Call | undefined {
  if (call === undefined) return undefined;
  if ('http' in call) {
    if (typeof call.http !== 'string') return call.http;
    const [method = '', url = ''] = call.http.split(' ');
    return { method, url };
  }
  const timeoutMs = millisecondsOf(call.timeout, builtIn.callTimeoutMs);
  return 'run' in call ? { run: call.run, timeoutMs } : { argv: call.argv, timeoutMs };
}

function checkOf(check: FileCheck | undefined): Check {
  const usual = { successes: builtIn.checkSuccesses, withinMs: builtIn.checkWithinMs };
  if (check === undefined) return { kind: 'tcp', isDefault: true, ...usual };
  if (check === 'tcp') return { kind: 'tcp', isDefault: false, ...usual };
  if (check === 'none') return { kind: 'registration', successes: 1, withinMs: builtIn.checkWithinMs };
  const changed = check.changed && changedOf(check.changed, 'actuator' in check ? check.actuator : undefined);
  const patience = {
    successes: check.successes ?? builtIn.checkSuccesses,
    withinMs: millisecondsOf(check.within, builtIn.checkWithinMs),
    ...(changed !== undefined && { changed }),
  };
  if ('http' in check) return { kind: 'http', url: check.http, ...patience };
  if ('run' in check) return { kind: 'command', run: check.run, ...patience };
  if ('tcp' in check) return { kind: 'tcp', isDefault: false, ...patience };
  if ('actuator' in check) return { kind: 'actuator', url: check.actuator, ...patience };
  if ('grpc' in check) {
    const at = check.grpc === true ? '{ip}:{port}' : check.grpc;
    return { kind: 'grpc', at, ...(check.service !== undefined && { service: check.service }), ...patience };
  }
  return check satisfies never;
}

function warmUpOf(warmUp: Defaults['warmUp']): Target['warmUp'] {
  if (warmUp === undefined) return undefined;
  return {
    ms: millisecondsOf(warmUp.for, 0),
    percents: warmUp.steps?.map((step) => Number(step.slice(0, -1))) ?? builtIn.warmUpPercents,
    ...(warmUp.check !== undefined && { check: checkOf(warmUp.check) }),
  };
}

function soakOf(soak: Defaults['soak']): Target['soak'] {
  if (soak === undefined) return undefined;
  return { ms: millisecondsOf(soak.for, 0), ...(soak.check !== undefined && { check: checkOf(soak.check) }) };
}

/** The key under which the metadata of a service's instances says their version: the one that its check wants changed. */
export function versionKey(entry: PlanFileService, { defaults }: Pick<PlanFile, 'defaults'>): string {
  const check = entry.check ?? defaults?.check;
  const changed = typeof check === 'object' ? check.changed : undefined;
  return typeof changed === 'object' && 'metadata' in changed ? changed.metadata : 'version';
}
