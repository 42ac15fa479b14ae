import type { ConnectionSpec } from '../core/registry/connection-spec.ts';
import { type RequestLog, openNacos } from '../nacos/open-registry.ts';
import type { SecretProblem } from '../profiles/secret.ts';
import { readSecret } from '../profiles/secret.ts';
import type { Clock } from '../world/clock.ts';
import type { Connection } from '../world/connection.ts';
import type { Presence, Registry, Watch } from '../world/registry.ts';
import { readFileBounded } from '../world/read-bounded.ts';

export type Opening = {
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log?: RequestLog;
  readonly watch?: Watch | undefined;
};

export type Opened =
  | { readonly ok: true; readonly registry: Registry; readonly presence: Presence }
  | { readonly ok: false; readonly problem: SecretProblem };

/** A registry for a spec. The secrets are read once before anything is sent, so that a missing one is said at once. */
export async function openSpec(
  spec: ConnectionSpec,
  typedPassword: string | undefined,
  { clock, env, log, watch }: Opening,
): Promise<Opened> {
  const { passwordFrom, accessKeyFrom, secretKeyFrom, securityTokenFrom } = spec;
  const sources = { env, clock };
  const passwordNow = typedPassword === undefined ? passwordFrom : undefined;
  for (const reference of [passwordNow, accessKeyFrom, secretKeyFrom, securityTokenFrom]) {
    const first = reference === undefined ? undefined : await readSecret(reference, sources);
    if (first?.ok === false) return first;
  }
  const tls = readTls(spec.tls);
  if (!tls.ok) return tls;
  const connection: Connection = {
    servers: spec.servers,
    acceptedNodes: spec.acceptedNodes,
    contextPath: spec.contextPath,
    namespace: spec.namespace,
    username: spec.username,
    password: passwordSource(typedPassword, passwordFrom, sources),
    signing: signingOf(spec, sources),
    tls: tls.pem,
    dialect: spec.dialect,
  };
  return { ok: true, ...openNacos(connection, { clock, watch, ...(log && { log }) }) };
}

type Sources = Parameters<typeof readSecret>[1];

/** Asked again for each login: a rotated password is found without a restart. */
function passwordSource(
  typed: string | undefined,
  from: string | undefined,
  sources: Sources,
): Connection['password'] {
  if (typed !== undefined) return () => Promise.resolve(typed);
  if (from === undefined) return undefined;
  return async () => (await secretNow(from, sources)) ?? '';
}

async function secretNow(reference: string, sources: Sources): Promise<string | undefined> {
  const read = await readSecret(reference, sources);
  return read.ok ? read.secret : undefined;
}

/** Its parts are read side by side, so that they are of one key where it is changed meanwhile. */
function signingOf(spec: ConnectionSpec, sources: Sources): Connection['signing'] {
  const { accessKeyFrom, secretKeyFrom, securityTokenFrom, signatureRegion: region } = spec;
  if (accessKeyFrom === undefined || secretKeyFrom === undefined) return undefined;
  return {
    isTemporary: securityTokenFrom !== undefined,
    region,
    accessKey: async () => {
      const [id, secret, securityToken] = await Promise.all([
        secretNow(accessKeyFrom, sources),
        secretNow(secretKeyFrom, sources),
        securityTokenFrom === undefined ? undefined : secretNow(securityTokenFrom, sources),
      ]);
      const isWhole = securityTokenFrom === undefined || securityToken !== undefined;
      return id !== undefined && secret !== undefined && isWhole
        ? { id, secret, securityToken, region }
        : undefined;
    },
  };
}

type Pem = Connection['tls'];

/** A whole store of authorities has a quarter of it. */
const pemMaxBytes = 1_048_576;

function readTls(
  paths: ConnectionSpec['tls'],
): { ok: true; pem: Pem } | { ok: false; problem: SecretProblem } {
  const pem: { ca?: string; cert?: string; key?: string } = {};
  for (const name of ['ca', 'cert', 'key'] as const) {
    const path = paths[name];
    if (path === undefined) continue;
    const read = readFileBounded(path, pemMaxBytes);
    if (!read.ok) return { ok: false, problem: { kind: 'unreadable', path, obstacle: read.obstacle } };
    pem[name] = read.bytes.toString('utf8');
  }
  return { ok: true, pem: { ca: pem.ca, cert: pem.cert, key: pem.key } };
}
