import { firstIssue } from '../core/text/first-issue.ts';
import type { TextObstacle } from '../core/text/text-obstacle.ts';
import { type FileRead, readFileBounded, modeText } from '../world/read-bounded.ts';
import { writeWhole } from '../world/write-whole.ts';
import { profilePath } from './config-place.ts';
import { type Profile, type ProfileFile, profileFileSchema, profileName } from './profile.ts';
import { codeOf } from '../world/code-of.ts';

export type StoreProblem =
  | { readonly kind: 'malformed-file'; readonly path: string; readonly detail: string }
  | { readonly kind: 'unreadable-file'; readonly path: string; readonly obstacle: TextObstacle }
  /** Neither XDG_CONFIG_HOME nor a home: there is no place for profiles. */
  | { readonly kind: 'no-home' }
  | { readonly kind: 'cannot-keep'; readonly path: string; readonly detail: string }
  | { readonly kind: 'no-such-profile'; readonly name: string; readonly known: readonly string[] }
  | { readonly kind: 'bad-profile-name'; readonly name: string }
  | { readonly kind: 'profile-exists'; readonly name: string };

export type StoreWarning = { readonly kind: 'open-to-others'; readonly path: string; readonly mode: string };

export type StoredProfiles = ProfileFile & { readonly warnings: readonly StoreWarning[] };
export type StoreAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: StoreProblem };

/** The profiles of one person, in one file of mode 0600. A file that we cannot read is never written over. */
export type ProfileStore = {
  /** Empty where there is no place for one. */
  readonly path: string;
  read(): StoreAnswer<StoredProfiles>;
  /** Adds or replaces. The first profile becomes the current one. */
  save(name: string, profile: Profile): StoreProblem | undefined;
  remove(name: string): StoreProblem | undefined;
  /** Makes it the one that is meant where none is named. */
  use(name: string): StoreProblem | undefined;
};

/** A thousand profiles with all that one can hold have less. */
const profilesMaxBytes = 2_097_152;

/** The file of the profiles at its path, whatever is in it. */
export const readProfileFile = (path: string): FileRead => readFileBounded(path, profilesMaxBytes);

/** Without a directory there are no profiles, and none can be kept. */
export function openProfileStore(directory: string | undefined): ProfileStore {
  if (directory === undefined) return noStore;
  const path = profilePath(directory);
  const change = (edit: (file: ProfileFile) => ProfileFile | StoreProblem): StoreProblem | undefined => {
    const stored = readFile(path);
    if (!stored.ok) return stored.problem;
    const { warnings: _warnings, ...file } = stored.value;
    const edited = edit(file);
    return 'kind' in edited ? edited : write(path, edited);
  };
  return {
    path,
    read: () => readFile(path),
    save: (name, profile) =>
      profileName.safeParse(name).success
        ? change((file) => ({
            current: file.current ?? name,
            profiles: { ...file.profiles, [name]: profile },
          }))
        : { kind: 'bad-profile-name', name },
    remove: (name) =>
      change((file) => {
        const { [name]: removed, ...profiles } = file.profiles;
        if (removed === undefined) return missing(name, file);
        return file.current === name || file.current === undefined
          ? { profiles }
          : { current: file.current, profiles };
      }),
    use: (name) =>
      change((file) =>
        file.profiles[name] === undefined ? missing(name, file) : { ...file, current: name },
      ),
  };
}

const noProfiles: StoredProfiles = { profiles: {}, warnings: [] };
const noStore: ProfileStore = {
  path: '',
  read: () => ({ ok: true, value: noProfiles }),
  save: () => ({ kind: 'no-home' }),
  remove: (name) => missing(name, noProfiles),
  use: (name) => missing(name, noProfiles),
};

export function missing(name: string, file: ProfileFile): StoreProblem {
  return { kind: 'no-such-profile', name, known: Object.keys(file.profiles).sort() };
}

function readFile(path: string): StoreAnswer<StoredProfiles> {
  const read = readProfileFile(path);
  if (!read.ok) {
    const { obstacle } = read;
    const isMissing = obstacle.kind === 'unreadable' && ['ENOENT', 'ENOTDIR'].includes(obstacle.detail);
    return isMissing
      ? { ok: true, value: noProfiles }
      : { ok: false, problem: { kind: 'unreadable-file', path, obstacle } };
  }
  const { bytes, mode } = read;
  const parsed = parseProfiles(bytes.toString('utf8'));
  if (!parsed.ok) return { ok: false, problem: { kind: 'malformed-file', path, detail: parsed.detail } };
  const warnings: readonly StoreWarning[] =
    (mode & 0o077) === 0 ? [] : [{ kind: 'open-to-others', path, mode: modeText(mode) }];
  return { ok: true, value: { ...parsed.file, warnings } };
}

/** A parser repeats what stands around the fault, which may be a password that somebody wrote out. */
function withoutExcerpt(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const plain = message.replace(/,? ?(?:\.\.\.)?".*"(?:\.\.\.)? is not valid JSON$/s, '');
  return plain === '' ? 'it is not JSON' : plain.replaceAll(/\s+/g, ' ');
}

/** The profiles of a file, or what is wrong with it in one line. */
export function parseProfiles(
  text: string,
): { readonly ok: true; readonly file: ProfileFile } | { readonly ok: false; readonly detail: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, detail: withoutExcerpt(error) };
  }
  const result = profileFileSchema.safeParse(value);
  return result.success ? { ok: true, file: result.data } : { ok: false, detail: firstIssue(result.error) };
}

function write(path: string, file: ProfileFile): StoreProblem | undefined {
  try {
    writeWhole(path, JSON.stringify(file, undefined, '\t'));
    return undefined;
  } catch (error) {
    return { kind: 'cannot-keep', path, detail: codeOf(error) };
  }
}
