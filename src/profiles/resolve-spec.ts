import * as z from 'zod';
import type { DrainProblem } from '../core/plan/drain-settings.ts';
import type { ConnectionSpec } from '../core/registry/connection-spec.ts';
import type { ProfileLayer } from '../core/plan-reading/service-settings.ts';
import { firstIssue } from '../core/text/first-issue.ts';
import { defaultGroup, defaultNamespace } from '../core/registry/service.ts';
import { type ConnectionFlags, flagsFrom } from './connection-flags.ts';
import type { Profile } from './profile.ts';
import { parseReference } from '../core/registry/secret-reference.ts';
import { type AddressProblem, contextPathOf, serverAddress } from './server-address.ts';
import { type ProfileStore, type StoreProblem, type StoreWarning, missing } from './store.ts';

export type SpecProblem =
  | StoreProblem
  | AddressProblem
  | { readonly kind: 'no-server' }
  | { readonly kind: 'literal-password' }
  | { readonly kind: 'password-without-user' }
  | { readonly kind: 'literal-key' }
  | { readonly kind: 'key-in-part' }
  | { readonly kind: 'user-and-key' }
  | { readonly kind: 'certificate-without-key' }
  | { readonly kind: 'bad-setting'; readonly detail: string }
  | { readonly kind: 'bad-drain'; readonly problem: DrainProblem }
  | { readonly kind: 'bad-dialect'; readonly dialect: string };

export type Resolved =
  | {
      readonly ok: true;
      readonly spec: ConnectionSpec;
      /** For services that are named without one. */
      readonly group: string;
      readonly layer: ProfileLayer;
      readonly warnings: readonly StoreWarning[];
    }
  | { readonly ok: false; readonly problem: SpecProblem };

const noneStored: ReturnType<ProfileStore['read']> = { ok: true, value: { profiles: {}, warnings: [] } };

/** Flag over environment over profile over default. There is no default server. */
export function resolveSpec(
  flags: ConnectionFlags,
  env: Readonly<Record<string, string | undefined>>,
  store: ProfileStore,
): Resolved {
  const given = merged(flags, flagsFrom(env));
  // Who says by flags alone where to go needs no profile, nor a file of them that can be read.
  const isByItself = given.profile === undefined && given.server !== undefined;
  const stored = isByItself ? noneStored : store.read();
  if (!stored.ok) return stored;
  // A server that was given by itself never gets the current profile's password.
  const name = given.profile ?? (given.server === undefined ? stored.value.current : undefined);
  const profile = name === undefined ? undefined : stored.value.profiles[name];
  if (name !== undefined && profile === undefined) return { ok: false, problem: missing(name, stored.value) };
  const spec = specOf({ ...given, profile: name }, profile);
  return 'kind' in spec
    ? { ok: false, problem: spec }
    : {
        ok: true,
        spec,
        group: given.group ?? profile?.group ?? defaultGroup,
        layer: {
          defaults: profile?.defaults,
          services: profile?.services ?? {},
          isGroupGiven: given.group !== undefined,
        },
        warnings: name === undefined ? [] : stored.value.warnings,
      };
}

/** The spec of one stored profile, for lists and forms. */
export function specOfProfile(name: string, profile: Profile): ConnectionSpec | SpecProblem {
  return specOf({ profile: name }, profile);
}

type Layer = ConnectionFlags & {
  readonly isProduction?: boolean | undefined;
  readonly isReadOnly?: boolean | undefined;
};

const ours: Layer = {
  server: [],
  acceptNode: [],
  contextPath: '/nacos',
  namespace: defaultNamespace,
  isProduction: false,
  isReadOnly: false,
};

/** The first layer that says anything about a setting holds for it. */
function merged(...layers: readonly Layer[]): Layer {
  const said = layers.map((layer) => Object.entries(layer).filter(([, value]) => value !== undefined));
  return Object.fromEntries(said.toReversed().flat());
}

function layerOf(profile: Profile | undefined): Layer {
  if (profile === undefined) return {};
  const { servers: server, acceptedNodes: acceptNode, production, readOnly, tls, ...rest } = profile;
  return { ...rest, ...tls, server, acceptNode, isProduction: production, isReadOnly: readOnly };
}

