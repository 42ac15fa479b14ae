import { createHash } from 'node:crypto';
import { linkSync, readFileSync, readdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reached } from '../../core/registry/connection-spec.ts';
import { type Plan, touchedServices } from '../../core/plan/plan.ts';
import { serverKey } from '../../core/registry/same-nacos.ts';
import { type ServiceId, serviceKey } from '../../core/registry/service.ts';
import { isAlive, type ProcessMark } from '../../world/process-mark.ts';
import { shortName } from '../../core/registry/service-name.ts';
import { makeDirectory } from '../../world/make-directory.ts';

/** Who writes for a rollout on this machine. */
export type Writer = ProcessMark & {
  readonly id: string;
  readonly by: string;
  readonly since: string;
};

/** Who holds a service on this machine; of a journal it is empty. */
export type Holder = Writer & { readonly service: string };

export type LockResult =
  | { readonly ok: true; release(): void }
  | { readonly ok: false; readonly holder: Holder };

/**
 * Takes one file for every server address and service that the plan touches, or none. A file whose process is gone is
 * taken over. Whoever holds them is refused too until they are released: two parts of one process would spoil a journal
 * as two processes would.
 */
export function takeLocks(directory: string, reached: Reached, plan: Plan, holder: Writer): LockResult {
  makeDirectory(directory);
  const taken: string[] = [];
  const release = (): void => {
    for (const path of taken.splice(0)) releaseOne(path, holder);
  };
  for (const service of touchedServices(plan))
    for (const path of new Set(reached.servers.map((server) => join(directory, lockName(server, service))))) {
      const other = takeOne(path, { ...holder, service: shortName(service) });
      if (other !== undefined) {
        release();
        return { ok: false, holder: other };
      }
      taken.push(path);
    }
  return { ok: true, release };
}

/**
 * Takes the right to write into one rollout's journal, whoever holds its services: another rollout may have them by now.
 * Who takes both takes this first, and reads the journal under it.
 */
export function takeJournal(directory: string, writer: Writer): LockResult {
  const path = join(directory, 'journal.lock');
  const other = takeOne(path, { ...writer, service: '' });
  if (other !== undefined) return { ok: false, holder: other };
  let release = (): void => releaseOne(path, writer);
  return {
    ok: true,
    release: () => {
      release();
      release = () => undefined;
    },
  };
}

/** Who holds one of these services on this machine; a file whose process is gone holds nothing. */
export function holderOf(
  directory: string,
  servers: readonly string[],
  services: readonly ServiceId[],
): Holder | undefined {
  const holders = services.flatMap((service) =>
    servers.map((server) => readHolder(join(directory, lockName(server, service)))),
  );
  return holders.find((holder) => holder !== undefined && isAlive(holder));
}

function lockName(server: string, service: ServiceId): string {
  return `${createHash('sha256')
    .update(`${serverKey(server)}/${serviceKey(service)}`)
    .digest('hex')
    .slice(0, 32)}.json`;
}

/** The holder that is in the way, or undefined when the lock is ours. */
function takeOne(path: string, holder: Holder): Holder | undefined {
  for (let attempt = 0; attempt < 5; attempt++) {
    if (create(path, holder)) return undefined;
    const other = readHolder(path);
    if (other !== undefined && isAlive(other)) return other;
    setAside(path, holder);
  }
  return readHolder(path) ?? holder;
}

/** The file appears with its holder in it: half a lock would look like that of somebody who is gone. */
function create(path: string, holder: Holder): boolean {
  const draft = `${path}.${holder.pid}.new`;
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

/** Renaming is atomic: of two who find the same dead holder, one moves it and the other finds nothing to move. */
function setAside(path: string, holder: { readonly pid: number }): void {
  const aside = `${path}.${holder.pid}.dead`;
  try {
    renameSync(path, aside);
    const moved = readHolder(aside);
    // Somebody else was faster and took it; it is theirs.
    if (moved !== undefined && isAlive(moved)) linkSync(aside, path);
    unlinkSync(aside);
  } catch {
    // It is gone already.
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function releaseOne(path: string, { id, pid }: { readonly id: string; readonly pid: number }): void {
  const holder = readHolder(path);
  if (holder?.id !== id || holder.pid !== pid) return;
  try {
    unlinkSync(path);
  } catch {
    // Somebody tidied up before us.
  }
}

export type LockSeen = { readonly path: string; readonly holder: Holder; readonly isDead: boolean };

/** Every lock file of this machine that can be read. */
export function readLocks(directory: string): readonly LockSeen[] {
  return namesIn(directory).flatMap((name) => {
    const path = join(directory, name);
    const holder = name.endsWith('.json') ? readHolder(path) : undefined;
    return holder === undefined ? [] : [{ path, holder, isDead: !isAlive(holder) }];
  });
}

/** Takes away the files whose processes are gone; returns how many. */
export function releaseDeadLocks(directory: string, pid: number): number {
  const dead = readLocks(directory).filter(({ isDead }) => isDead);
  for (const { path } of dead) setAside(path, { pid });
  return dead.length;
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
