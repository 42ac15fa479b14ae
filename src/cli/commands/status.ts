import { notRestarted } from '../../core/report/report.ts';
import { exitCodes } from '../../core/rollout/outcome.ts';
import {
  type Owned,
  type Rollout,
  type TargetState,
  failedSteps,
  isActive,
  leftByUs,
  loweredByUs,
  offByUs,
  planOf,
} from '../../core/rollout/rollout.ts';
import { endpointText } from '../../core/registry/service.ts';
import { neededFlags } from '../../profiles/needed-flags.ts';
import type { ProfileStore } from '../../profiles/store.ts';
import type { LaunchProblem, OpenRollout } from '../../runner/ports/face-ports.ts';
import { openState } from '../../runner/ports/open-state.ts';
import type { Words } from '../../i18n/words.ts';
import type { ShownNow } from '../../runner/ports/diagnosis.ts';
import type { Cli } from '../io/command-ports.ts';
import { outputPath } from '../rollout/say-output.ts';
import { ownedName } from '../rollout/event-line.ts';
import { refuseLaunch } from '../io/exit.ts';
import { serviceNames } from '../plan/review-text.ts';
import { sayingSilence } from '../io/say-silence.ts';
import { type SeenBehind, everythingLeft, lookAtLeft } from '../doctor/left-behind.ts';
import { enableCommand } from '../../core/registry/enable-command.ts';

export type StatusFlags = { readonly json?: boolean };

/**
 * Where rollouts stand, and what any of them left off until Nacos shows it on again. Exit code 3 when something is off
 * and nobody is at it.
 */
export async function status(cli: Cli, flags: StatusFlags, id: string | undefined): Promise<number> {
  const { output, words } = cli;
  const ports = await cli.ports();
  const { rollouts: all, unreadable } = await ports.launcher.all();
  const named = all.filter((open) => id === undefined || open.id === id);
  if (id !== undefined && named.length === 0) {
    const read = await ports.launcher.read(id);
    return refuseLaunch(cli, read.ok ? { kind: 'no-such-rollout', id } : read.problem);
  }
  const left = await everythingLeft(
    ports,
    named.filter(({ isRunning }) => !isRunning),
    all,
  );
  const seen = await lookAtLeft(ports, left, sayingSilence(cli, ports.clock));
  const isOff = (open: OpenRollout): boolean =>
    seen.some((one) => one.open.id === open.id && one.shown !== 'on');
  const meant = named.filter((open) => id !== undefined || open.rollout.ended === undefined || isOff(open));
  if (flags.json) output.json(meant.map((open) => summary(open, seen)));
  else if (meant.length > 0)
    for (const open of meant) output.data(...statusLines(cli, open, seen, ports.profiles));
  else if (unreadable.length === 0) output.talk(words.cli.nothingOpen);
  const code = sayUnreadable(cli, id === undefined ? unreadable : []);
  return meant.some((open) => isOff(open) || isWaitingOff(open)) ? exitCodes.someOff : code;
}

/** What may be off by a journal that we cannot read is not known: that is not `done`. */
export function sayUnreadable({ output, words }: Cli, problems: readonly LaunchProblem[]): number {
  const closed = problems.filter((problem) => problem.kind === 'unreadable-state');
  const own = closed.length < 2 ? problems : problems.filter(({ kind }) => kind !== 'unreadable-state');
  output.talk(
    ...own.map((problem) => words.failures.launchProblem(problem)),
    ...(closed.length < 2 ? [] : [words.cli.status.notLookedAt(closed)]),
  );
  return problems.length === 0 ? exitCodes.done : exitCodes.usage;
}

/** It runs, and waits for a person with something off. */
function isWaitingOff(open: OpenRollout): boolean {
  return openState(open) === 'stuck' && leftByUs(open.rollout).length > 0;
}

