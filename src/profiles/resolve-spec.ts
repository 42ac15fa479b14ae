import type { ConnectionSpec } from '../core/connection-spec.ts';
import { defaultGroup, defaultNamespace } from '../core/service.ts';
import type { Profile } from './profile.ts';
import { parseReference } from './secret-reference.ts';
import { type AddressProblem, contextPathOf, serverAddress } from './server-address.ts';
import { type ProfileStore, type StoreProblem, type StoreWarning, missing } from './store.ts';

/** What may be given on the command line or in the environment instead of, or over, a profile. */
export type ConnectionFlags = {
  readonly profile?: string | undefined;
  readonly server?: readonly string[] | undefined;
  readonly namespace?: string | undefined;
  readonly group?: string | undefined;
  readonly username?: string | undefined;
  readonly passwordFrom?: string | undefined;
  readonly contextPath?: string | undefined;
  readonly dialect?: string | undefined;
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly acceptNode?: readonly string[] | undefined;
};

export type SpecProblem =
  | StoreProblem
  | AddressProblem
  | { readonly kind: 'no-server' }
  | { readonly kind: 'literal-password' }
  | { readonly kind: 'password-without-user' }
  | { readonly kind: 'certificate-without-key' }
  | { readonly kind: 'bad-setting'; readonly detail: string }
  | { readonly kind: 'bad-dialect'; readonly dialect: string };

export type Resolved =
  | {
      readonly ok: true;
      readonly spec: ConnectionSpec;
      /** For services that are named without one. */
      readonly group: string;
      readonly defaults: Profile['defaults'];
      readonly warnings: readonly StoreWarning[];
    }
  | { readonly ok: false; readonly problem: SpecProblem };

/** Flag over environment over profile over default. There is no default server. */
export function resolveSpec(
  flags: ConnectionFlags,
  env: Readonly<Record<string, string | undefined>>,
  store: ProfileStore,
): Resolved {
  const given = over(flags, flagsFrom(env));
  const stored = store.read();
  if (!stored.ok) return stored;
  // A server that was given by itself never gets the current profile's password.
  const name = given.profile ?? (given.server === undefined ? stored.value.current : undefined);
  const profile = name === undefined ? undefined : stored.value.profiles[name];
  if (name !== undefined && profile === undefined) return { ok: false, problem: missing(name, stored.value) };
  const spec = specOf(given, name, profile);
  return 'kind' in spec
    ? { ok: false, problem: spec }
    : {
        ok: true,
        spec,
        group: given.group ?? profile?.group ?? defaultGroup,
        defaults: profile?.defaults,
        warnings: name === undefined ? [] : stored.value.warnings,
      };
}

/** The spec of one stored profile, for lists and forms. */
export function specOfProfile(name: string, profile: Profile): ConnectionSpec | SpecProblem {
  return specOf({}, name, profile);
}

/** The settings that the environment gives; an empty variable gives nothing. */
export function flagsFrom(env: Readonly<Record<string, string | undefined>>): ConnectionFlags {
  const value = (name: string): string | undefined => env[`NACOS_ROLLOUT_${name}`] || undefined;
  return {
    profile: value('PROFILE'),
    server: value('SERVER')
      ?.split(',')
      .map((server) => server.trim()),
    namespace: value('NAMESPACE'),
    group: value('GROUP'),
    username: value('USERNAME'),
    passwordFrom: value('PASSWORD_FROM'),
    contextPath: env['NACOS_ROLLOUT_CONTEXT_PATH'],
    dialect: value('DIALECT'),
    ca: value('CA'),
    cert: value('CERT'),
    key: value('KEY'),
    acceptNode: value('ACCEPT_NODE')
      ?.split(',')
      .map((node) => node.trim()),
  };
}

function over(first: ConnectionFlags, second: ConnectionFlags): ConnectionFlags {
  const given = Object.entries(first).filter(([, value]) => value !== undefined);
  return { ...second, ...Object.fromEntries(given) };
}

function specOf(
  given: ConnectionFlags,
  name: string | undefined,
  profile: Profile | undefined,
): ConnectionSpec | SpecProblem {
  const contextPath = contextPathOf(given.contextPath ?? profile?.contextPath ?? '/nacos');
  const servers: string[] = [];
  for (const server of given.server ?? profile?.servers ?? []) {
    const address = serverAddress(server, contextPath);
    if (!address.ok) return address.problem;
    servers.push(address.address);
  }
  if (servers.length === 0) return { kind: 'no-server' };
  const username = given.username ?? profile?.username;
  const passwordFrom = given.passwordFrom ?? profile?.passwordFrom;
  if (passwordFrom !== undefined && parseReference(passwordFrom) === undefined)
    return { kind: 'literal-password' };
  if (passwordFrom !== undefined && username === undefined) return { kind: 'password-without-user' };
  const dialect = given.dialect ?? profile?.dialect;
  if (dialect !== undefined && dialect !== 'v1' && dialect !== 'v3') return { kind: 'bad-dialect', dialect };
  const tls = {
    ca: given.ca ?? profile?.tls?.ca,
    cert: given.cert ?? profile?.tls?.cert,
    key: given.key ?? profile?.tls?.key,
  };
  if ((tls.cert === undefined) !== (tls.key === undefined)) return { kind: 'certificate-without-key' };
  const acceptedNodes: string[] = [];
  for (const node of given.acceptNode ?? profile?.acceptedNodes ?? []) {
    const address = serverAddress(node, contextPath);
    if (!address.ok) return address.problem;
    acceptedNodes.push(address.address);
  }
  return {
    ...(name !== undefined && { profile: name }),
    servers,
    acceptedNodes,
    contextPath,
    namespace: (given.namespace ?? profile?.namespace) || defaultNamespace,
    ...(username !== undefined && { username }),
    ...(passwordFrom !== undefined && { passwordFrom }),
    tls,
    ...(dialect !== undefined && { dialect }),
    isProduction: profile?.production ?? false,
    isReadOnly: profile?.readOnly ?? false,
  };
}
