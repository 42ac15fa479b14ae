import { enableCommand } from '../../core/registry/enable-command.ts';
import { program } from '../../core/text/program.ts';
import type { Diagnosis } from '../../runner/ports/diagnosis.ts';
import type { LeftOff } from '../../core/report/left-off.ts';
import { endpointText } from '../../core/registry/service.ts';
import { shellWord } from '../../core/text/shell-word.ts';
import type { Repaired } from '../../runner/registry/repair.ts';
import { type Sayings, say } from '../grammar/say.ts';
import { timeEn as time } from '../grammar/time-words.ts';
import { launchProblems } from './launch-problems.ts';
import { profiles } from './profiles.ts';
import { namespaceUnproven, registryErrors } from './registry-errors.ts';
import { reportWords } from './report.ts';
import { readings, stepFailures } from './step-failures.ts';
import { unread, unreadableOf } from './unreadable.ts';
import { shortName } from '../../core/registry/service-name.ts';
import { gateWords } from './gates.ts';
import type { Keys } from './tui-commands.ts';

const shownNow = {
  on: 'Nacos shows it on',
  off: 'Nacos shows it off',
  lowered: 'Nacos shows it on with a part of its weight',
  absent: 'it is not there any more, but a mark of ours may be',
  unknown: 'what Nacos shows is not known',
} as const;
const marks = {
  off: 'is off because of us',
  'going-off': 'may be off because of us',
  'coming-on': 'may still be off because of us',
  lowered: 'has less weight than it had, because of us',
} as const;

function leftSentence({
  registration,
  mark,
  lowered,
  rollout,
  by,
  since,
  step,
  why,
  command,
}: LeftOff): string {
  const name = `${endpointText(registration)} (${shortName(registration)}) ${marks[mark]}`;
  if (command !== undefined) {
    const failed = why === undefined ? '' : `; ${say(stepFailures, why)}`;
    return `${name}: ${by} took it off at ${since} with: ${command}${failed}`;
  }
  const did =
    mark === 'lowered' && lowered !== undefined
      ? `gave it weight ${lowered.written.at(-1)} of ${lowered.full}`
      : 'took it off';
  const because = why === undefined ? `its rollout stood at the ${step}` : say(stepFailures, why);
  return `${name}: rollout ${rollout} of ${by} ${did} at ${since}; ${because}`;
}

function endSentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}

type OffByUs = Extract<Diagnosis, { kind: 'off-by-us' }>;

/** What mends, gives up what is gone for good, and carries on, where the sentence is read. */
export type MendingWays = {
  readonly mend: string;
  readonly gone: (instance: string) => string;
  readonly resume: (rollout: string) => string;
};

/** Where nobody can be asked, carrying on has to be told so. */
export function byCommand(mayAsk: boolean): MendingWays {
  return {
    mend: `${program} doctor --yes`,
    gone: (instance) => `${program} doctor --gone ${shellWord(instance)}`,
    resume: (rollout) => `${program} resume ${rollout}${mayAsk ? '' : ' --yes'}`,
  };
}

export function byKeys(key: Keys): MendingWays {
  return {
    ...byCommand(true),
    mend: `the key ${key('mend')}`,
    gone: (instance) => `the key ${key('gone')}, and ${instance}`,
  };
}

