import { program } from '../../core/text/program.ts';
import type { TextObstacle } from '../../core/text/text-obstacle.ts';
import type { SpecProblem } from '../../profiles/resolve-spec.ts';
import type { SecretProblem } from '../../profiles/secret.ts';
import type { StoreWarning } from '../../profiles/store.ts';
import { drainProblems } from './drain.ts';
import { type Sayings, say } from '../grammar/say.ts';
import { timeEn as time } from '../grammar/time-words.ts';

const specProblems: Sayings<SpecProblem> = {
  'no-server': () =>
    `Which Nacos? Give --server URL or --profile NAME, or keep one with: ${program} profile add NAME --server URL`,
  'bad-server': ({ server, meant }) =>
    `${server} is not a server address: write ${meant ?? 'http://HOST:8848, https://HOST:PORT or HOST'}.`,
  'several-servers': ({ server, each }) =>
    `${server} is several servers in one: give each by itself, ${each.join(' and ')}.`,
  'empty-server': () =>
    'The address of a server is empty (a variable that is not set?): write http://HOST:8848, https://HOST:PORT or HOST.',
  'server-with-path': ({ server, path }) =>
    `${server} has a path: leave it out, and give --context-path ${path} if Nacos is there.`,
  'server-with-user': () =>
    'A server address has a user or a password in it: take it out, and give --username and --password-from.',
  'literal-password': () =>
    'A password is never written out: give env:NAME, file:PATH or command:COMMAND, or leave it out to be asked at the prompt.',
  'password-without-user': () => 'There is a password and no user: give --username too.',
  'literal-key': () =>
    'An access key, its secret key and its security token are never written out: give env:NAME, file:PATH or command:COMMAND.',
  'key-in-part': () =>
    'An access key and its secret key belong together, and a security token or a region to them: give --access-key-from and --secret-key-from.',
  'user-and-key': () =>
    'There are a user and an access key, and a Nacos takes one of them: leave out --username, or --access-key-from and what goes with it.',
  'certificate-without-key': () => 'A client certificate needs its key and a key its certificate: give both.',
  'bad-setting': ({ detail }) => `That is not a setting of a profile: ${detail}.`,
  'bad-drain': ({ problem }) => `The drain of this profile is not right: ${say(drainProblems, problem)}.`,
  'bad-dialect': ({ dialect }) => `${dialect} is not a dialect: write v1 (Nacos 1.4 to 2.x) or v3 (3.x).`,
  'malformed-file': ({ path, detail }) =>
    `The profile file ${path} is malformed (${detail}): correct it; it was left as it is.`,
  'unreadable-file': ({ path, obstacle }) =>
    `The profile file ${path} cannot be read (${say(textObstacles, obstacle)}).`,
  'no-home': () =>
    'There is no home directory to keep profiles in: set XDG_CONFIG_HOME or HOME to a directory that you may write to.',
  'cannot-keep': ({ path, detail }) => `The profile file ${path} cannot be written (${detail}).`,
  'no-such-profile': ({ name, known }) =>
    known.length === 0
      ? `There is no profile ${name}, nor any other: make one with: ${program} profile add ${name} --server URL`
      : `There is no profile ${name}; there is ${known.join(', ')}.`,
  'bad-profile-name': ({ name }) =>
    `${name} is not a profile name: use letters, digits, dots, dashes and underscores, at most 64.`,
  'profile-exists': ({ name }) =>
    `There is a profile ${name} already: change it with: ${program} profile edit ${name}`,
};

/** Codes of the system that most people meet. */
const fileCodes: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'you may not read it',
};

/** Why a file, or what is given in its place, cannot be read. Each stands in brackets. */
export const textObstacles: Sayings<TextObstacle> = {
  unreadable: ({ detail }) => fileCodes[detail] ?? detail,
  'no-file': ({ found }) => `it is a ${found}, and no file`,
  endless: ({ afterMs }) => `it did not end within ${time(afterMs)}`,
  'not-text': () => 'it is no text in UTF-8: save it as UTF-8',
  'too-large': ({ maxBytes }) =>
    `it is longer than ${maxBytes < 2 ** 20 ? `${maxBytes / 2 ** 10} KiB` : `${maxBytes / 2 ** 20} MiB`}`,
};

const secretProblems: Sayings<SecretProblem> = {
  literal: () => 'it is written out; write env:NAME, file:PATH or command:COMMAND',
  'not-set': ({ name }) => `the environment variable ${name} is not set`,
  unreadable: ({ path, obstacle }) => `${path} cannot be read (${say(textObstacles, obstacle)})`,
  failed: ({ exit }) => `its command ended with ${exit}`,
  'timed-out': ({ afterMs }) => `its command did not end within ${time(afterMs)}`,
  empty: ({ reference }) => `${reference} is empty`,
};

/** Sentences about profiles, settings and secrets. */
export const profiles = {
  problem: (problem: SpecProblem): string => say(specProblems, problem),
  /** Without a capital or a full stop: it stands inside `failures.secret`. */
  secretDetail: (problem: SecretProblem): string => say(secretProblems, problem),
  warning: ({ path, mode }: StoreWarning): string =>
    `${path} can be read by others (mode ${mode}): chmod 600 it.`,
};
export type ProfileWords = typeof profiles;
