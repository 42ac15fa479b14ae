import { exitCodes } from '../../core/rollout/outcome.ts';
import { leftByUs } from '../../core/rollout/rollout.ts';
import type { LaunchProblem, OpenRollout } from '../../runner/ports/face-ports.ts';
import { isWaiting } from '../../runner/ports/open-state.ts';
import type { Cli } from '../io/command-ports.ts';
import { refuseLaunch } from '../io/exit.ts';
import { sayingSilence } from '../io/say-silence.ts';
import { everythingLeft, lookAtLeft } from '../../doctor/left-behind.ts';
import { summary } from '../status/summary.ts';
import { statusLines } from '../status/status-lines.ts';

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
  const seen = await lookAtLeft(ports, left, sayingSilence(cli, ports.clock), ports.launcher);
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
  return isWaiting(open) && leftByUs(open.rollout).length > 0;
}
