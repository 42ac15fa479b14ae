import { homedir, hostname, networkInterfaces, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { nowhere } from '../runner/store/nowhere.ts';
import type { StateDirectory } from '../runner/store/state-directory.ts';

// In a container a user may have no entry in passwd, a network that nobody may list, and no home.

/** What the machine calls us; `uid-12345` for a user without a name. */
export function userName(userId: number): string {
  return said(() => userInfo().username) || `uid-${userId}`;
}

/** Absolute; undefined where neither HOME nor passwd names one. It need not be there. */
export function homeDirectory(): string | undefined {
  return [said(homedir), said(() => userInfo().homedir)].find((path) => path?.startsWith('/'));
}

/** By the XDG rules, which let a relative path count for nothing. */
export function stateDirectory(
  env: Readonly<Record<string, string | undefined>>,
  userId: number,
): StateDirectory {
  const given = env['XDG_STATE_HOME'];
  const home = homeDirectory();
  const atHome = home === undefined ? undefined : join(home, '.local', 'state');
  const base = given?.startsWith('/') ? given : atHome;
  const root = base === undefined ? nowhere : join(base, 'nacos-rollout');
  return { root, temporary: tmpdir(), userId };
}

export function hostName(): string {
  return said(hostname) || 'localhost';
}

/**
 * The addresses of this machine that others may reach it by: no loopback. One that is valid on one link only is
 * registered without the link, with its name, or with its number.
 */
export function ownAddresses(): readonly string[] {
  return Object.entries(said(networkInterfaces) ?? {})
    .flatMap(([name, addresses]) => (addresses ?? []).map((one) => ({ ...one, name })))
    .filter(({ internal }) => !internal)
    .flatMap(({ address, name, ...one }) => {
      const link = one.family === 'IPv6' ? one.scopeid : 0;
      return link === 0 ? [address] : [address, `${address}%${name}`, `${address}%${link}`];
    });
}

function said<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
