import { exitCodes } from '../../core/rollout/outcome.ts';
import type { LaunchProblem, OpenRollout } from '../../runner/ports/face-ports.ts';
import type { Words } from '../../i18n/words.ts';
import type { Cli, CommandPorts } from '../io/command-ports.ts';
import { refuseAs, refuseLaunch } from '../io/exit.ts';

/** Why none is meant. `several`: more than one fits, and none was named. */
export type NotChosen = LaunchProblem | { readonly kind: 'several'; readonly ids: readonly string[] };

/** The rollout that was named, or the only one that fits. */
export async function chooseRollout(
  ports: Pick<CommandPorts, 'launcher'>,
  id: string | undefined,
  fits: (open: OpenRollout) => boolean,
): Promise<{ ok: true; id: string } | { ok: false; problem: NotChosen }> {
  if (id !== undefined) return { ok: true, id };
  const { rollouts, unreadable } = await ports.launcher.all();
  const open = rollouts.filter(({ rollout }) => rollout.ended === undefined);
  const fitting = open.filter(fits);
  const [only, second] = fitting.length > 0 ? fitting : open;
  if (only === undefined) {
    const [obstacle] = unreadable;
    return { ok: false, problem: obstacle ?? { kind: 'no-such-rollout', id: '' } };
  }
  if (second === undefined) return { ok: true, id: only.id };
  const ids = (fitting.length > 0 ? fitting : open).map((one) => one.id);
  return { ok: false, problem: { kind: 'several', ids } };
}

export function notChosenText({ cli, failures }: Words, problem: NotChosen): string {
  return problem.kind === 'several' ? cli.ambiguous(problem.ids) : failures.launchProblem(problem);
}

/** `isJson`: says it on standard output too. */
export function refuseNotChosen(cli: Cli, problem: NotChosen, isJson = false): number {
  if (problem.kind !== 'several') return refuseLaunch(cli, problem, isJson);
  const sentence = notChosenText(cli.words, problem);
  return refuseAs(cli, { problem, sentence, exitCode: exitCodes.usage }, isJson);
}
