import {
  type ProfileChange,
  editProfile,
  removableOfService,
  removableDefaults,
  removableSettings,
} from '../../profiles/edit-profile.ts';
import type { ConnectionFlags } from '../../profiles/connection-flags.ts';
import {
  type ServiceSettings,
  isServiceKey,
  keyOfService,
} from '../../core/plan-reading/service-settings.ts';
import { defaultGroup } from '../../core/registry/service.ts';
import { exitCodes } from '../../core/rollout/outcome.ts';
import type { Profile } from '../../profiles/profile.ts';
import { missing } from '../../profiles/store.ts';
import type { Cli } from '../io/command-ports.ts';
import { refuseUsage } from '../io/exit.ts';
import { type Flagged, type SettingFlags, settingsOfFlags } from '../plan/plan-flags.ts';
import { change, readStored, refuseProfile } from './profile.ts';

export type ProfileFlags = ConnectionFlags &
  SettingFlags & {
    readonly production?: boolean;
    readonly readOnly?: boolean;
    readonly unset?: readonly string[];
    /** All settings are about this one, instead of any. */
    readonly service?: string;
    readonly port?: readonly string[];
  };

export async function addProfile(cli: Cli, flags: ProfileFlags, name: string): Promise<number> {
  const stored = await readStored(cli);
  if (!stored.ok) return stored.code;
  if (stored.value.profiles[name] !== undefined) return refuseProfile(cli, { kind: 'profile-exists', name });
  const wanted = changeOf(cli, withoutNone(flags).said);
  if (!wanted.ok) return refuseUsage(cli, wanted.sentence);
  return keep(cli, name, editProfile(name, undefined, wanted.value));
}

export async function changeProfile(cli: Cli, flags: ProfileFlags, name: string): Promise<number> {
  const { words } = cli;
  const stored = await readStored(cli);
  if (!stored.ok) return stored.code;
  const before = stored.value.profiles[name];
  if (before === undefined) return refuseProfile(cli, missing(name, stored.value));
  const { said, forgotten } = withoutNone(flags);
  const wanted = changeOf(cli, said);
  if (!wanted.ok) return refuseUsage(cli, wanted.sentence);
  const unset = [...(flags.unset ?? []), ...forgotten];
  const ofServices = flags.service === undefined ? removableDefaults : removableOfService;
  const removable: readonly string[] = [...removableSettings, ...ofServices];
  const unknown = unset.find((setting) => !removable.includes(setting));
  if (unknown !== undefined)
    return refuseUsage(cli, words.cli.usage.badValue('--unset', unknown, words.cli.right.setting(removable)));
  const known = Object.keys(before.services ?? {});
  if (flags.service !== undefined && unset.length > 0 && !isKnownService(before, flags.service))
    return refuseUsage(
      cli,
      words.cli.usage.badValue('--service', flags.service, words.cli.right.known(known)),
    );
  if (Object.values(wanted.value).every((value) => value === undefined) && unset.length === 0)
    return refuseUsage(cli, words.cli.profile.nothingGiven);
  const edited = editProfile(name, before, wanted.value, unset);
  const code = await keep(cli, name, edited);
  const own = wanted.value.defaults?.drain && edited.ok ? servicesWithDrain(edited.profile) : [];
  if (code === exitCodes.done && own.length > 0) cli.output.talk(words.cli.profile.ownDrain(own, name));
  return code;
}

/** Whatever is said of any service, their drain is their own. */
function servicesWithDrain({ services = {} }: Profile): readonly string[] {
  return Object.entries(services).flatMap(([service, { drain }]) => (drain === undefined ? [] : [service]));
}

function isKnownService({ services = {}, group = defaultGroup }: Profile, name: string): boolean {
  return keyOfService(services, name, { group }) in services;
}

/** As `--evidence none` and `--companion none` do, `none` of these takes away what the profile has. */
const noneTakesAway = ['deploy', 'rollback', 'leave', 'back', 'warmUp', 'soak', 'zones'] as const;

function withoutNone(flags: ProfileFlags): {
  readonly said: ProfileFlags;
  readonly forgotten: readonly string[];
} {
  const forgotten = noneTakesAway.filter((name) => flags[name] === 'none');
  const said = Object.entries(flags).filter(([name]) => !(forgotten as readonly string[]).includes(name));
  return { said: Object.fromEntries(said), forgotten };
}

function keep(cli: Cli, name: string, edited: ReturnType<typeof editProfile>): number | Promise<number> {
  if (!edited.ok) return refuseProfile(cli, edited.problem);
  return change(
    cli,
    ({ profiles }) => profiles.save(name, edited.profile),
    ({ profiles }) => cli.words.cli.profile.kept(name, profiles.path),
  );
}

function changeOf(cli: Cli, flags: ProfileFlags): Flagged<ProfileChange> {
  const defaults = settingsOfFlags(flags, cli.words.cli);
  if (!defaults.ok) return defaults;
  const { notify, ...settings } = defaults.value;
  if (notify !== undefined && flags.service !== undefined)
    return { ok: false, sentence: cli.words.cli.usage.notOfService('--notify') };
  const service = serviceOf(cli, flags, settings);
  if (!service.ok) return service;
  const { server, namespace, group, username, passwordFrom, contextPath, dialect } = flags;
  const { accessKeyFrom, secretKeyFrom, securityTokenFrom, signatureRegion } = flags;
  const { ca, cert, key, acceptNode, production, readOnly } = flags;
  const connection = { server, namespace, group, username, passwordFrom, contextPath, dialect };
  const signing = { accessKeyFrom, secretKeyFrom, securityTokenFrom, signatureRegion };
  return {
    ok: true,
    value: {
      ...connection,
      ...signing,
      ca,
      cert,
      key,
      acceptNode,
      production,
      readOnly,
      ...(service.value === undefined
        ? Object.keys(defaults.value).length > 0 && { defaults: defaults.value }
        : { service: service.value }),
    },
  };
}

/** With `--service` what is said is said of it. Ports are of a service. */
function serviceOf(
  { words }: Cli,
  { service, port }: ProfileFlags,
  settings: ServiceSettings,
): Flagged<ProfileChange['service']> {
  const { usage, right } = words.cli;
  const bad = port?.find((text) => !/^[1-9]\d{0,4}$/.test(text) || Number(text) > 65_535);
  if (bad !== undefined) return { ok: false, sentence: usage.badValue('--port', bad, right.port) };
  if (service === undefined)
    return port === undefined
      ? { ok: true, value: undefined }
      : { ok: false, sentence: usage.needFlag('--service') };
  if (!isServiceKey(service)) return { ok: false, sentence: usage.noName(service, undefined) };
  const ports = port?.map(Number);
  return { ok: true, value: { name: service, settings: { ...settings, ...(ports && { ports }) } } };
}