/** A rollout as `--json` tells it; `seen`: what Nacos shows of what it left off, where that was asked. */
export function summary(open: OpenRollout, seen: readonly SeenBehind[] = []): object {
  const { rollout, id, directory, isRunning } = open;
  const names = offNames(open, seen);
  return {
    rollout: id,
    directory,
    plannedAt: rollout.plannedAt,
    by: rollout.planned.by,
    command: rollout.planned.command ?? null,
    state: openState(open),
    isRunning,
    outcome: rollout.ended?.outcome ?? rollout.rested?.why ?? null,
    exitCode: rollout.ended?.exitCode ?? rollout.rested?.exitCode ?? null,
    off: names.off,
    offAbsent: names.absent,
    offUnasked: names.unasked,
    onAgain: names.onAgain,
    lowered: loweredNames(open, seen),
    marks: markNames(rollout),
    notRestarted: notRestarted(rollout),
    targets: rollout.targets.map((target) => ({
      target: target.name,
      phase: target.phase,
      step: target.step,
      result: target.result ?? null,
      failure: target.failure ?? null,
      failed: failedSteps(target),
    })),
  };
}

function statusLines(
  cli: Cli,
  open: OpenRollout,
  seen: readonly SeenBehind[],
  store: ProfileStore,
): readonly string[] {
  const { words } = cli;
  const { rollout } = open;
  const say = words.cli.status;
  const { command } = rollout.planned;
  const names = (wanted: (target: Rollout['targets'][number]) => boolean): readonly string[] =>
    rollout.targets.filter(wanted).map(({ name }) => name);
  const done = names(({ result }) => result === 'done');
  const back = rollout.targets.filter(
    ({ result }) => result === 'put-on' || result === 'put-back' || result === 'rolled-back',
  );
  const under = rollout.targets.filter(isActive);
  const steppers = under.filter((target) => isStepping(open, target));
  const standing = under.filter((target) => !isStepping(open, target));
  const toDo = names(({ phase, result }) => phase === 'waiting' || result === 'untouched');
  const { off, absent, unasked, onAgain } = offNames(open, seen);
  const here = off.filter((name) => !absent.includes(name));
  const lowered = loweredNames(open, seen);
  const marks = markNames(rollout);
  const unproven = notRestarted(rollout);
  const hasEnded = rollout.ended !== undefined;
  return [
    headLine(cli, open, off.length > 0),
    ...(command === undefined ? [] : [say.command(command)]),
    ...(done.length > 0 ? [say.done(done)] : []),
    ...(back.length > 0 ? [say.back(back.map((target) => backText(target, words)))] : []),
    ...(here.length > 0 ? [say.off(here)] : []),
    ...(absent.length > 0 ? [say.absent(absent), ...goneLines(cli, open, seen)] : []),
    ...(unasked.length > 0 ? [say.unasked(unasked)] : []),
    ...(onAgain.length > 0 ? [say.onAgain(onAgain)] : []),
    ...(lowered.length > 0 ? [open.isRunning ? say.loweredNow(lowered) : say.lowered(lowered)] : []),
    ...(marks.length > 0 ? [say.marks(marks)] : []),
    ...(steppers.length > 0
      ? [say.under(steppers.map(({ name, step }) => `${name} (${words.report.steps[step]})`))]
      : []),
    ...(standing.length > 0 ? [say.standing(standing.map((target) => standingText(target, words)))] : []),
    ...(toDo.length > 0 ? [say.toDo(toDo)] : []),
    ...(unproven.length > 0 ? [say.notRestarted(unproven)] : []),
    ...rollout.targets.flatMap((target) => whyLines(open, target, words)),
    ...(hasEnded && here.length > 0 ? enableLines(cli, open, seen, store) : []),
    ...(hasEnded || open.isRunning || command !== undefined ? [] : [say.next(open.id, cli.input.isTerminal)]),
  ];
}

function headLine({ words }: Cli, open: OpenRollout, isOff: boolean): string {
  const { status } = words.cli;
  const { planned, plannedAt } = open.rollout;
  const about = [open.id, serviceNames(planOf(open.rollout)), planned.by, plannedAt] as const;
  if (planned.command === undefined)
    return words.report.item(status.head(...about), status.state[openState(open)]);
  const state = open.isRunning ? 'working' : isOff ? 'off' : 'done';
  return words.report.item(status.once(...about), status.onceState[state]);
}

/** What a command said of it is in its output. */
function whyLines(
  { rollout, directory }: OpenRollout,
  { name, failure }: TargetState,
  words: Words,
): readonly string[] {
  if (failure === undefined) return [];
  const path = failure.why.kind === 'command' ? outputPath(rollout, name, directory) : undefined;
  const { status } = words.cli;
  return [
    status.why(words.failures.failure(failure.why)),
    ...(path === undefined ? [] : [status.output(path)]),
  ];
}

