import { drainOver, drainProblem } from '../core/plan/drain-settings.ts';
import {
  type ProfileDefaults,
  type ServiceSettings,
  keyOfService,
  serviceSettingsSchema,
} from '../core/plan-reading/service-settings.ts';
import { defaultGroup } from '../core/registry/service.ts';
import { firstIssue } from '../core/text/first-issue.ts';
import { type Profile, profileSchema } from './profile.ts';
import type { ConnectionFlags } from './connection-flags.ts';
import { type SpecProblem, specOfProfile } from './resolve-spec.ts';

/** What may be changed in a profile; what is left out stays. */
export type ProfileChange = Omit<ConnectionFlags, 'profile'> & {
  readonly production?: boolean | undefined;
  readonly readOnly?: boolean | undefined;
  /** The drain in parts. */
  readonly defaults?: Profile['defaults'];
  /** What is said of one service instead, `GROUP@@NAME` or a name in the profile's group; its drain in parts too. */
  readonly service?: { readonly name: string; readonly settings: ServiceSettings } | undefined;
};

/** Names of the settings that can be taken out of a profile. */
export const removableSettings = [
  'contextPath',
  'namespace',
  'group',
  'username',
  'passwordFrom',
  'accessKeyFrom',
  'secretKeyFrom',
  'securityTokenFrom',
  'signatureRegion',
  'tls',
  'dialect',
  'production',
  'readOnly',
  'acceptedNodes',
  'defaults',
  'services',
] as const satisfies readonly (keyof Profile)[];
/** What is said of any service, and of one. */
export const removableDefaults: readonly string[] = Object.keys(profileSchema.shape.defaults.unwrap().shape);
export const removableOfService: readonly string[] = Object.keys(serviceSettingsSchema.shape);

export type EditedProfile =
  | { readonly ok: true; readonly profile: Profile }
  | { readonly ok: false; readonly problem: SpecProblem };

/** The profile with the change laid over it, as long as it still says how to reach a Nacos. */
export function editProfile(
  name: string,
  before: Profile | undefined,
  change: ProfileChange,
  removed: readonly string[] = [],
): EditedProfile {
  const { server, acceptNode, ca, cert, key, defaults, service, ...plain } = change;
  const tls = { ...before?.tls, ...given({ ca, cert, key }) };
  const merged = {
    ...before,
    ...given({ ...plain, servers: server, acceptedNodes: acceptNode }),
    ...(Object.keys(tls).length > 0 && { tls }),
    ...(defaults !== undefined && { defaults: defaultsOver(before?.defaults, defaults) }),
    ...(service !== undefined && { services: servicesOver(before, service) }),
  };
  const others = service && removed.includes('services') ? servicesBut(before, service.name) : {};
  const kept = {
    ...without(withoutSettings(merged, service?.name, removed), removed),
    // Said of one service, its settings go, and those of no other.
    ...(Object.keys(others).length > 0 && { services: others }),
  };
  if (!('servers' in kept)) return { ok: false, problem: { kind: 'no-server' } };
  const problem = specOfProfile(name, kept as Profile);
  if ('kind' in problem) return { ok: false, problem };
  const { drain } = (kept as Profile).defaults ?? {};
  const drains = [drain, ...Object.values((kept as Profile).services ?? {}).map((one) => one.drain)];
  const [drainIsWrong] = drains.flatMap((one) => (one && drainProblem(one)) ?? []);
  if (drainIsWrong !== undefined) return { ok: false, problem: { kind: 'bad-drain', problem: drainIsWrong } };
  const parsed = profileSchema.safeParse(kept);
  return parsed.success
    ? { ok: true, profile: parsed.data }
    : { ok: false, problem: { kind: 'bad-setting', detail: firstIssue(parsed.error) } };
}

function servicesOver(
  before: Profile | undefined,
  { name, settings: { ports, ...said } }: NonNullable<ProfileChange['service']>,
): NonNullable<Profile['services']> {
  const services = before?.services ?? {};
  const key = keyOfService(services, name, { group: before?.group ?? defaultGroup });
  const known = services[key];
  return { ...services, [key]: { ...known, ...defaultsOver(known, said), ...(ports && { ports }) } };
}

function servicesBut(before: Profile | undefined, name: string): NonNullable<Profile['services']> {
  const services = before?.services ?? {};
  const key = keyOfService(services, name, { group: before?.group ?? defaultGroup });
  return Object.fromEntries(Object.entries(services).filter(([one]) => one !== key));
}

/** Without single settings of the service that is named, else of any; what says nothing any more goes too. */
function withoutSettings(
  profile: Partial<Profile>,
  service: string | undefined,
  removed: readonly string[],
): Partial<Profile> {
  const { defaults, services = {} } = profile;
  if (service === undefined)
    return { ...profile, ...(defaults && { defaults: said(without(defaults, removed)) }) };
  const key = keyOfService(services, service, { group: profile.group ?? defaultGroup });
  const left = said(without(services[key] ?? {}, removed));
  const { [key]: _former, ...others } = services;
  return { ...profile, services: said({ ...others, ...(left && { [key]: left }) }) };
}

function without(values: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}

function said<T extends object>(values: T): T | undefined {
  return Object.keys(values).length === 0 ? undefined : values;
}

/**
 * Of the drain, whose flags are settings of their own, what is not given stays. No companions, and nobody who is told, are
 * as good as none said.
 */
function defaultsOver(before: ProfileDefaults | undefined, given: ProfileDefaults): ProfileDefaults {
  const { drain: parts, ...rest } = given;
  const drain = parts === undefined ? before?.drain : drainOver(before?.drain, parts);
  const { companions, notify, ...merged } = { ...before, ...rest, ...(drain && { drain }) };
  return { ...merged, ...(companions?.length && { companions }), ...(notify?.length && { notify }) };
}

function given(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