/** What has ended is not carried on. */
function howTo(
  { rollout, registration, mark, isHalfDeployed, isDeployOpen, command }: LeftOff,
  { shown, connection, isEnded }: Pick<OffByUs, 'shown' | 'connection' | 'isEnded'>,
  { mend, gone, resume: resumeOf }: MendingWays,
): string {
  const enable = enableCommand(registration, connection);
  const resume = resumeOf(rollout);
  if (command !== undefined) {
    return shown === 'absent'
      ? `If it is gone for good: ${gone(endpointText(registration))}; if it comes back: ${enable}`
      : `On again with: ${enable}`;
  }
  if (shown === 'absent')
    return `If it is gone for good: ${gone(endpointText(registration))}; if it comes back: ${isEnded ? enable : `${resume}.`}`;
  if (isEnded) {
    if (mark === 'lowered') return `Give it back its weight with: ${mend}`;
    return isHalfDeployed
      ? `${isDeployOpen ? 'How its deploy ended is not known' : 'Its deploy did not end well'}: look at it, then: ${enable}`
      : `Put it on with: ${mend}`;
  }
  if (mark === 'lowered') return `Carry on with ${resume}, or give it back its weight with: ${mend}`;
  if (isDeployOpen)
    return `How its deploy ended is not known: ${resume} finds out; or look at it, then ${enable}.`;
  return isHalfDeployed
    ? `Its deploy did not end well: look at it, then ${resume}, or ${enable}.`
    : `Carry on with ${resume}, or mend it with: ${mend}`;
}

/** What was off of it, with the verb for so many. */
function stays(mended: Repaired): string {
  return `${ofTarget(mended)} ${isSeveral(mended) ? 'stay' : 'stays'} off`;
}

function ofTarget({ target, only }: Repaired): string {
  return only?.join(', ') ?? target;
}

function isSeveral({ only = [] }: Repaired): boolean {
  return only.length > 1;
}

const mendings: Sayings<Repaired> = {
  'put-on': (mended) => `${ofTarget(mended)} ${isSeveral(mended) ? 'are' : 'is'} on again, and read back.`,
  'given-back': (mended) =>
    `${ofTarget(mended)} ${isSeveral(mended) ? 'have all of their weight again, and were' : 'has all of its weight again, and was'} read back.`,
  'half-deployed': (mended) =>
    mended.isOpen
      ? `${stays(mended)}: how the deploy of ${mended.target} ended is not known, so look at it first.`
      : `${stays(mended)}: the deploy of ${mended.target} did not end well, so look at it first.`,
  'not-registered': (mended) => `${stays(mended)}: not registered everywhere.`,
  forgotten: (mended) =>
    `${ofTarget(mended)} ${isSeveral(mended) ? 'are' : 'is'} forgotten: no mark of ours waits there.`,
  'still-there': (mended) =>
    `${ofTarget(mended)} ${isSeveral(mended) ? 'were' : 'was'} not forgotten: a server node still lists it, or did not answer.`,
  'not-well': (mended) => `${stays(mended)}: not well (${say(readings, mended.reading)}).`,
  failed: (mended) => `${ofTarget(mended)} could not be put on: ${say(stepFailures, mended.why)}`,
};

