import { join } from 'node:path';

/** Where configuration belongs by the XDG rules; undefined where there is no home either. */
export function configDirectory(
  env: Readonly<Record<string, string | undefined>>,
  home: string | undefined,
): string | undefined {
  const given = env['XDG_CONFIG_HOME'];
  const base = given?.startsWith('/') ? given : home === undefined ? undefined : join(home, '.config');
  return base === undefined ? undefined : join(base, 'nacos-rollout');
}

/** The file of the profiles in the directory that `configDirectory` gives. */
export const profilePath = (directory: string): string => join(directory, 'profiles.json');
