import { program } from '../../core/text/program.ts';
import type { TextObstacle } from '../../core/text/text-obstacle.ts';
import { say } from '../grammar/say.ts';
import { shellWord } from '../../core/text/shell-word.ts';
import { right } from './right-forms.ts';
import { timeEn as time } from '../grammar/time-words.ts';
import { textObstacles } from './profiles.ts';
import { oneShot } from './one-shot.ts';
import { orders } from './orders.ts';
import { status } from './status.ts';
import { underWay } from './under-way.ts';

/** What the command line says, but for help, failures and events. */
export const cli = {
  opens: (whom: string | undefined): string =>
    `Opening the console${whom === undefined ? '' : `, to reach ${whom}`}. Ctrl-C leaves.`,
  demoStarts: 'Starting the sandbox: a Nacos, six applications and a gateway. All end with us.',
  noLicences: (path: string): string =>
    `The licenses lie beside the program as it is handed on, and ${path} is not there.`,
  time,
  usage: {
    unknownFlag: (flag: string, similar: string | undefined): string =>
      `There is no flag ${flag}${similar === undefined ? '.' : `; did you mean ${similar}?`}`,
    unknownCommand: (command: string, similar: string | undefined): string =>
      `There is no command ${command}${similar === undefined ? '.' : `; did you mean ${similar}?`}`,
    /** `running`, `still`: what does it of a rollout that runs, and of one that stands still. */
    noCommandButOrder: (command: string, running: string, still: string | undefined): string =>
      `There is no command ${command}. Of a rollout that runs: ${running}${still === undefined ? '.' : `; of one that stands still: ${still}.`}`,
    noSubcommand: (
      command: string,
      typed: string,
      similar: string | undefined,
      known: readonly string[],
    ): string =>
      `${command} has no command ${typed}${similar === undefined ? '.' : `; did you mean ${similar}?`} There are ${known.join(', ')}.`,
    missingArgument: (name: string): string => `${name} is missing.`,
    missingValue: (flag: string): string => `${flag} needs a value.`,
    twice: (flag: string): string => `${flag} is given twice, and takes one value.`,
    strangeDash: (word: string, plain: string): string =>
      `${word} begins with a dash that is not the one of the keyboard: write ${plain}.`,
    whichInstance: 'Which instance? Give --instance IP:PORT, --ip IP, --host IP or --self.',
    oneInstance: 'One instance at a time: give --instance once.',
    addressAsWord: (address: string, flag: string, command: string): string =>
      `${address} is an address: give it with ${flag}, as in: ${command}`,
    tooManyArguments: (): string => 'There are more words than this command takes.',
    other: (message: string): string => message,
    strayOverride: (service: string): string =>
      `--override ${service} names a service that this plan does not touch.`,
    ambiguousOverride: (service: string, services: readonly string[]): string =>
      `--override ${service} may be about ${services.join(' or ')}: write which.`,
    twoGroups: (service: string, group: string): string =>
      `${service} and --group ${group} name two groups. Write ${group}@@${service} for the service ${service} of ${group}, or leave --group out.`,
    noName: (service: string, group: string | undefined): string =>
      `${JSON.stringify(service)}${group === undefined ? '' : ` with --group ${JSON.stringify(group)}`} names no service: write NAME or GROUP@@NAME, without blanks at the ends, the group without @@ and not ending in @.`,
    /** Of two sentences. */
    between: ' ',
    seeHelp: (command: string): string => `See: ${command} --help`,
    badValue: (flag: string, value: string, right: string): string =>
      `${flag} ${value} is not right: ${right}${right.endsWith('?') ? '' : '.'}`,
    needFlag: (flag: string): string => `${flag} is missing.`,
    notOfService: (flag: string): string =>
      `${flag} is about a whole rollout, not about one service: leave --service out.`,
    besideFile: (flag: string, may: readonly string[]): string =>
      `--file and ${flag} cannot be given together: the plan file says it. Beside it may stand ${may.join(', ')}.`,
    notBoth: (one: string, other: string): string => `${one} and ${other} cannot be given together.`,
  },
  right,
  noTerminal: `The console needs a terminal on both ends; without one use a command, see: ${program} --help`,
  demoDraws: `The demo draws its traffic, which no lines can show (--plain, ACCESSIBLE, INK_SCREEN_READER or TERM=dumb): open it at a terminal that draws, or look at a Nacos of yours with: ${program} --plain`,
  passwordPrompt: (user: string): string => `Password of ${user}: `,
  passwordNeeded: (user: string): string =>
    `The password of ${user} is needed and there is no terminal to ask at: give --password-from env:NAME, file:PATH or command:COMMAND.`,
  readOnly: (profile: string): string =>
    `The profile ${profile} is read-only: nothing is written through it; a rehearsal (--dry-run) is possible.`,
  /** What a gate asks a person that was typed without a text. */
  usualPause: 'is all well so far?',
  standardInput: '- (standard input)',
  fileUnreadable: (path: string, obstacle: TextObstacle): string =>
    `${path} cannot be read (${say(textObstacles, obstacle)}).`,
  pageWritten: (path: string): string => `The page is in ${path}.`,
  pageNotWritten: (path: string, detail: string): string =>
    detail === 'EEXIST'
      ? `${path} is there already and was left as it is: name another file.`
      : `${path} cannot be written (${['ENOENT', 'ENOTDIR'].includes(detail) ? 'its directory is not there' : detail}): name another file, or none for standard output.`,
  edit: {
    noTerminal: `plan edit opens an editor and needs a terminal and a file; without a terminal change the file and try it: ${program} plan check -f FILE`,
    unchanged: (path: string): string => `${path} is as it was: nothing was changed.`,
    /** A comment in the file, above all that is wrong. */
    goOn: 'What is wrong stands above its line. Saved once more as it is, all is left as it was.',
    givenUp: (path: string, copy: string): string =>
      `${path} is as it was; what you wrote is not right and lies in ${copy}.`,
    editorFailed: (how: string, path: string, copy: string): string =>
      `The editor did not end well (${how}): ${path} is as it was, and what you wrote lies in ${copy}. The editor is $VISUAL or $EDITOR, else vi.`,
    changedMeanwhile: (path: string, copy: string): string =>
      `${path} was changed by somebody else meanwhile and left so; what you wrote lies in ${copy}.`,
    notReplaced: (path: string, detail: string, copy: string): string =>
      `${path} cannot be written (${detail}); what you wrote lies in ${copy}.`,
    replaced: (path: string): string =>
      `${path} is kept. What Nacos has to say to it: ${program} plan check -f ${shellWord(path)}`,
  },
  table: {
    service: 'service',
    group: 'group',
    on: 'on',
    off: 'off',
    ill: 'ill',
    unreadable: 'unreadable',
    instance: 'instance',
    cluster: 'cluster',
    weight: 'weight',
    state: 'state',
    metadata: 'metadata',
    profile: 'profile',
    servers: 'servers',
    namespace: 'namespace',
    rollout: 'rollout',
    planned: 'planned',
    by: 'by',
    services: 'services',
    outcome: 'outcome',
  },
  worksSo: (command: string): string => `This works: ${command}`,
  noServices: (namespace: string): string => `Namespace ${namespace} has no services.`,
  noMatch: (namespace: string): string => `No service matches in namespace ${namespace}.`,
  noInstances: (service: string): string => `${service} has no instances.`,
  review: {
    good: '✓',
    warning: '!',
    refused: '✗',
    head: (count: number): string => (count === 1 ? 'Review of 1 target' : `Review of ${count} targets`),
    wouldStart: 'Nothing speaks against it: run would start this plan.',
    wouldBeRefused: 'The review refuses this plan as it is: run would write nothing.',
    refusedToStart: 'Nothing was written: the review refuses this rollout.',
  },
  ask: (services: string): string => `Roll ${services} now? Type yes: `,
  askProduction: (service: string): string => `This is PRODUCTION. Type ${service} to start: `,
  notStarted: 'Nothing was started.',
  yesNeededToResume: (id: string): string =>
    `Nobody can be asked here: carry on without a question with: ${program} resume ${id} --yes`,
  yesNeeded: 'Nobody can be asked here: give --yes to start, or --dry-run to rehearse.',
  finishingBeside: 'Doing what was left to do beside the rollout: its commands, and who is to be told …',
  startingRunner:
    'Starting the runner: it asks Nacos whether somebody else rolls these services (about 1 s; 5 s where it is not every server node that we ask) …',
  started: (id: string, directory: string): string => `rollout ${id}, journal in ${directory}`,
  pretended: (command: string): string => `${command} is not run in a rehearsal, and counts as ended well`,
  rehearsing: 'REHEARSAL: nothing is written, no command runs, time runs faster.',
  pausing: 'Pausing: the step under way comes to its end, then it stops. Press Ctrl-C again to stop now.',
  pausingAttended:
    'Pausing: the step under way comes to its end. Press Ctrl-C again to stop now; type c and Enter to go on.',
  ...underWay,
  stopping: 'Stopping now.',
  leaving: (id: string): string => `Left; rollout ${id} goes on. Come back with: ${program} attach ${id}`,
  runnerGone: (id: string, isAsked: boolean, log: string | undefined): string =>
    `The runner of ${id} is gone without a word: carry on with: ${program} resume ${id}${isAsked ? '' : ' --yes'}${log === undefined ? '' : ` (its last words are in ${log})`}`,
  outputIn: (path: string): string => `The end of its output (all in ${path}):`,
  outputEmpty: (path: string): string => `It printed nothing (${path}).`,
  crashed: (message: string, details: string | undefined): string =>
    `nacos-rollout failed in a way that nobody foresaw (${message}), so nothing is promised: see what is off with ${program} status. ${details === undefined ? 'Set NACOS_ROLLOUT_DEBUG=1 to see the details.' : `The details are in ${details}.`}`,
  noDirectory: 'The directory that you are in is gone: change to one that is there.',
  notPrinted: (detail: string): string =>
    `Standard output could not be written (${detail}): what was printed is not whole.`,
  stillOff: (instances: readonly string[]): string => `Still off because of us: ${instances.join(', ')}`,
  weightOf: (name: string, weight: number, full: number): string => `${name} (weight ${weight}, was ${full})`,
  stillLowered: (instances: readonly string[]): string =>
    `Still with less weight than they had, because of us: ${instances.join(', ')}`,
  compared: {
    same: 'Nacos shows what the journal says.',
    differs: 'What Nacos shows now differs from the journal:',
    ask: 'Carry on all the same? Type yes: ',
    notCompared: (sentence: string): string => `What Nacos shows now was not compared: ${sentence}`,
  },
  decidedWaits: (target: string): string =>
    `It is paused: what you decided about ${target} begins when you continue, with c and Enter.`,
  mend: {
    how: `To mend what is ours: ${program} doctor --yes. A rollout that it mends, and of which nothing is off then, has ended; to carry one on, resume it instead.`,
    notOff: (instance: string): string =>
      `${instance} is not off because of a rollout that ended or stands still: nothing was done.`,
    ask: 'Put on again what is ours and well, and release the locks of the dead? A rollout that is mended, and of which nothing is off then, has ended, and cannot be resumed. Type yes: ',
  },
  notRestarted: (targets: readonly string[]): string =>
    `Ran, but no restart was seen of: ${targets.join(', ')}. Does the old version still run?`,
  /** `isAsked`: a person at a terminal can answer what it asks. */
  carryOn: (id: string, isAsked: boolean): string =>
    `Carry on with: ${program} resume ${id}${isAsked ? '' : ' --yes'}`,
  decide: (target: string): string => `${target} waits for you. Type a letter and Enter:`,
  choices: {
    r: 'r  run the step again',
    f: 'f  begin this target again from its disable',
    x: 'x  leave it off and go on with the next',
    o: 'o  put it on as it is',
    oAway: 'o  it is not there any more: take back its mark and go on without it',
    t: 't  take the deploy as done and go on with the check',
    tHook: 't  take the hook as done and go on',
    xBefore: 'x  leave it on as it is, without a deploy, and go on with the next',
    tSoak: 't  leave it on and go on with the next',
    tWarmUp: 't  leave it on, give it all of its weight and go on with the next',
    xSoak: 'x  take it off, leave it off and go on with the next',
    qSoak: 'q  decide later; it stays on',
    tDrain: 't  let the deploy begin although calls arrive; they are cut off',
    b: "b  roll it back with the plan's rollback command",
    n: 'n  the instance that appeared is this one: take it off, check it, put it on',
    A: 'A  abort: put back what is well',
    L: 'L  abort: leave all as it is',
    q: 'q  decide later; the runner keeps it out',
  },
  unknownChoice: 'That is none of the letters.',
  inputEnded: (id: string): string =>
    `The input has ended (Ctrl-D): nothing more can be typed here. To answer, in another terminal: ${program} attach ${id}`,
  ambiguous: (ids: readonly string[]): string => `Which one? There is ${ids.join(', ')}.`,
  nothingOpen: 'No rollout runs or stands still on this machine, and none left anything off.',
  historyOnce: (command: string, isOff: boolean): string =>
    isOff ? `off once: ${command}` : `settled: ${command}`,
  relativePlace: (path: string): string =>
    `XDG_STATE_HOME is no absolute path (${path}) and counts for nothing: journals are kept below ~/.local/state.`,
  noHistory: 'There was no rollout on this machine yet.',
  status,
  ...orders,
  ...oneShot,
  waiting: (ms: number): string => `Waiting ${time(ms)} for consumers to notice.`,
  profile: {
    kept: (name: string, path: string): string => `Profile ${name} is kept in ${path}.`,
    ownDrain: (services: readonly string[], name: string): string =>
      `${services.join(', ')}: ${services.length === 1 ? 'its own drain holds' : 'their own drains hold'} still; take one away with: ${program} profile edit ${shellWord(name)} --service ${shellWord(services[0] ?? '')} --unset drain`,
    removed: (name: string): string => `Profile ${name} is forgotten.`,
    used: (name: string): string => `Profile ${name} is used where none is named.`,
    none: `There are no profiles: make one with: ${program} profile add NAME --server URL`,
    current: 'current',
    marks: { production: 'PRODUCTION', readOnly: 'read-only' },
    nothingGiven: 'Nothing to change was given.',
    reached: (product: string, version: string, dialect: string): string =>
      `reached      ${product} ${version}, dialect ${dialect}`,
    nodes: (nodes: readonly string[]): string => `nodes        ${nodes.join(', ')}`,
    nodesUnknown: (sentence: string): string => `nodes        ${sentence}`,
    as: (user: string | undefined, accessKeyFrom: string | undefined): string =>
      `as           ${user ?? (accessKeyFrom === undefined ? 'nobody: no login' : `the access key from ${accessKeyFrom}`)}`,
    namespaces: (names: readonly string[], isThere: boolean, wanted: string): string =>
      `namespaces   ${names.join(', ')}${isThere ? '' : `; ${wanted} is not one of them`}`,
    namespacesUnshown: 'namespaces   this Nacos does not show which there are',
    servicesSeen: (count: number): string => `services     ${count} in this namespace`,
    may: {
      yes: 'may write    yes',
      no: 'may write    no',
      unknown: 'may write    cannot be known without writing',
    },
  },
};
export type CliWords = typeof cli;