export const ailments = (ways: MendingWays): Sayings<Diagnosis> => ({
  'off-by-us': ({ left, isRunning, isWaiting, ...now }) =>
    `${endSentence(leftSentence(left))} Now ${shownNow[now.shown]}. ${isWaiting ? `Its runner waits for a person: ${program} attach ${left.rollout}` : isRunning ? 'A runner is at it.' : howTo(left, now, ways)}`,
  'off-by-others': ({ instance, service }) =>
    `${instance} (${service}) is off in Nacos, and no rollout or command that this machine knows of did it.`,
  unreadable: ({ records, service }) =>
    service === undefined
      ? `${records.length === 1 ? 'A service' : `${records.length} services`} of this namespace cannot be read: ${records.slice(0, 3).map(unread).join('; ')}.`
      : unreadableOf(service, records),
  'members-unreadable': ({ server, records }) =>
    `${server} names ${records.length === 1 ? 'a member of its cluster that cannot' : `${records.length} members of its cluster that cannot`} be read: ${records.map(unread).join('; ')}.`,
  'nothing-off': () => 'Nothing is off because of a rollout or a command of this machine.',
  'stands-still': ({ rollout, by, gate }) =>
    gate === undefined
      ? `Rollout ${rollout} of ${by} stands still, with nothing off: ${ways.resume(rollout)} carries it on.`
      : `Rollout ${rollout} of ${by} stands still, with nothing off: ${gateWords.waitsFor(gate)}. ${gateWords.passWith(rollout)}`,
  overtaken: ({ rollout, by }) =>
    `Rollout ${rollout} of ${by} stands still, and later ones have rolled all that it left off: ${ways.resume(rollout)} carries it on; it is ended with: ${ways.mend}`,
  journal: ({ problem }) => say(launchProblems, problem),
  lock: ({ service, by, since, id, isDead }) =>
    isDead
      ? `The lock of ${service} (rollout ${id} of ${by}, since ${since}) is left from a process that is gone: the next rollout takes it over.`
      : `${service} is locked by rollout ${id} of ${by}, since ${since}.`,
  lease: ({ id, by, since, isDead }) =>
    isDead
      ? `The lease of rollout ${id} of ${by} (since ${since}) is left from a runner that is gone: it ends by itself within 30 s.`
      : `A lease is held by rollout ${id} of ${by}, since ${since}.`,
  'leases-unread': ({ server, error }) =>
    `Whether a rollout holds a lease at ${server} cannot be seen: ${say(registryErrors, error)}`,
  terminal: ({ columns, rows }) => `The terminal is ${columns}×${rows}.`,
  'terminal-small': ({ columns, rows }) =>
    `The terminal is ${columns}×${rows}; the console is made for 80×24 and more.`,
  'no-terminal': () => 'There is no terminal here: commands work, the console does not.',
  'terminal-dumb': ({ term }) => `TERM is "${term}": the console needs a terminal that can move its cursor.`,
  locale: ({ isUtf8 }) =>
    isUtf8
      ? 'The locale is UTF-8.'
      : 'The locale is not UTF-8: the console draws with plain letters; set LANG to one that ends in UTF-8.',
  profiles: ({ path, count }) => `${count === 1 ? '1 profile' : `${count} profiles`} in ${path}.`,
  'profiles-open': ({ path, mode }) => profiles.warning({ kind: 'open-to-others', path, mode }),
  configuration: ({ problem }) => profiles.problem(problem),
  state: ({ path }) => `Journals are kept in ${path}.`,
  'state-open': ({ path, mode }) => `${path} can be read by others (mode ${mode}): chmod 700 it.`,
  'state-unwritable': ({ path, detail }) =>
    `${path} cannot be written (${detail}): nothing begins without a journal; set XDG_STATE_HOME.`,
  'no-server': () => 'No server was given, so only this machine was looked at: give --server or --profile.',
  server: ({ server, product, version }) => `${server} is ${product} ${version}.`,
  unreachable: ({ error }) => say(registryErrors, error),
  'namespace-unproven': ({ namespace }) => namespaceUnproven(namespace),
  secret: ({ server, detail }) =>
    `${server} was not asked: what its connection needs cannot be had (${detail}).`,
  'leader-missing': ({ server }) => `${server} has no Raft leader: it takes no changes.`,
  clock: ({ server, differenceMs }) =>
    `The clock of ${server} is ${time(Math.abs(differenceMs))} ${differenceMs < 0 ? 'behind' : 'ahead of'} ours.`,
  mended: ({ mended }) => say(mendings, mended),
  'rollout-closed': ({ rollout, notThrough }) =>
    `Rollout ${rollout} has ended with that, as nothing of it is off any more: it cannot be resumed. ${
      notThrough.length === 0
        ? 'Every target of it was through.'
        : `Not through: ${notThrough.map(({ target, result }) => `${target} (${reportWords.results[result]})`).join(', ')}. What was not rolled needs a new run.`
    }`,
  'mend-refused': ({ problem }) => say(launchProblems, problem),
  'mend-read-only': ({ rollout, profile }) =>
    `Nothing of rollout ${rollout} was written: it would go through the profile ${profile}, which is read-only. Name another one with --profile, or take that back with: ${program} profile edit ${profile} --no-read-only`,
  'locks-released': ({ count }) =>
    count === 1
      ? '1 lock of a dead process was released.'
      : `${count} locks of dead processes were released.`,
});
