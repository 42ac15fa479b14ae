import type { ConnectionSpec } from './connection-spec.ts';
import { defaultNamespace } from './service.ts';

/** The flags that reach what a connection reached, on a machine that may have no profile. No secret is among them. */
export function connectionWords(spec: ConnectionSpec): readonly string[] {
  const { profile, namespace, contextPath, tls } = spec;
  const own = namespace === defaultNamespace ? undefined : namespace;
  if (profile !== undefined) return flagWords({ profile, namespace: own });
  return flagWords({
    server: spec.servers,
    namespace: own,
    contextPath: contextPath === '/nacos' ? undefined : contextPath,
    username: spec.username,
    passwordFrom: spec.passwordFrom,
    accessKeyFrom: spec.accessKeyFrom,
    secretKeyFrom: spec.secretKeyFrom,
    securityTokenFrom: spec.securityTokenFrom,
    signatureRegion: spec.signatureRegion,
    ...tls,
    dialect: spec.dialect,
    acceptNode: spec.acceptedNodes,
  });
}

/** `--context-path /x` of `{ contextPath: '/x' }`; a flag for each of several values. */
export function flagWords(
  flags: Readonly<Record<string, string | readonly string[] | undefined>>,
): readonly string[] {
  return Object.entries(flags).flatMap(([name, value]) => {
    const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return [value ?? []].flat().flatMap((one) => [flag, one]);
  });
}
