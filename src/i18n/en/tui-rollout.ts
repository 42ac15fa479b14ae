import { tuiExit } from './tui-exit.ts';
import { hookNames } from './hooks.ts';
import { stepNames } from './steps.ts';
import type { Keys } from './tui-commands.ts';

/** The rollout screen, the exit summary, and one line for each event. */
export const tuiRollout = {
  rollout: (id: string) => `rollout ${id}`,
  summary: (done: number, count: number, off: number, time: string) =>
    `${done} of ${count} done · ${off} off · ${time}`,
  capacity: (after: number, minimum: number) => `on and well ${after}, minimum ${minimum}`,
  capacityBar: (bar: string, on: number, all: number, minimum: number) =>
    `on and well ${bar} ${on} of ${all}, minimum ${minimum}`,
  columns: {
    target: 'target',
    disable: 'disable',
    drain: 'drain',
    deploy: 'deploy',
    'before-target': 'before',
    'after-disable': 'hook',
    'after-target': 'after',
    check: 'check',
    enable: 'enable',
    'warm-up': 'warm-up',
    soak: 'soak',
    says: 'Nacos says now',
    asIf: 'as if Nacos said',
    said: 'Nacos said then',
  },
  steps: {
    disable: 'disabling',
    drain: 'draining',
    deploy: 'deploying',
    ...hookNames,
    check: 'checking',
    enable: 'enabling',
    'warm-up': 'warming up',
    soak: 'soaking',
  },
  results: {
    done: 'done',
    'put-on': 'put on',
    'rolled-back': 'rolled back',
    'put-back': 'put back',
    'left-off': 'LEFT OFF',
    untouched: 'untouched',
  },
  companions: (n: number) => `${n} go with it`,
  moreDiffer: (n: number) => `and ${n} more`,
  registrationsOf: (target: string) => `All registrations of ${target}`,
  differs: (state: string) => `Nacos says ${state}, and we did otherwise`,
  nodesDisagree: (agreeing: number, all: number) => `${agreeing} of ${all} nodes`,
  notReadYet: 'not read yet',
  /** Before any reading of it has come back or failed. */
  firstAnswer: 'Reading Nacos: waiting for its first answer.',
  /** No node answers; `since`: when one did last. */
  silent: (since: string | undefined) =>
    since === undefined
      ? 'Nacos does not answer; what it says is not known yet.'
      : `Nacos has not answered since ${since}; what it says is as of then.`,
  unread: (since: string | undefined) =>
    since === undefined
      ? 'Nacos cannot be read; what it says is not known yet.'
      : `Nacos could not be read since ${since}; what it says is as of then.`,
  joining: 'Reading the journal …',
  timers: {
    disable: (name: string, took: string) => `Disabling ${name}: ${took} so far.`,
    drain: (name: string, took: string, total: string) => `Draining ${name}: ${took} of ${total}`,
    deploy: (name: string, took: string, limit: string) => `Deploying ${name}: ${took} of at most ${limit}`,
    hook: (name: string, hook: string, took: string, limit: string) =>
      `Running the ${hook} of ${name}: ${took} of at most ${limit}`,
    retry: (name: string, step: string, took: string, total: string) =>
      `Waiting before the ${step} of ${name} is tried again: ${took} of ${total}`,
    check: (name: string, took: string, limit: string) => `Checking ${name}: ${took} of at most ${limit}`,
    enable: (name: string, took: string) => `Enabling ${name}: ${took} so far.`,
    warmUp: (name: string, took: string, total: string) => `Warming up ${name}: ${took} of ${total}`,
    soak: (name: string, took: string, total: string) => `Watching ${name} in service: ${took} of ${total}`,
  },
  because: {
    disable: 'Waiting until every server node shows it off.',
    drain: (consumers: string | undefined, left: string, isExtended: boolean) =>
      isExtended
        ? `Waiting ${left} more: it was extended.`
        : consumers === undefined
          ? `Waiting ${left} more, as the plan says.`
          : `Waiting ${left} more: consumers of kind ${consumers} may still call it.`,
    drainKeys: (key: Keys) => `${key('skip-drain')} skips, ${key('extend-drain')} adds 10 s.`,
    deploy: (command: string, key: Keys) =>
      `Waiting for the end of ${command}. ${key('log')} shows its output.`,
    retry: (left: number) =>
      left === 1
        ? 'It failed; the plan has it tried once more.'
        : `It failed; the plan has it tried ${left} times more.`,
    check: (times: number) =>
      times === 1
        ? 'Waiting until it is registered, healthy, and its check is good.'
        : `Waiting until it is registered, healthy, and its check is good ${times} times in a row.`,
    enable: 'Waiting until every server node shows it on.',
    warmUp: (share: { readonly weight: number; readonly full: number } | undefined) =>
      share === undefined
        ? 'It is on. Its check must stay good.'
        : `It is on with weight ${share.weight} of ${share.full}, and gets more while its check stays good.`,
    soak: (left: string) => `It is on. Its check must stay good for ${left} more before the next one begins.`,
  },
  ahead: {
    disable: (name: string) => `Meanwhile ${name} goes off ahead of its turn.`,
    drain: (name: string, took: string, total: string) =>
      `Meanwhile ${name} drains ahead of its turn: ${took} of ${total}`,
    deploy: (name: string) => `${name} is drained, kept out, and deployed when its turn comes.`,
  },
  drainsAgain: (name: string, unseen: string) =>
    `Nobody could see ${name} for at least ${unseen}: it drains once more.`,
  told: {
    gone: (nodes: readonly { readonly node: string; readonly time: string }[]) =>
      `Consumers were told that it is off: ${nodes.map(({ node, time }) => `by ${node} after ${time}`).join(', ')}.`,
    late: (nodes: readonly string[]) =>
      `Its lists show it off, but consumers of ${nodes.join(', ')} were not told in time.`,
    unheard: (nodes: readonly string[], why: string | undefined) =>
      why === undefined
        ? `No pushes from ${nodes.join(', ')} (gRPC port closed): lists are polled.`
        : `No pushes from ${nodes.join(', ')}: lists are polled. ${why}`,
  },
  paused: {
    asked: (by: string, key: Keys) => `PAUSED by ${by}: no new step begins. ${key('continue')} continues.`,
    'terminal-lost': (_by: string, key: Keys) =>
      `PAUSED: the terminal was lost. ${key('continue')} continues.`,
    'registry-lost': () => 'PAUSED: Nacos does not answer.',
    'lease-lost': () => 'PAUSED: the lease was lost.',
  },
  pastDeadline: (at: string, key: Keys) =>
    `PAST ITS DEADLINE ${at}: nothing new begins, what is under way comes to its end. ${key('continue')} continues.`,
  goesOn: {
    'registry-lost': (key: Keys) =>
      `It goes on by itself when every node answers; ${key('pause')} lets it stay paused.`,
    'lease-lost': (key: Keys) => `It goes on by itself when it is back; ${key('pause')} lets it stay paused.`,
  },
  stayingPaused: (by: string, key: Keys) =>
    `It stays paused even when that is back, as ${by} asked; ${key('continue')} goes on.`,
  pausedWaits: 'Nothing is under way.',
  decidedWaits: (names: string, key: Keys) =>
    `What you decided about ${names} begins when ${key('continue')} continues.`,
  faster: (times: number) => `${times} times as fast`,
  rehearsing: (times: number) => `nothing is written; time runs ${times} times as fast`,
  watching: 'ONLY WATCHING',
  aborting: {
    'put-back': 'ABORTING: what is well is put back.',
    leave: 'ABORTING: everything is left as it is.',
  },
  stopping: 'STOPPING',
  stuck: (name: string, step: string, attempt: number) => `${name} · ${step} failed (attempt ${attempt})`,
  stuckWords: stepNames,
  isOff: (marks: string) => `It is off now: ${marks}.`,
  alsoOff: (names: string) => `Off too, because of this rollout: ${names}.`,
  isOn: 'It is on, as we found it.',
  wasOff: 'It was off before us, and is off still.',
  isTakenOff: (names: string) => `Off, and not because of this rollout: ${names}.`,
  isOnAgain: (key: Keys) => `It is on again: ${key('retry')} goes on with it.`,
  looksAgain: 'look again: once it is on, it is rolled as planned',
  /** Instead of those below for a soak, in which it is on. */
  soaked: {
    isOn: 'It is on and in service.',
    retry: 'watch it for the whole time once more',
    'take-as-done': 'it stays on as it is; on to the next',
    'leave-off': 'it is taken off and stays off until somebody enables it; on to the next',
  },
  /** And for a warm-up. */
  warmed: {
    isOn: 'It is on and in service, with a part of its weight.',
    retry: 'begin its warm-up again, with the least weight',
    'take-as-done': 'it gets all of its weight at once and stays on; on to the next',
    'leave-off': 'it is taken off and stays off until somebody enables it; on to the next',
  },
  /** And for the hooks around it. */
  before: {
    isOn: 'It is on, as we found it.',
    retry: 'run the hook again',
    'take-as-done': 'the hook counts as done; it is disabled now',
    'leave-off': 'it stays on as it is, without a deploy; on to the next',
  },
  after: {
    isOn: 'It is on and in service.',
    retry: 'run the hook again',
    'take-as-done': 'the hook counts as done; on to the next',
    'leave-off': 'it is taken off and stays off until somebody enables it; on to the next',
  },
  /** Instead of `take-as-done` for a drain. */
  deploysCalled: 'deploy although calls arrive; they are cut off',
  forgets: 'it is not there any more: its mark is taken back',
  leaves: {
    retry: 'run that step again; nothing else changes',
    'retry-target': 'every step again: disable, drain, deploy, check, enable',
    'leave-off': 'it stays off until somebody enables it; on to the next',
    'put-on': 'consumers get it back as it is, unchecked; on to the next',
    'take-new': 'the instance that appeared is this one now: it is taken off and checked',
    'roll-back': "the plan's rollback command, then check and enable",
    'take-as-done': 'the step counts as done; the next one begins',
    abort: 'put back what is well, or leave all as it is; asks which',
  },
  outcomes: {
    done: 'DONE: every target is through.',
    'done-with-some-failed': 'ENDED, and some are on without a good release.',
    'done-with-some-off': 'ENDED, and some are left off.',
    aborted: 'ABORTED.',
    abandoned: 'GIVEN UP.',
  },
  unheard:
    'ITS RUNNER IS GONE: nothing is done any more, and what is off is kept out by nobody. All of this is as it was then.',
  unheardKeys: (key: Keys) =>
    `Its journal is kept: ${key('continue')} carries on, ${key('abort')} puts back what is well.`,
  unheardWatching: (key: Keys) =>
    `Its journal is kept. This console only watched: esc, then ${key('rollouts')}, where ${key('carry-on')} carries on and ${key('put-back')} puts back.`,
  rested: (key: Keys) =>
    `The runner rests: ${key('continue')} carries this rollout on, ${key('abort')} puts back what is well and ends it.`,
  offNow: (names: string) => `Off because of us: ${names}`,
  rehearsed: 'REHEARSED: nothing was written. Every target would be through.',
  rehearsedWithTrouble: 'REHEARSED: nothing was written. Not every target would be through: see below.',
  wouldBeOff: (names: string) => `Off at the end of it: ${names}`,
  notRestarted: (names: string) => `No restart was seen of: ${names}. Does the old version still run?`,
  keyToPutOn: (key: Keys) => `To put them on: ${key('back')}, then ${key('switch-on')} on the instance.`,
  orInShell: 'Or, in a shell:',
  nothingOff: 'Nothing is off because of us.',
  othersOff: (names: string) =>
    `What we took off is on again; Nacos says off of ${names}: somebody else has taken that off since.`,
  report: (command: string) => `Its report: ${command}`,
  reportOfSandbox: (command: string) => `Its report, in another shell while this one is open: ${command}`,
  log: (target: string) => `Output of the last command on ${target}`,
  logNone: 'It printed nothing.',
  logEmpty: 'No output yet.',
  gateway: (perSecond: number, requests: number) => `gateway ${perSecond}/s · ${requests} requests · `,
  failures: (n: number) => (n === 1 ? '1 failure' : `${n} failures`),
  lists: (time: string) => `calls from lists up to ${time} old`,
  saved: (waited: string, saved: string) => `The drains took ${waited}, ${saved} less than by timer alone.`,
  savedAhead: (targets: number, saved: string) =>
    `${targets === 1 ? '1 target' : `${targets} targets`} drained ahead of ${targets === 1 ? 'its' : 'their'} turn, which saved ${saved}.`,
  added: (waited: string, added: string) =>
    `The drains took ${waited}, ${added} more than by timer alone, as calls went on arriving or somebody extended them.`,
  exitSummary: tuiExit,
};
