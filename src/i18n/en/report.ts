import { stepNames } from './steps.ts';
import type { NodeRequests, Decision } from '../../core/event/event-parts.ts';
import type { StepName } from '../../core/event/failure.ts';
import type { Report } from '../../core/report/report.ts';
import type { ReportedTarget } from '../../core/report/report-target.ts';
import type { ReportedStep } from '../../core/report/report-steps.ts';
import type { AheadSaving } from '../../core/report/ahead-saving.ts';
import type { DrainSaving } from '../../core/report/drain-saving.ts';
import type { ReportedDrain } from '../../core/report/report-drain.ts';
import { certaintyText, drainDoubts, lastCall } from './calls.ts';
import { program } from '../../core/text/program.ts';
import { timeEn as time } from '../grammar/time-words.ts';
import { notWarmed } from './not-warmed.ts';
import { zonesOneByOne } from './zones.ts';

/** A report for a ticket, in Markdown. */
export const reportWords = {
  time,
  title: (id: string, isOnce: boolean) => (isOnce ? `One command, ${id}` : `Rollout ${id}`),
  head: {
    by: 'by',
    hosts: 'from',
    planned: 'planned',
    last: 'last event',
    outcome: 'outcome',
    nacos: 'Nacos',
    profile: 'profile',
    user: 'as',
    directory: 'directory',
    once: 'command',
    command: 'deploy',
    batches: 'batches',
    zones: 'zones',
    minimum: 'minimum',
    exitCode: 'exit code',
  },
  zones: zonesOneByOne,
  inEachZone: (service: string, minimum: number, by: string) => `${service} ${minimum} in each zone (${by})`,
  item: (name: string, value: string) => `${name}: ${value}`,
  leftBeside: (id: string) =>
    `Its runner was killed at its end: a command of the plan was not run, or somebody not told. This does it: \`${program} resume ${id}\``,
  running: 'not ended',
  ended: {
    done: 'done',
    'done-with-some-failed': 'through, with some on without a good release',
    'done-with-some-off': 'done, with some left off',
    aborted: 'aborted',
    abandoned: 'given up',
    stuck: 'stuck',
    'at-gate': 'at a gate, which waits for a person',
    interrupted: 'stopped',
    unattended: 'left: nobody was there',
    undecided: 'left: nobody decided in time',
    'too-many-failed': 'stopped: too many failed',
    deadline: 'stopped at its deadline',
  } satisfies Record<NonNullable<Report['outcome']>, string>,
  stillLowered: (names: readonly string[]) =>
    `**Still with less weight than they had, because of us:** ${names.join(', ')}`,
  stillOff: (names: readonly string[]) => `**Still off because of us:** ${names.join(', ')}`,
  onAgain: (names: readonly string[]) =>
    `**Off by the journal, though Nacos shows it on:** ${names.join(', ')}`,
  nothingOff: (isOnce: boolean) => `Nothing is off because of this ${isOnce ? 'command' : 'rollout'}.`,
  notRestarted: (names: readonly string[]) =>
    `**No restart was seen of:** ${names.join(', ')}. Does the old version still run?`,
  targets: 'Targets',
  columns: { target: 'target', services: 'services', result: 'result', took: 'took', retries: 'retries' },
  results: {
    done: 'done',
    'put-on': 'put on as it is',
    'put-back': 'put back',
    'rolled-back': 'rolled back',
    'left-off': 'LEFT OFF',
    untouched: 'untouched',
    waiting: 'to do',
    ready: 'under way',
    running: 'under way',
    stuck: 'STUCK',
    ended: 'ended',
  } satisfies Record<ReportedTarget['result'], string>,
  /** With the steps whose last attempt failed. */
  resultWith: (result: string, failed: readonly string[]) =>
    failed.length === 0 ? result : `${result}; failed: ${failed.join(', ')}`,
  timeline: { at: 'time (UTC)', step: 'step', took: 'took', outcome: 'outcome' },
  steps: stepNames satisfies Record<StepName, string>,
  attempt: (attempt: number) => (attempt === 1 ? '' : `, attempt ${attempt}`),
  outcomes: {
    done: 'done',
    skipped: 'skipped',
    failed: 'failed',
    open: 'no end in the journal',
  } satisfies Record<ReportedStep['outcome'], string>,
  saved: ({ waitedMs, savedMs }: DrainSaving) =>
    savedMs >= 0
      ? `The drains took ${time(waitedMs)}, ${time(savedMs)} less than by timer alone.`
      : `The drains took ${time(waitedMs)}, ${time(-savedMs)} more than by timer alone, as calls went on arriving or somebody extended them.`,
  ahead: ({ targets, savedMs }: AheadSaving) =>
    `${targets === 1 ? '1 target' : `${targets} targets`} drained ahead of ${targets === 1 ? 'its' : 'their'} turn, which saved ${time(savedMs)}.`,
  drain: ({ endedBy, ms = 0, presetMs, evidence, certainty = 0, calls, lost }: ReportedDrain) => {
    const sources = evidence.length === 0 ? '' : `, by ${evidence.join(', ')}`;
    const ends: Record<ReportedDrain['endedBy'], string> = {
      quiet: `called quiet after ${time(ms)} (by timer ${time(presetMs)}), ${certaintyText(certainty)} sure${sources}`,
      time: `ended by time after ${time(ms)}${sources}`,
      skipped: `skipped${sources}`,
      'still-called': `still called after ${time(ms)}${sources}`,
      open: `no end in the journal${sources}`,
    };
    const doubts = (calls?.doubts ?? []).map((doubt) => drainDoubts[doubt]);
    const gone = new Set(
      lost.filter(({ returnedAt }) => returnedAt === undefined).map(({ source }) => source),
    );
    const gaps = new Set(lost.map(({ source }) => source).filter((source) => !gone.has(source)));
    return [
      `drain ${ends[endedBy]}${lastCall(calls)}`,
      ...(doubts.length === 0 ? [] : [`silence was no proof: ${doubts.join(', and ')}`]),
      ...(gaps.size === 0 ? [] : [`told nothing for a while: ${[...gaps].join(', ')}`]),
      ...(gone.size === 0 ? [] : [`failed, and told nothing any more: ${[...gone].join(', ')}`]),
    ].join('; ');
  },
  calledAfter: ({ count, source, ms }: ReportedDrain['calledAfter'][number]) =>
    `${count === 1 ? '1 call' : `${count} calls`} arrived within ${time(ms)} after the drain had ended (${source})`,
  exposed: ({ sources, ms, isAtLeast }: ReportedTarget['exposures'][number]) =>
    `seen on while it was to be kept out (${sources.join(', ')})${ms === undefined ? '' : `, off again after ${isAtLeast ? 'at least ' : ''}${time(ms)}`}`,
  notWarmed,
  decided: (what: string, by: string, via?: string) => `${via ?? 'decided'}: ${what} (${by})`,
  decisions: {
    retry: 'run the step again',
    'retry-target': 'begin the target again',
    'leave-off': 'leave it off and go on',
    'put-on': 'put it on as it is',
    'take-as-done': 'take the step as done',
    'take-new': 'take the new instance for it',
    'roll-back': 'roll it back',
  } satisfies Record<Decision, string>,
  changed: (what: string, before: string, after: string) => `${what} was ${before} and is ${after}`,
  whole: 'The rollout as a whole',
  requests: (n: number) => `Requests that wrote (${n})`,
  asked: (n: number) => `What its runners asked of Nacos (${n} requests)`,
  askedColumns: {
    node: 'server node',
    kind: 'what for',
    count: 'requests',
    failed: 'failed',
    bytes: 'bytes',
  },
  askedKinds: {
    lists: 'lists of instances',
    consumers: 'what consumers are given',
    settings: 'settings of services',
    subscribers: 'who subscribes',
    writes: 'writes',
    lease: 'the lease',
    server: 'the server, logins',
  } satisfies Record<NodeRequests['kind'], string>,
  requestOutcomes: {
    accepted: 'accepted',
    refused: 'refused',
    unknown: 'of unknown fate',
    open: 'no end in the journal',
  },
  secretless: 'Tokens are left out: put one into NACOS_TOKEN to send a request again.',
};
export type ReportWords = typeof reportWords;
