import type { ConnectionSpec } from '../core/registry/connection-spec.ts';
import { connectionWords, flagWords } from '../core/registry/connection-words.ts';
import { connectionKey } from '../core/registry/same-nacos.ts';
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
  const ways: readonly ConnectionFlags[] = [
    {},
    ...(profile === undefined ? [] : [{ profile }, { profile, namespace }]),
  ];
  const enough = ways.find((flags) => {
    const resolved = resolveSpec(flags, env, store);
    return resolved.ok && reachKey(resolved.spec) === reachKey(spec);
  });
  return enough === undefined ? connectionWords({ ...spec, profile: undefined }) : flagWords(enough);
}

function reachKey(spec: ConnectionSpec): string {
  const { username, passwordFrom, accessKeyFrom } = spec;
  return JSON.stringify([connectionKey(spec), username, passwordFrom, accessKeyFrom]);
}
