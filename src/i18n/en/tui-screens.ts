import { timeEn as time } from '../grammar/time-words.ts';
import type { TakenOff } from '../../core/event/failure.ts';
import { cli } from './cli.ts';
import type { Keys } from './tui-commands.ts';
import { profileForm, profileWelcome } from './tui-profile.ts';
import { tuiReview } from './tui-review.ts';

const count = (n: number, one: string, many: string): string => (n === 1 ? `1 ${one}` : `${n} ${many}`);

/** Titles, columns and sentences of the screens before a rollout. */
export const tuiScreens = {
  worlds: { real: 'REAL', rehearsal: 'REHEARSAL', sandbox: 'SANDBOX' },
  production: 'PRODUCTION',
  readOnly: 'read-only',
  namespace: (id: string) => `namespace ${id}`,
  as: (user: string) => `as ${user}`,
  loading: 'Reading …',
  /** `old`: it could not be read since; `live`: we are told of each change. */
  freshness: {
    old: (ageMs: number) => (ageMs === 0 ? 'old: read just now' : `old: read ${time(ageMs)} ago`),
    justRead: 'read just now',
    live: 'live',
    every: (ms: number) => `read every ${time(ms)}`,
  },
  unread: {
    services: 'The services could not be read.',
    instances: 'The instances could not be read.',
    namespaces: 'The namespaces could not be read.',
  },
  enlarge: (columns: number, rows: number) =>
    `This window is too small: enlarge it to at least ${columns} × ${rows}. Nothing stops meanwhile.`,
  more: (n: number) => `… ${n} more`,
  unreadable: (which: string, why: string) => `${which} cannot be read: ${why}`,
  frozen: 'FROZEN: nothing is drawn, everything goes on. Any key draws again.',
  above: (n: number) => `… ${n} above`,
  offer: {
    title: (n: number) => count(n, 'rollout has not ended', 'rollouts have not ended'),
    state: cli.status.state,
    started: (at: string, by: string) => `started ${at} by ${by}`,
    done: 'done',
    off: 'off',
    notDone: 'as was',
    todo: 'to do',
    nacos: 'Nacos',
    same: 'shows what the journal says',
  },
  profiles: {
    title: (n: number) => `Profiles ${n}`,
    welcome: profileWelcome,
    current: 'current',
    columns: { name: 'profile', server: 'server', namespace: 'namespace', user: 'user' },
  },
  connecting: {
    title: 'Reaching Nacos',
    titleFailed: 'Nacos was not reached',
    since: (time: string) => `Asked ${time} ago, no answer yet.`,
    next: (servers: number): string =>
      servers === 1
        ? 'If nothing answers within a few seconds, it is given up, and that is said here.'
        : 'Whoever does not answer within a few seconds is given up, and the next address is asked.',
    again: (key: Keys, command: 'reach-again' | 'refresh') => `${key(command)} asks again.`,
    leave: (key: Keys) =>
      `${key('back')} goes back to the profiles, ${key('quit')} quits. Nothing is changed.`,
    leaveGiven: (key: Keys) =>
      `${key('back')} goes to the profiles, to choose another; ${key('quit')} quits. Nothing is changed.`,
  },
  form: profileForm,
  services: {
    title: (shown: number, all: number) => `Services ${shown} of ${all}`,
    coming: (come: number, all: number) => `reading, ${come} of ${all} so far`,
    empty: 'No services in this namespace.',
    noMatch: (key: Keys) => `No service matches the filter: ${key('back')} clears it.`,
    columns: { service: 'service', group: 'group', on: 'on', off: 'off', ill: 'ill', remark: '' },
    lastOne: 'last one!',
    leftOff: (n: number) => `${n} off by us`,
    unreadable: (n: number) => `${n} unreadable`,
    noneOn: 'none on!',
    marked: (n: number) => `${n} marked`,
    filter: 'filter',
  },
  namespaces: { title: 'Namespaces', empty: 'No namespaces were named.' },
  instances: {
    title: (all: number, on: number, off: number, chosen: number) =>
      `${count(all, 'instance', 'instances')} · ${on} on · ${off} off · ${chosen} chosen, in this order`,
    empty: 'This service has no instances.',
    columns: {
      order: 'order',
      instance: 'instance',
      cluster: 'cluster',
      weight: 'weight',
      state: 'state',
      version: 'version',
      zone: 'zone',
    },
    states: {
      on: 'on',
      off: 'off',
      ill: 'ill',
      absent: 'not there',
      unreadable: 'cannot be read',
      unknown: 'unknown',
    },
    byUs: ', by us',
    takenOff: ({ rollout, by, at, command }: TakenOff) =>
      command === undefined
        ? `Off because of rollout ${rollout} of ${by}, ${at}`
        : `Taken off by ${by}, ${at}, with: ${command}`,
    goesWith: 'goes with it',
    foundLater: 'found when the plan is made',
    beside: { process: 'same process', ip: 'same ip' },
    metadata: 'metadata',
    persistent: 'persistent',
  },
  order: {
    title: (service: string, n: number) => `How to roll ${n} of ${service}`,
    fields: {
      deploy: ['deploy', 'one command line, run once for each target; NACOS_ROLLOUT_IP and others are set'],
      timeout: ['time limit', 'then the command is killed'],
      drain: [
        'drain',
        'a time, or the slowest consumer: grpc, dubbo, ribbon, spring-cloud, legacy; with evidence the longest',
      ],
      evidence: [
        'evidence',
        'of calls: actuator:http://{ip}:{port}/actuator, connections, prometheus:URL#METRIC, json:URL#PATH, command:LINE; several with " + " between; empty: none',
      ],
      floor: ['floor', 'with evidence at least this long; empty: 5s'],
      ceiling: ['ceiling', 'while calls arrive at most this long, then it is decided; empty: 3m'],
      certainty: ['certainty', 'how sure before it is cut short: 99.9% or 0.999; empty: 99.9%'],
      slowest: [
        'slowest',
        'calls a second of the rarest consumer, 0.5/s or 30/m, where callers cannot be told apart; empty: not known',
      ],
      check: [
        'check',
        'http://{ip}:{port}/health, actuator:URL, grpc, tcp, none, or a command; empty: tcp where it works',
      ],
      warmUp: ['warm-up', 'on with 10%, then 50% of its weight in this time (60s); empty: with all at once'],
      soak: [
        'soak',
        'once it is on, its check stays good for so long before the next one (60s); empty: not at all',
      ],
      minimum: ['minimum', 'never fewer on and well: a number or 75%'],
      batch: ['batch', 'how many at once: 2, 25%, or how many through after each: 1,25%,100%'],
      zones: ['zones', 'one at a time: cluster or metadata:KEY; empty: none'],
      zoneMinimum: ['zone min.', 'never fewer on and well in a zone: a number; 0: none'],
      drainAhead: [
        'drain ahead',
        'yes: the next ones go off and drain while those before are deployed and checked; no: they wait',
      ],
      rollback: ['rollback', 'a command; empty: none'],
    },
    targets: 'in this order',
  },
  review: tuiReview,
  prompts: {
    password: (user: string) => `Password of ${user} (kept in memory only)`,
    'confirm-name': (service: string) => `This is production. Type ${service} to start`,
    override: (service: string) =>
      `The minimum of ${service} would be passed under. Type ${service} to accept that`,
    companion: () => 'Companion on the same ip: [GROUP@@]NAME[:PORT], * for anything; or process, ip',
    gone: () => 'Which instance is gone for good? Type its ip:port, as the doctor names it',
    'metadata-key': () => 'Order by which metadata key?',
  },
  help: 'Keys of this screen',
  /** How the terminal calls for a decision. */
  alert: (kind: 'bell' | 'osc9' | 'osc777' | undefined): string =>
    kind === undefined
      ? 'The terminal does not call when a rollout waits for a decision: alert in console.json sets how.'
      : `The terminal calls when a rollout waits for a decision: ${kind} (alert).`,
  offNow: (why: string): string => ` (not now: ${why})`,
  /** Of two sentences. */
  between: ' ',
  item: (name: string, text: string): string => `${name}: ${text}`,
  texts: { report: 'Report', requests: 'Requests, as curl', reached: 'Reached', consumers: 'Who consumes' },
  noRequests: 'No request yet.',
  requestNotes: {
    trial: 'sent already, to learn whether we may write',
    lease: 'and a lease of our own, nacos-rollout-lease in NACOS_ROLLOUT: registered, kept alive, withdrawn',
  },
  reached: {
    server: (product: string, version: string, dialect: string) =>
      `✓ ${product} ${version}, dialect ${dialect}`,
    nodes: (n: number, names: string) => `✓ ${count(n, 'server node', 'server nodes')}: ${names}`,
    who: (user: string) => `✓ logged in as ${user}`,
    nobody: '✓ no login',
    key: (from: string) => `✓ signed with the access key from ${from}`,
    services: (n: number, namespace: string) =>
      `✓ ${count(n, 'service', 'services')} in namespace ${namespace}`,
    mayWrite: {
      yes: (service: string) => `✓ may write to ${service}`,
      no: (service: string) => `✖ may not write to ${service}`,
      unknown: (service: string) => `? whether we may write to ${service} shows with the first write`,
    },
  },
};