/** Whether somebody is at its step now: a runner that is gone is at nothing. */
function isStepping({ isRunning }: OpenRollout, { phase }: TargetState): boolean {
  return isRunning && phase === 'running';
}

/** Where a target stands at which nobody is: `ready` has not begun its step. */
function standingText({ name, step, phase }: TargetState, { cli, report }: Words): string {
  const { before, failed, cutOff } = cli.status.stands;
  const say = phase === 'ready' ? before : phase === 'stuck' ? failed : cutOff;
  return say(name, report.steps[step]);
}

/** It is on, and how that came: what is not said to be done is not. */
function backText(target: TargetState, { cli, report }: Words): string {
  const { name, result = 'put-on' } = target;
  const failed = failedSteps(target).map((step) => report.steps[step]);
  return cli.status.backWith(name, report.resultWith(report.results[result], failed));
}

type OffNames = {
  /** `absent` and `unasked` are among them. */
  readonly off: readonly string[];
  /** Off by the journal; Nacos does not list them any more. */
  readonly absent: readonly string[];
  /** By the journal alone: Nacos could not be asked. */
  readonly unasked: readonly string[];
  /** Off by the journal; Nacos shows them on. */
  readonly onAgain: readonly string[];
};

/** What a runner is at is as its journal says. */
function offNames(open: OpenRollout, seen: readonly SeenBehind[]): OffNames {
  const all = offByUs(open.rollout).map((one) => ({
    name: ownedName(open.rollout, one),
    shown: shownOf(open, one, seen),
  }));
  const names = (fits: (shown: ShownNow | undefined) => boolean): readonly string[] =>
    all.filter(({ shown }) => fits(shown)).map(({ name }) => name);
  return {
    off: names((shown) => shown !== 'on'),
    absent: names((shown) => shown === 'absent'),
    unasked: names((shown) => shown === 'unknown'),
    onAgain: names((shown) => shown === 'on'),
  };
}

/** What has less weight than it had, unless Nacos shows it with another one now. */
function loweredNames(open: OpenRollout, seen: readonly SeenBehind[]): readonly string[] {
  return loweredByUs(open.rollout)
    .filter((one) => shownOf(open, one, seen) !== 'on')
    .map((one) => ownedName(open.rollout, one));
}

/** What Nacos shows of it; undefined where it was not asked for. */
function shownOf(
  { id }: OpenRollout,
  { target, registration }: Owned,
  seen: readonly SeenBehind[],
): ShownNow | undefined {
  return seen.find(
    ({ open, left }) => open.id === id && left.target === target.name && left.index === registration,
  )?.shown;
}

/** Where a mark of ours waits for whoever registers next: what is off and away, and addresses that a target had before. */
function markNames(rollout: Rollout): readonly string[] {
  const away = offByUs(rollout)
    .filter(({ target, registration }) => target.registrations[registration]?.isAway === true)
    .map((one) => ownedName(rollout, one));
  return [...away, ...rollout.targets.flatMap(({ marksLeft }) => marksLeft)];
}

function isOffNow(shown: ShownNow): boolean {
  return shown === 'off' || shown === 'unknown';
}

/** Of a rollout that has ended there is nothing to carry on: each is put on by itself. */
function enableLines(
  { words, input }: Cli,
  { id, rollout }: OpenRollout,
  seen: readonly SeenBehind[],
  store: ProfileStore,
): readonly string[] {
  const flags = neededFlags(rollout.planned.reached, input.env, store);
  return seen
    .filter(({ open, left, shown }) => open.id === id && left.mark !== 'lowered' && isOffNow(shown))
    .map(({ left }) => words.cli.status.enable(enableCommand(left.registration, flags)));
}

/** Nobody can tell from here whether it is gone for good. */
function goneLines({ words }: Cli, { id }: OpenRollout, seen: readonly SeenBehind[]): readonly string[] {
  return seen
    .filter(({ open, shown }) => open.id === id && shown === 'absent')
    .map(({ left: { registration } }) => words.cli.status.forget(endpointText(registration)));
}