function specOf(given: Layer, profile: Profile | undefined): ConnectionSpec | SpecProblem {
  const { server, acceptNode, username, passwordFrom, ca, cert, key, ...others } = merged(
    given,
    layerOf(profile),
    ours,
  );
  const { accessKeyFrom, secretKeyFrom, securityTokenFrom, signatureRegion, ...rest } = others;
  const contextPath = contextPathOf(rest.contextPath ?? '');
  const parsed = settingsSchema(contextPath).safeParse({
    ...rest,
    contextPath,
    servers: server,
    login: merged({ username, passwordFrom }),
    signing: merged({ accessKeyFrom, secretKeyFrom, securityTokenFrom, signatureRegion }),
    tls: { ca, cert, key },
    acceptedNodes: acceptNode,
  });
  if (!parsed.success) return problemOf(parsed.error);
  const { login, signing, ...settings } = parsed.data;
  const isBoth = login.username !== undefined && signing.accessKeyFrom !== undefined;
  return isBoth ? { kind: 'user-and-key' } : { ...settings, ...login, ...signing };
}

/** Of several problems the first is told, in the order of the keys. */
function settingsSchema(contextPath: string) {
  const path = z.string().optional();
  const address = textOr((text) => {
    const read = serverAddress(text, contextPath);
    return read.ok ? read.address : read.problem;
  });
  const passwordFrom = textOr((text) => (parseReference(text) ? text : { kind: 'literal-password' }));
  const keyFrom = textOr((text) => (parseReference(text) ? text : { kind: 'literal-key' })).optional();
  const dialect = textOr<'v1' | 'v3'>((text) =>
    text === 'v1' || text === 'v3' ? text : { kind: 'bad-dialect', dialect: text },
  );
  return z.object({
    profile: z.string().optional(),
    servers: z.array(address).refine(({ length }) => length > 0, issueOf({ kind: 'no-server' })),
    login: z
      .object({ username: z.string().optional(), passwordFrom: passwordFrom.optional() })
      .refine(
        (login) => login.passwordFrom === undefined || login.username !== undefined,
        issueOf({ kind: 'password-without-user' }),
      ),
    signing: z
      .object({
        accessKeyFrom: keyFrom,
        secretKeyFrom: keyFrom,
        securityTokenFrom: keyFrom,
        signatureRegion: z.string().optional(),
      })
      .refine(
        ({ accessKeyFrom, secretKeyFrom, ...more }) =>
          accessKeyFrom === undefined
            ? secretKeyFrom === undefined && Object.values(more).every((one) => one === undefined)
            : secretKeyFrom !== undefined,
        issueOf({ kind: 'key-in-part' }),
      ),
    dialect: dialect.optional(),
    tls: z
      .object({ ca: path, cert: path, key: path })
      .refine(
        ({ cert, key }) => (cert === undefined) === (key === undefined),
        issueOf({ kind: 'certificate-without-key' }),
      ),
    acceptedNodes: z.array(address),
    contextPath: z.string(),
    namespace: z.string().transform((name) => name.trim() || defaultNamespace),
    isProduction: z.boolean(),
    isReadOnly: z.boolean(),
  });
}

/** A text as `read` makes it, or the problem that `read` finds in it. */
function textOr<Out extends string>(read: (text: string) => Out | SpecProblem) {
  return z.string().transform((text, context) => {
    const out = read(text);
    if (typeof out === 'string') return out;
    context.addIssue({ code: 'custom', ...issueOf(out) });
    return z.NEVER;
  });
}

/** Our problem, carried through zod as it is. */
function issueOf(problem: SpecProblem): { params: { problem: SpecProblem } } {
  return { params: { problem } };
}

function problemOf(error: z.ZodError): SpecProblem {
  const [issue] = error.issues;
  const told = issue?.code === 'custom' ? (issue.params?.['problem'] as SpecProblem | undefined) : undefined;
  return told ?? { kind: 'bad-setting', detail: firstIssue(error) };
}
