import { notRestarted } from '../../core/report/report.ts';
import { reachedGate } from '../../core/rollout/gate-state.ts';
import { type Rollout, planOf } from '../../core/rollout/rollout.ts';
import { type TargetState, failedSteps, isActive } from '../../core/rollout/target-state.ts';
import { endpointText } from '../../core/registry/service.ts';
import { neededFlags } from '../../profiles/needed-flags.ts';
import type { ProfileStore } from '../../profiles/store.ts';
import type { OpenRollout } from '../../runner/ports/face-ports.ts';
import { isWaiting, openState } from '../../runner/ports/open-state.ts';
import type { Words } from '../../i18n/words.ts';
import type { ShownNow } from '../../runner/ports/diagnosis.ts';
import type { Cli } from '../io/command-ports.ts';
import { outputPath } from '../rollout/say-output.ts';
import { serviceNames } from '../plan/review-text.ts';
import { type SeenBehind } from '../../doctor/left-behind.ts';
import { enableCommands } from '../../core/registry/enable-command.ts';
import { offNames, loweredNames, markNames, otherNames } from './left-names.ts';

export function statusLines(
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
  const others = otherNames(rollout);
  const lowered = loweredNames(open, seen);
  const marks = markNames(rollout);
  const unproven = notRestarted(rollout);
  const hasEnded = rollout.ended !== undefined;
  // Carried on without a word it would stand there again.
  const isAsking = reachedGate(rollout)?.phase === 'asking';
  const isPausedNow = isWaiting(open) && openState(open) === 'paused';
  const decide = ({ name }: TargetState): string => say.decide(open.id, name, cli.input.isTerminal);
  return [
    headLine(cli, open, off.length > 0),
    ...(command === undefined ? [] : [say.command(command)]),
    ...(done.length > 0 ? [say.done(done)] : []),
    ...(back.length > 0 ? [say.back(back.map((target) => backText(target, words)))] : []),
    ...(here.length > 0 ? [say.off(here)] : []),
    ...(others.length > 0 ? [say.offByOthers(others)] : []),
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
    ...gateLines(open, words),
    ...(hasEnded && here.length > 0 ? enableLines(cli, open, seen, store) : []),
    ...(hasEnded || open.isRunning || command !== undefined || isAsking
      ? []
      : [say.next(open.id, cli.input.isTerminal)]),
    ...(open.isRunning ? standing.filter(({ phase }) => phase === 'stuck').map(decide) : []),
    ...(isPausedNow ? [say.continue(open.id, cli.input.isTerminal)] : []),
  ];
}

/** What it waits for between two batches, and how it goes on where no runner waits. */
function gateLines({ rollout, id, isRunning }: OpenRollout, { gates }: Words): readonly string[] {
  const gate = rollout.ended === undefined ? reachedGate(rollout) : undefined;
  if (gate === undefined) return [];
  return [`  ${gates.waitsFor(gate)}`, ...(isRunning ? [] : [`  ${gates.passWith(id)}`])];
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
  const off = seen.filter(
    ({ open, left, shown }) => open.id === id && left.mark !== 'lowered' && isOffNow(shown),
  );
  const registrations = off.map(({ left }) => left.registration);
  return enableCommands(registrations, flags).map(({ command }) => words.cli.status.enable(command));
}

/** Nobody can tell from here whether it is gone for good. */
function goneLines({ words }: Cli, { id }: OpenRollout, seen: readonly SeenBehind[]): readonly string[] {
  return seen
    .filter(({ open, shown }) => open.id === id && shown === 'absent')
    .map(({ left: { registration } }) => words.cli.status.forget(endpointText(registration)));
}
