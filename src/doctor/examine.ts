import type { ConnectionSpec } from '../core/registry/connection-spec.ts';
import { connectionKey } from '../core/registry/same-nacos.ts';
import { reachedGate } from '../core/rollout/gate-state.ts';
import { leftByUs } from '../core/rollout/rollout.ts';
import { neededFlags } from '../profiles/needed-flags.ts';
import type { ProfileStore } from '../profiles/store.ts';
import type { SpecProblem } from '../profiles/resolve-spec.ts';
import type { Diagnosis } from '../runner/ports/diagnosis.ts';
import type { Connected, FacePorts, OpenRollout } from '../runner/ports/face-ports.ts';
import { isWaiting } from '../runner/ports/open-state.ts';
import { type Examined, diagnoseMachine } from './diagnose-machine.ts';
import { diagnoseServer } from './diagnose-server.ts';
import { type LeftBehind, type SeenBehind, forgetSeenOn, lookAt, marksOf } from './left-behind.ts';
import { type Overtaken, diagnoseOvertaken, overtakenOf } from './overtaken.ts';

/** One thing that is off because of a rollout, what Nacos shows of it, and the way to that Nacos where it was reached. */
export type Placed = SeenBehind & {
  readonly connected: Connected | undefined;
  /** The profile of that way, where nothing is to be written through it. */
  readonly readOnly: string | undefined;
};

export type Examination = {
  /** What is bad first. */
  readonly found: readonly Diagnosis[];
  readonly placed: readonly Placed[];
  readonly overtaken: readonly Overtaken[];
  /** Closes what was opened for it, which is also what mends. */
  readonly close: () => Promise<void>;
};

export type ExamineOptions = Examined & {
  readonly launcher: FacePorts['launcher'];
  readonly connect: (spec: ConnectionSpec) => ReturnType<FacePorts['connect']>;
  /** The Nacos that is meant, beside those where something was left off. */
  readonly meant:
    | { readonly ok: true; readonly spec: ConnectionSpec }
    | { readonly ok: false; readonly problem: SpecProblem };
};

/** What is off and why, what was left behind, what is unfit: of this machine, and of each Nacos that matters. */
export async function examine(options: ExamineOptions): Promise<Examination> {
  const { launcher, env, profiles, doctor } = options;
  const { rollouts, unreadable } = await launcher.all();
  const marks = await marksOf(options, rollouts, rollouts);
  const { left: seen } = marks;
  const standingOver = overtakenOf(marks);
  const found: Diagnosis[] = [...diagnoseMachine(options, unreadable)];
  const servers = await reachAll(
    options,
    [...seen, ...standingOver].map(({ open }) => open.rollout.planned.reached),
  );
  // What is wrong with the profiles is said once.
  const said = new Set(found.map((ailment) => JSON.stringify(ailment)));
  found.push(...onceEach(servers.problems).filter((problem) => !said.has(JSON.stringify(problem))));
  const looked = await Promise.all(seen.map((one) => lookThere(one, servers, profiles)));
  await forgetSeenOn(launcher, looked, ({ connected }) => connected);
  // What a command took off is nobody's affair any more once it is on.
  const placed = looked.filter(({ left, shown }) => left.command === undefined || shown !== 'on');
  const left = seen.map((one) => one.left);
  const there: Diagnosis[] = [];
  for (const connected of servers.reached)
    there.push(...(await diagnoseServer(doctor, connected, left, rollouts)));
  found.push(...onceEach(there));
  found.push(
    ...placed.map((one) => offByUs(one, neededFlags(one.open.rollout.planned.reached, env, profiles))),
  );
  const overtaken = standingOver.map(
    (one): Overtaken => ({ ...one, connected: servers.of(one.open.rollout.planned.reached) }),
  );
  found.push(...standing(rollouts), ...diagnoseOvertaken(overtaken));
  // Where a journal cannot be read, nobody knows.
  const isAllRead = !found.some(({ kind }) => kind === 'journal');
  if (placed.length === 0 && isAllRead) found.push({ level: 'good', kind: 'nothing-off' });
  const order = ['bad', 'warning', 'good'];
  found.sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
  const close = async (): Promise<void> => {
    for (const { registry } of servers.reached) await registry.close();
  };
  return { found, placed, overtaken, close };
}

