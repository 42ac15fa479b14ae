import type { ConnectionSpec } from '../core/registry/connection-spec.ts';
import { connectionKey } from '../core/registry/same-nacos.ts';
import { defaultNamespace } from '../core/registry/service.ts';
import type { ConnectionFlags } from './connection-flags.ts';
import { resolveSpec } from './resolve-spec.ts';
import type { ProfileStore } from './store.ts';

/** As few flags as reach the same Nacos as the same user, from this environment and with these profiles. */
export function neededFlags(
  spec: ConnectionSpec,
  env: Readonly<Record<string, string | undefined>>,
  store: ProfileStore,
): readonly string[] {
  const { profile, namespace } = spec;
  const byItself = flagsOf(spec);
  const ways: readonly ConnectionFlags[] = [
    {},
    ...(profile === undefined ? [] : [{ profile }, { profile, namespace }]),
    byItself,
  ];
  const enough = ways.find((flags) => {
    const resolved = resolveSpec(flags, env, store);
    return resolved.ok && reachKey(resolved.spec) === reachKey(spec);
  });
  // The environment may name another namespace than ours.
  return flagWords(enough ?? { ...byItself, namespace });
}

function reachKey(spec: ConnectionSpec): string {
  const { username, passwordFrom, accessKeyFrom } = spec;
  return JSON.stringify([connectionKey(spec), username, passwordFrom, accessKeyFrom]);
}

/** Those that reach it without any profile. No secret is among them. */
function flagsOf(spec: ConnectionSpec): ConnectionFlags {
  const { namespace, contextPath } = spec;
  return {
    server: spec.servers,
    namespace: namespace === defaultNamespace ? undefined : namespace,
    contextPath: contextPath === '/nacos' ? undefined : contextPath,
    username: spec.username,
    passwordFrom: spec.passwordFrom,
    accessKeyFrom: spec.accessKeyFrom,
    secretKeyFrom: spec.secretKeyFrom,
    securityTokenFrom: spec.securityTokenFrom,
    signatureRegion: spec.signatureRegion,
    ...spec.tls,
    dialect: spec.dialect,
    acceptNode: spec.acceptedNodes,
  };
}

/** `--context-path /x` of `{ contextPath: '/x' }`; a flag for each of several values. */
function flagWords(flags: ConnectionFlags): readonly string[] {
  return Object.entries(flags).flatMap(([name, value]) => {
    const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return [value ?? []].flat().flatMap((one) => [flag, one]);
  });
}
