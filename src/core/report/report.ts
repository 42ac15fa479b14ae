import { zonesText } from '../batches/zones.ts';
import type { Event, EventType, Fact, FactOf } from '../event/event.ts';
import type { Purpose, NodeRequests } from '../event/event-parts.ts';
import { commandText } from '../text/command-text.ts';
import { type Rollout, loweredByUs, offByUs, planOf, targetOf } from '../rollout/rollout.ts';
import { type AheadSaving, aheadSaving } from './ahead-saving.ts';
import { isLeftBeside } from './left-beside.ts';
import { lastOf } from './due-notices.ts';
import { type DrainSaving, drainDifference } from './drain-saving.ts';
import { type ReportedGate, reportGates } from './report-gate.ts';
import { type ReportedTarget, reportTarget } from './report-target.ts';

export type ReportedRequest = {
  readonly at: string;
  readonly target: string;
  readonly purpose: Purpose;
  readonly outcome: FactOf<'write-ended'>['outcome'] | 'open';
  readonly request: FactOf<'write-began'>['request'];
};

/** What was asked of the rollout as a whole, or happened to it. */
export type ReportedControl = { readonly at: string; readonly fact: ControlFact };

const controlTypes = [
  'runner-started',
  'runner-rested',
  'rollout-ended',
  'paused',
  'continued',
  'abort-asked',
  'gate-reached',
  'gate-passed',
  'gate-failed',
  'gate-retried',
  'stop-asked',
  'deadline-passed',
  'deadline-set',
  'face-lost',
  'face-joined',
  'node-lost',
  'node-returned',
  'node-dropped',
  'service-changed',
  'consumers-changed',
  'notification-failed',
  'occasion-ended',
] as const satisfies readonly EventType[];
export type ControlFact = Extract<Fact, { type: (typeof controlTypes)[number] }>;

type Told = { readonly target: string; readonly registration: number };

/** One rollout from beginning to end, as a value: everything that a ticket wants to know. */
export type Report = {
  readonly rollout: string;
  readonly by: string;
  /** Where its runners ran. */
  readonly hosts: readonly string[];
  readonly plannedAt: string;
  /** When the last thing happened. */
  readonly lastAt: string;
  readonly outcome: FactOf<'rollout-ended'>['outcome'] | FactOf<'runner-rested'>['why'] | undefined;
  /** It has not ended, and whoever ran it is gone without a word. */
  readonly isRunnerGone?: true;
  /** It has ended, and its runner was killed before all that belongs beside it was done. */
  readonly isLeftBeside?: true;
  readonly exitCode: number | undefined;
  readonly nacos: {
    readonly servers: readonly string[];
    readonly product: string;
    readonly version: string;
    readonly namespace: string;
    readonly profile: string | undefined;
    readonly username: string | undefined;
    readonly nodes: readonly string[];
  };
  readonly workingDirectory: string;
  /** The one-shot command that it was. */
  readonly command: string | undefined;
  /** Those that deployed. */
  readonly commands: readonly string[];
  readonly minimums: readonly { readonly service: string; readonly minimum: number }[];
  /** Of services that stand in zones: as many of each zone. `by`: `cluster`, or `metadata:KEY`. */
  readonly zones?: readonly { readonly service: string; readonly minimum: number; readonly by: string }[];
  /** What drains waited in all, and how much less than by time alone; negative: more. Absent where it made no difference. */
  readonly drains: DrainSaving | undefined;
  /** What draining ahead of their turn saved; absent where nobody did. */
  readonly ahead: AheadSaving | undefined;
  readonly targets: readonly ReportedTarget[];
  /** Those that were reached. */
  readonly gates: readonly ReportedGate[];
  readonly controls: readonly ReportedControl[];
  readonly requests: readonly ReportedRequest[];
  /** What its runners asked of each server node in all, by kind; empty where no runner came to its end. */
  readonly asked: readonly NodeRequests[];
  /** Targets that are through without a restart having been seen. */
  readonly notRestarted: readonly string[];
  /** What is off because of us, still. */
  readonly off: readonly Told[];
  /** What the journal says is off, though Nacos shows it on: somebody put it on while no runner was there. */
  readonly onAgain: readonly Told[];
  /** What has less weight than it had because of us, still, and the weight that it had. */
  readonly lowered: readonly {
    readonly target: string;
    readonly registration: number;
    readonly full: number;
  }[];
};

/** What is known beside the journal: what Nacos shows on of what that says is off, and whether a runner lives. */
export type ReportedNow = { readonly seenOn?: readonly Told[]; readonly isRunning?: boolean };