/** A Nacos is reached once for each namespace: what is so of all of it, and a lease, is seen through every connection. */
function onceEach(found: readonly Diagnosis[]): readonly Diagnosis[] {
  const said = new Map(found.map((one, at) => [ofWholeNacos(one) ?? at, one]));
  return [...said.values()];
}

/** Two looks at a clock, or at members, may come to other numbers. */
function ofWholeNacos(one: Diagnosis): string | undefined {
  switch (one.kind) {
    case 'lease':
    case 'leases-unread':
    case 'unreachable':
    case 'secret':
      return JSON.stringify(one);
    case 'server':
    case 'clock':
    case 'leader-missing':
    case 'members-unreadable':
      return `${one.kind} ${one.server}`;
    default:
      return undefined;
  }
}

async function lookThere(one: LeftBehind, servers: Servers, profiles: ProfileStore): Promise<Placed> {
  const connected = servers.of(one.open.rollout.planned.reached);
  const readOnly = connected && readOnlyProfile(connected.spec, profiles);
  return { ...(await lookAt(one, connected)), connected, readOnly };
}

/** A journal keeps what its profile said when the rollout began; it may have been made read-only since. */
function readOnlyProfile(
  { profile = '', isReadOnly }: ConnectionSpec,
  store: ProfileStore,
): string | undefined {
  const stored = store.read();
  const isReadOnlyNow = stored.ok && stored.value.profiles[profile]?.readOnly === true;
  return isReadOnly || isReadOnlyNow ? profile : undefined;
}

function offByUs({ left, open, shown }: Placed, connection: readonly string[]): Diagnosis {
  const { isRunning } = open;
  // Somebody put it on since; the journal does not know.
  const isStanding = isWaiting(open);
  const level =
    (isRunning && !isStanding) || (shown === 'on' && open.rollout.ended !== undefined) ? 'warning' : 'bad';
  const isEnded = open.rollout.ended !== undefined;
  return { level, kind: 'off-by-us', left, shown, isRunning, isWaiting: isStanding, isEnded, connection };
}

/** Rollouts that only `resume` carries on. */
function standing(rollouts: readonly OpenRollout[]): readonly Diagnosis[] {
  return rollouts
    .filter(({ rollout, isRunning }) => !isRunning && rollout.ended === undefined)
    .filter(({ rollout }) => leftByUs(rollout).length === 0)
    .map(({ id, rollout }) => {
      const gate = reachedGate(rollout);
      const { by } = rollout.planned;
      return { level: 'warning', kind: 'stands-still', rollout: id, by, ...(gate && { gate }) };
    });
}

type Servers = {
  readonly reached: readonly Connected[];
  readonly problems: readonly Diagnosis[];
  of(spec: ConnectionSpec): Connected | undefined;
};

/** The Nacos that is meant, and each one that a rollout left something off at. */
async function reachAll(
  { connect, meant }: ExamineOptions,
  left: readonly ConnectionSpec[],
): Promise<Servers> {
  const specs = new Map<string, ConnectionSpec>();
  const problems: Diagnosis[] = [];
  if (meant.ok) specs.set(connectionKey(meant.spec), meant.spec);
  else if (meant.problem.kind !== 'no-server')
    problems.push({ level: 'bad', kind: 'configuration', problem: meant.problem });
  for (const reached of left) {
    if (!specs.has(connectionKey(reached))) specs.set(connectionKey(reached), reached);
  }
  if (specs.size === 0) problems.push({ level: 'good', kind: 'no-server' });
  const found = new Map<string, Connected>();
  for (const [key, spec] of specs) {
    const [server = ''] = spec.servers;
    const answer = await connect(spec);
    if (answer.ok) found.set(key, answer.value);
    else if (answer.error.kind === 'secret')
      problems.push({ level: 'bad', kind: 'secret', server, detail: answer.error.detail });
    else problems.push({ level: 'bad', kind: 'unreachable', server, error: answer.error });
  }
  return { reached: [...found.values()], problems, of: (spec) => found.get(connectionKey(spec)) };
}
