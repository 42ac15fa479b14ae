import { exitCodes } from '../../core/rollout/outcome.ts';
import type { ConnectionSpec } from '../../core/registry/connection-spec.ts';
import { connectionKey } from '../../core/registry/same-nacos.ts';
import type { ConnectionFlags } from '../../profiles/connection-flags.ts';
import { resolveSpec } from '../../profiles/resolve-spec.ts';
import { neededFlags } from '../../profiles/needed-flags.ts';
import { isNamed } from '../../core/registry/service.ts';
import { reachedGate } from '../../core/rollout/gate-state.ts';
import { leftByUs } from '../../core/rollout/rollout.ts';
import type { Connected, OpenRollout } from '../../runner/ports/face-ports.ts';
import type { Repair, Repaired } from '../../runner/registry/repair.ts';
import type { Diagnosis } from '../../runner/ports/diagnosis.ts';
import { ask } from '../io/ask.ts';
import type { Cli, CommandPorts } from '../io/command-ports.ts';
import { diagnoseMachine } from '../doctor/diagnose-machine.ts';
import { diagnoseServer } from '../doctor/diagnose-server.ts';
import { refuseUsage } from '../io/exit.ts';
import { sayingSilence } from '../io/say-silence.ts';
import { type LeftBehind, type SeenBehind, everythingLeft, lookAt } from '../doctor/left-behind.ts';

export type DoctorFlags = ConnectionFlags & {
  readonly yes?: boolean;
  readonly gone?: readonly string[];
  readonly json?: boolean;
};

/** One thing that is off because of a rollout, and what Nacos shows of it. */
type Seen = SeenBehind & { readonly connected: Connected | undefined };

/** What is off and why, what was left behind, what is unfit; and mends what is ours. Exit 3 when something stays off. */
export async function doctor(cli: Cli, flags: DoctorFlags): Promise<number> {
  const ports = await cli.ports();
  const { rollouts, unreadable } = await ports.launcher.all();
  const seen = await everythingLeft(ports, rollouts, rollouts);
  const found: Diagnosis[] = [...diagnoseMachine(cli, ports, unreadable)];
  const servers = await reachAll(cli, ports, flags, seen);
  // What is wrong with the profiles is said once.
  const said = new Set(found.map((ailment) => JSON.stringify(ailment)));
  found.push(...servers.problems.filter((problem) => !said.has(JSON.stringify(problem))));
  const looked = await Promise.all(seen.map((one) => lookThere(one, servers)));
  // What a command took off is nobody's affair any more once it is on.
  const placed = looked.filter(({ left, shown }) => left.command === undefined || shown !== 'on');
  for (const connected of servers.reached)
    found.push(
      ...(await diagnoseServer(
        ports,
        connected,
        seen.map(({ left }) => left),
        rollouts,
      )),
    );
  found.push(
    ...placed.map((one) =>
      offByUs(one, neededFlags(one.open.rollout.planned.reached, cli.input.env, ports.profiles)),
    ),
  );
  found.push(...standing(rollouts));
  // Where a journal cannot be read, nobody knows.
  const isAllRead = !found.some(({ kind }) => kind === 'journal');
  if (placed.length === 0 && isAllRead) found.push({ level: 'good', kind: 'nothing-off' });
  const order = ['bad', 'warning', 'good'];
  found.sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
  say(cli, flags, found);
  const wrong = (flags.gone ?? []).find((name) => !isLeftOff(placed, name));
  const mended = wrong === undefined ? await mendAll(cli, ports, flags, placed) : [];
  if (wrong !== undefined) refuseUsage(cli, cli.words.cli.mend.notOff(wrong));
  say(cli, flags, mended);
  for (const connected of servers.reached) await connected.registry.close();
  return wrong === undefined ? codeAfter(found, mended) : exitCodes.usage;
}

async function lookThere(one: LeftBehind, servers: Servers): Promise<Seen> {
  const connected = servers.of(one.open.rollout.planned.reached);
  return { ...(await lookAt(one, connected)), connected };
}

