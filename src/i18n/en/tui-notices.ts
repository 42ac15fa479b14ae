import type { Keys } from './tui-commands.ts';

/** One-line answers to a key, and questions that another key answers. */
export const tuiNotices = {
  off: {
    'nothing-here': 'Nothing here to do that with.',
    'nothing-chosen': (key: Keys) => `Nothing is chosen yet: press ${key('mark')} on what to roll.`,
    'being-reached': (key: Keys) =>
      `It is being reached already: wait, or leave with ${key('back')} or ${key('quit')}.`,
    'read-only': (key: Keys) =>
      `This profile is read-only: ${key('rehearse')} rehearses, nothing can be started.`,
    'review-refused': 'Something speaks against it (see ✖ above): nothing can be started.',
    'review-running': 'The review is not finished yet.',
    'nothing-to-override': 'Nothing here can be overridden.',
    'just-appeared': 'This has only just appeared: read it first, then press again.',
    'only-watching': (key: Keys) =>
      `You only watch this rollout: esc leaves it, and ${key('carry-on')} in the list takes it over.`,
    'not-at-gate': 'It stands at no gate.',
    'not-stuck': 'No target waits for a decision.',
    'not-connected': 'This console is not connected to the Nacos of this rollout.',
    'not-possible-here': 'That is not possible here.',
    'not-draining': 'No target is draining.',
    'already-paused': (key: Keys) => `It is paused already: ${key('continue')} continues.`,
    'not-paused': 'It is not paused.',
    'rollout-over': 'This rollout is over.',
    'rollout-runs': (key: Keys) =>
      `The rollout runs: ${key('detach')} detaches (it goes on), ${key('abort')} aborts.`,
    'runner-gone': 'Its runner is not there.',
    'runner-lives': 'Its runner lives: carry on, or watch.',
    'no-output': 'No command of this target has begun yet.',
    'no-gateway': 'There is no gateway to show.',
    'no-evidence': 'No evidence tells of calls to this target now.',
    'deploy-known': 'Only where nobody knows how the deploy ended, or where calls do not end.',
    'no-rollback': 'The plan has no rollback command, or nothing was deployed yet.',
    'no-newcomer': 'No other instance came in its place.',
    'nothing-to-copy': 'Nothing here to copy.',
    'nowhere-before': (key: Keys) =>
      `No other namespace or profile was shown before: ${key('namespaces')} goes to one, ${key('palette')} to all that there is.`,
    'no-panes': 'Panes come with a larger window: from 110 × 30.',
    'nothing-folded': 'All that goes with this target is shown already.',
    starting: 'The runner is being started: this takes up to 10 s. Ctrl-C leaves.',
    'not-off-by-us': 'It is not off because of a rollout of this machine.',
    'nothing-to-mend': 'Nothing here can be mended by us.',
    'mend-read-only': 'What is off is reached through a read-only profile: nothing is written.',
    'being-examined': 'It is being looked at: wait.',
    'being-mended': 'Something is being put on or mended: wait until that is done.',
    'held-by-runner': 'A rollout that runs keeps it off: abort that one, or wait for it.',
    'key-only': (key: Keys) => `Enter does not do that: leave with ${key('back')} and press its key.`,
    'nothing-sought': (key: Keys) => `Nothing was looked for yet: ${key('search')} looks for a text.`,
  },
  questions: {
    'remove-profile': 'Remove this profile? Nothing in Nacos changes.',
    'skip-drain': 'End the drain now? Consumers that still know this instance will get errors.',
    'pass-gate': 'Go on beyond this gate? The next targets go off.',
    'retry-gate': 'Try this gate again?',
    retry: 'Try the failed step again?',
    'retry-target': 'Take this target through every step again, from disable on?',
    'leave-off': 'Leave this one off and go on with the next? It stays off until somebody enables it.',
    'leave-on': 'Go on with the next? This one is on and is not taken off.',
    'put-on': 'Put it on as it is? Nothing is checked first.',
    'take-new': 'Is the instance that appeared this one? It is taken off, checked, and put on.',
    'roll-back': "Roll this target back? The plan's rollback command runs, then check and enable.",
    'take-as-done': 'Take the step as done? The next one begins: a deploy cuts off who still calls.',
    'carry-on': 'Carry on with this rollout? It will disable, deploy and enable again.',
    'take-over': 'Take it over? It runs already: from then on this console may pause it, decide and abort.',
    'put-back': 'Put back what is well, then end? What was deployed comes back only after a good check.',
    abandon: 'Give it up? What is off stays off, and is named once more.',
    'switch-on': 'Put it on as it is? Nothing is checked first.',
    mend: 'Put on what was left off and is well, and take dead locks away? What was deployed and is not proven stays off. A rollout that stands still ends with it, and is not carried on any more.',
  },
  settings: {
    deploy: 'A deploy command is needed, such as ./redeploy.sh',
    timeout: 'A time limit is written 500ms, 40s, 2m or 1h.',
    drain: 'A drain is a time (40s) or a kind of consumer: grpc, dubbo, ribbon, spring-cloud, legacy.',
    evidence:
      'Evidence is connections, connections:COMMAND, actuator:URL, prometheus:URL#METRIC, json:URL#PATH or command:LINE.',
    floor: 'A floor is a time such as 5s, or empty.',
    warmUp: 'A warm-up is a time such as 60s, or empty.',
    soak: 'A soak is a time such as 60s, or empty.',
    ceiling: 'A ceiling is a time such as 3m, or empty.',
    certainty: 'A certainty is 99.9% or 0.999, from 50% up and less than 100%, or empty.',
    slowest: 'The slowest rate is 0.5, 0.5/s, 30/m or 2/h, or empty.',
    check: 'A check is an http:// or https:// URL, actuator:URL, grpc:HOST:PORT, tcp, none, or a command.',
    minimum: 'A minimum is a number or a percent such as 75%.',
    batch: 'A batch is a number up to 1000, a percent such as 25%, or a list that grows: 1,25%,100%.',
    zones: 'Zones are written cluster or metadata:KEY.',
    zoneMinimum: 'The minimum of a zone is a number up to 1000.',
    drainAhead: 'Drain ahead is yes or no.',
    rollback: 'A rollback is a command, or empty.',
  },
  unknownKey: (pressed: string, hasHelp: boolean, key: Keys) =>
    hasHelp
      ? `${pressed} does nothing here: ${key('help')} shows the keys.`
      : `${pressed} does nothing here.`,
  saved: (path: string) => `Saved as ${path}`,
  decisionWanted: (what: string) => `A decision is wanted: ${what}`,
  profileSaved: 'The profile is saved.',
  profileRemoved: 'The profile is removed.',
  profileGone: (name: string) =>
    `There is no profile ${name} any more: it was removed or renamed since one was there.`,
  profileChanged: (name: string, changes: string) =>
    `The profile ${name} was changed meanwhile and is read again${changes === '' ? '' : `: ${changes}`}. What you typed here stays.`,
  abandoned: (id: string, off: string, key: Keys) =>
    off === ''
      ? `Rollout ${id} is given up.`
      : `Rollout ${id} is given up. Still off because of it: ${off}. ${key('doctor')} names it, too.`,
  copied: (lines: number, path: string | undefined) =>
    `Copied ${lines === 1 ? '1 line' : `${lines} lines`}${path === undefined ? '' : `; also in ${path} (tmux hands it on with set -g set-clipboard on)`}.`,
  pasteDropped: 'A paste does not press keys here: nothing was done.',
  inputHeld: {
    report: 'The terminal has begun to report something and does not end it: no key arrives. Ctrl-C ends it.',
    paste: 'A paste has begun and does not end: no key arrives. Ctrl-C ends it.',
  },
  notFound: (text: string) => `Nowhere here: ${text}`,
  wrongName: (expected: string) => `That is not ${expected}: nothing was done.`,
  noSuchService: (text: string, like: readonly string[]) =>
    like.length === 0
      ? `No service of this namespace is called ${text}.`
      : `No service is called ${text}; like it: ${like.join(', ')}`,
  companionRemoved: 'That companion is taken away again.',
  switchedOn: 'It is on, read back on every server node.',
  settled: 'That question is settled: nothing was done because of it.',
  pausing: (key: Keys) =>
    `Pausing: the step under way comes to its end. Ctrl-C again stops now, ${key('continue')} continues.`,
  stopping: 'Stopping now: the command is killed; the journal says what is off.',
  closesAfter: 'Closing once this is put on or mended; Ctrl-C closes at once.',
  runnerLost: 'The runner of this rollout is gone.',
  followedAgain: 'Somebody else carries this rollout on: it is followed again.',
  waitingFor: {
    connection: 'Connecting …',
    plan: 'Making the plan …',
    runner:
      'Starting the runner: it asks Nacos whether somebody else rolls these services (about 1 s; 5 s where it is not every server node that we ask) …',
    switch: 'Putting it on and reading it back …',
  },
  confirm: (key: string, back: string) => `${key} does it, ${back} does not.`,
  abort: {
    title: 'Abort this rollout?',
    putBack: 'put back what is well; what failed to deploy stays off, and is named',
    leave: 'leave everything as it is now; what is off stays off, and is named',
  },
  quit: {
    title: 'A rollout runs.',
    detach: 'close the console; the rollout goes on without it',
    detachSandbox: 'close the console; the demo ends, and this rollout with it',
    stay: 'let it go on, and show the rollouts of this machine',
    back: 'stay with it',
    hint: 'Ctrl-C pauses it, a second Ctrl-C stops it.',
  },
};