/** Tells a rollout from its journal, and from what is known beside it. */
export function reportOf(
  rollout: Rollout,
  events: readonly Event[],
  { seenOn = [], isRunning = true }: ReportedNow = {},
): Report {
  const { planned } = rollout;
  const marked = offByUs(rollout).map(({ target, registration }) => ({ target: target.name, registration }));
  const isSeenOn = ({ target, registration }: Told): boolean =>
    seenOn.some((one) => one.target === target && one.registration === registration);
  const plan = planOf(rollout);
  const ownOf = Map.groupBy(events, (event) => ('target' in event ? event.target : undefined));
  const last = rollout.ended ?? rollout.rested;
  const isAtWork = isRunning && last === undefined;
  return {
    rollout: rollout.id,
    by: planned.by,
    hosts: [...new Set(events.flatMap((one) => (one.type === 'runner-started' ? [one.host] : [])))],
    plannedAt: rollout.plannedAt,
    lastAt: lastOf(events)?.at ?? rollout.plannedAt,
    outcome: rollout.ended?.outcome ?? rollout.rested?.why,
    ...(isRunning || last !== undefined ? {} : { isRunnerGone: true }),
    ...(!isRunning && rollout.ended !== undefined && isLeftBeside(events) && { isLeftBeside: true }),
    exitCode: last?.exitCode,
    nacos: nacosOf(planned),
    workingDirectory: planned.workingDirectory,
    command: planned.command,
    commands:
      planned.command === undefined
        ? [...new Set(plan.targets.map(({ deploy }) => commandText(deploy)))]
        : [],
    minimums: plan.minimums.map(({ service, minimum }) => ({ service, minimum })),
    ...(plan.zones && {
      zones: plan.zones.map((rule) => ({
        service: rule.service,
        minimum: rule.minimum,
        by: zonesText(rule),
      })),
    }),
    drains: drainDifference(events),
    ahead: aheadSaving(plan, events),
    targets: rollout.targets
      .map((state) => {
        const own = ownOf.get(state.name) ?? [];
        return reportTarget(targetOf(rollout, state.name), state, own, isAtWork);
      })
      .map((target) => (planned.command === undefined ? target : ofOneCommand(target))),
    gates: reportGates(rollout.gates, events),
    controls: events.flatMap((event) =>
      isControl(event) && planned.command === undefined
        ? [{ at: event.at, fact: withoutEnvelope(event) }]
        : [],
    ),
    requests: requestsOf(events),
    asked: askedOf(events),
    notRestarted: notRestarted(rollout),
    lowered: loweredByUs(rollout).map(({ target, registration }) => ({
      target: target.name,
      registration,
      full: target.registrations[registration]?.lowered?.full ?? 0,
    })),
    off: marked.filter((one) => !isSeenOn(one)),
    onAgain: marked.filter(isSeenOn),
  };
}

function nacosOf({ reached, nodes }: Rollout['planned']): Report['nacos'] {
  return {
    servers: reached.servers,
    product: reached.product,
    version: reached.version,
    namespace: reached.namespace,
    profile: reached.profile,
    username: reached.username,
    nodes,
  };
}

/** The journal of a one-shot command is written as a rollout's: that it leaves off and tries again nobody decided. */
function ofOneCommand(target: ReportedTarget): ReportedTarget {
  return {
    ...target,
    retries: 0,
    steps: target.steps.map((step) => ({ ...step, attempt: 1 })),
    decisions: target.decisions.filter(({ decision }) => decision !== 'leave-off'),
  };
}

/** Targets that went through with a command that ended well, and no sign of a restart: the old version may still run. */
export function notRestarted(rollout: Rollout): readonly string[] {
  if (rollout.planned.world === 'rehearsal') return [];
  return rollout.targets
    .filter(({ result, isRestarted }) => result === 'done' && isRestarted === false)
    .map(({ name }) => name);
}

function isControl(event: Event): event is Event & ControlFact {
  return controlTypes.some((type) => type === event.type);
}

function withoutEnvelope({
  v: _v,
  seq: _seq,
  at: _at,
  rollout: _rollout,
  ...fact
}: Event & ControlFact): ControlFact {
  return fact;
}

function askedOf(events: readonly Event[]): readonly NodeRequests[] {
  const all = events.flatMap((event) => (event.type === 'requests-counted' ? event.requests : []));
  const byKind = Map.groupBy(all, ({ node, kind }) => `${node} ${kind}`);
  return [...byKind.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [others.reduce(added, first)],
  );
}

function added(one: NodeRequests, { count, failed, bytes }: NodeRequests): NodeRequests {
  return { ...one, count: one.count + count, failed: one.failed + failed, bytes: one.bytes + bytes };
}

/** Each write with what became of it: the next outcome of the same registration. */
function requestsOf(events: readonly Event[]): readonly ReportedRequest[] {
  const requests: ReportedRequest[] = [];
  /** What came next for each registration, as seen from behind. */
  const next = new Map<string, Event & { type: 'write-began' | 'write-ended' }>();
  for (const event of events.toReversed()) {
    if (event.type !== 'write-began' && event.type !== 'write-ended') continue;
    const key = `${event.registration} ${event.target}`;
    const after = next.get(key);
    next.set(key, event);
    if (event.type === 'write-ended') continue;
    const { at, target, purpose, request } = event;
    const outcome = after?.type === 'write-ended' ? after.outcome : 'open';
    requests.push({ at, target, purpose, outcome, request });
  }
  return requests.toReversed();
}