function offByUs({ left, open, shown }: Seen, connection: readonly string[]): Diagnosis {
  const { isRunning } = open;
  // Somebody put it on since; the journal does not know.
  const level = isRunning || (shown === 'on' && open.rollout.ended !== undefined) ? 'warning' : 'bad';
  const isEnded = open.rollout.ended !== undefined;
  return { level, kind: 'off-by-us', left, shown, isRunning, isEnded, connection };
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

function isLeftOff(placed: readonly Seen[], name: string): boolean {
  return placed.some(({ left, open }) => !open.isRunning && isNamed(left.registration, name));
}

type Servers = {
  readonly reached: readonly Connected[];
  readonly problems: readonly Diagnosis[];
  of(spec: ConnectionSpec): Connected | undefined;
};

/** The Nacos that the flags or the profile mean, and each one that a rollout left something off at. */
async function reachAll(
  cli: Cli,
  ports: CommandPorts,
  flags: DoctorFlags,
  seen: readonly LeftBehind[],
): Promise<Servers> {
  const resolved = resolveSpec(flags, cli.input.env, ports.profiles);
  const specs = new Map<string, ConnectionSpec>();
  const problems: Diagnosis[] = [];
  if (resolved.ok) specs.set(connectionKey(resolved.spec), resolved.spec);
  else if (resolved.problem.kind !== 'no-server')
    problems.push({ level: 'bad', kind: 'configuration', problem: resolved.problem });
  for (const { open } of seen) {
    const { reached } = open.rollout.planned;
    if (!specs.has(connectionKey(reached))) specs.set(connectionKey(reached), reached);
  }
  if (specs.size === 0) problems.push({ level: 'good', kind: 'no-server' });
  const found = new Map<string, Connected>();
  for (const [key, spec] of specs) {
    const [server = ''] = spec.servers;
    const answer = await ports.connect(spec, undefined, sayingSilence(cli, ports.clock));
    if (answer.ok) found.set(key, answer.value);
    else if (answer.error.kind === 'secret')
      problems.push({ level: 'bad', kind: 'secret', server, detail: answer.error.detail });
    else problems.push({ level: 'bad', kind: 'unreachable', server, error: answer.error });
  }
  return { reached: [...found.values()], problems, of: (spec) => found.get(connectionKey(spec)) };
}

function say({ output, words }: Cli, { json }: DoctorFlags, found: readonly Diagnosis[]): void {
  if (json) for (const ailment of found) output.json(ailment);
  else {
    const { good, warning, refused } = words.cli.review;
    const marks = { good, warning, bad: refused };
    output.data(...found.map((ailment) => `${marks[ailment.level]} ${words.ailment(ailment)}`));
  }
}

/** To mend it would only say that it stays off: it is gone, or its deploy did not end well. */
function isForPeople({ left, shown }: Seen): boolean {
  return shown === 'absent' || (left.isHalfDeployed && shown === 'off');
}

/** At a terminal it asks; with --yes it mends; else it only tells how. */
async function mendAll(
  cli: Cli,
  ports: CommandPorts,
  flags: DoctorFlags,
  placed: readonly Seen[],
): Promise<readonly Diagnosis[]> {
  const { words, input, output } = cli;
  const mendable = placed.filter(({ open, connected }) => !open.isRunning && connected !== undefined);
  const hasDeadLocks = ports.doctor.locks().some(({ isDead }) => isDead);
  if (mendable.length === 0 && !hasDeadLocks) return [];
  const { gone = [] } = flags;
  // Who says what is gone has decided, and asked for nothing else.
  if (flags.yes !== true && gone.length === 0) {
    if (!hasDeadLocks && mendable.every(isForPeople)) return [];
    if (!input.isTerminal || flags.json === true) {
      output.talk(words.cli.mend.how);
      return [];
    }
    if ((await ask(cli, words.cli.mend.ask))?.trim() !== 'yes') return [];
  }
  const isPuttingOn = flags.yes === true || gone.length === 0;
  const count = ports.doctor.releaseDeadLocks();
  const results: Diagnosis[] = count > 0 ? [{ level: 'good', kind: 'locks-released', count }] : [];
  for (const id of new Set(mendable.map(({ open }) => open.id))) {
    const connected = mendable.find(({ open }) => open.id === id)?.connected;
    if (connected === undefined) continue;
    const answer = await ports.doctor.mend(id, connected, { isPuttingOn, gone });
    if (!answer.ok) results.push({ level: 'bad', kind: 'mend-refused', problem: answer.problem });
    else results.push(...toldOf(id, answer));
  }
  return results;
}

function toldOf(rollout: string, { mended: all, closed }: Repair): readonly Diagnosis[] {
  const told = all.map(
    (mended): Diagnosis => ({ level: isMended(mended) ? 'good' : 'bad', kind: 'mended', rollout, mended }),
  );
  if (closed === undefined) return told;
  const level = closed.length > 0 ? 'warning' : 'good';
  return [...told, { level, kind: 'rollout-closed', rollout, notThrough: closed }];
}

function isMended({ kind }: Repaired): boolean {
  return kind === 'put-on' || kind === 'given-back' || kind === 'forgotten';
}

/** What was off and is not mended is off still. */
function codeAfter(found: readonly Diagnosis[], mended: readonly Diagnosis[]): number {
  const isPutOn = (target: string, rollout: string): boolean =>
    mended.some(
      (one) =>
        one.kind === 'mended' &&
        one.rollout === rollout &&
        one.mended.target === target &&
        isMended(one.mended),
    );
  const isOff = found.some(
    (one) => one.kind === 'off-by-us' && one.level === 'bad' && !isPutOn(one.left.target, one.left.rollout),
  );
  if (isOff) return exitCodes.someOff;
  const errors = found.flatMap((one) => (one.kind === 'unreachable' ? [one.error.kind] : []));
  if (errors.some((kind) => kind !== 'namespace-missing')) return exitCodes.unreachable;
  if (errors.length > 0) return exitCodes.usage;
  if (found.some(({ kind }) => kind === 'journal')) return exitCodes.usage;
  return found.some(({ level }) => level === 'bad') && mended.length === 0
    ? exitCodes.failed
    : exitCodes.done;
}
