import { toldVariables } from '../core/command/command-environment.ts';
import type { Reached } from '../core/registry/connection-spec.ts';
import { flagsFrom } from '../profiles/connection-flags.ts';
import { type References, secretVariables, secretVariablesIn } from '../profiles/secret-reference.ts';
import { configDirectory, profilePath } from '../profiles/config-place.ts';
import { readProfileFile } from '../profiles/store.ts';
import { homeDirectory } from './own-place.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * No setting of ours is named so, and what somebody puts there for us is a secret all the same. A reference, `_FROM`, is
 * none: a command may call us with it.
 */
const soundsSecret = /^NACOS_ROLLOUT_.*(PASSWORD|SECRET|TOKEN)(?!.*_FROM$)/i;

/**
 * What a command of the operator's may see: everything but the variables that a secret of ours is in or comes from, that of
 * any profile: whoever rolls one Nacos has nothing to do with the password of another.
 */
export function environmentForCommands(
  env: Environment,
  spec: References & Partial<Pick<Reached, 'profile' | 'servers' | 'namespace'>>,
  more: readonly string[] = [],
): Readonly<Record<string, string>> {
  const given = secretVariables(flagsFrom(env));
  const outer = [...toldVariables, 'NACOS_ROLLOUT_SERVER'];
  const hidden = new Set([...secretVariables(spec), ...given, ...ofProfiles(env), ...outer, ...more]);
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !hidden.has(entry[0]) && !soundsSecret.test(entry[0]),
  );
  return { ...Object.fromEntries(kept), ...whereOf(spec) };
}

/** A command that calls us reaches the Nacos of its rollout, whatever the shell names that carries it on. */
function whereOf({
  profile,
  servers,
  namespace,
}: Parameters<typeof environmentForCommands>[1]): Readonly<Record<string, string>> {
  return {
    ...(profile !== undefined && { NACOS_ROLLOUT_PROFILE: profile }),
    ...(profile === undefined && servers && { NACOS_ROLLOUT_SERVER: servers.join(',') }),
    ...(namespace !== undefined && { NACOS_ROLLOUT_NAMESPACE: namespace }),
  };
}

function ofProfiles(env: Environment): readonly string[] {
  const directory = configDirectory(env, homeDirectory());
  if (directory === undefined) return [];
  const read = readProfileFile(profilePath(directory));
  return read.ok ? secretVariablesIn(read.bytes.toString('utf8')) : [];
}
