import { reachedGate } from '../../core/rollout/gate-state.ts';
import type { LaunchProblem } from '../../runner/ports/face-ports.ts';
import type { Cli, CommandPorts } from '../io/command-ports.ts';
import { exitCodes } from '../../core/rollout/outcome.ts';
import { refuseLaunch } from '../io/exit.ts';

/** Its runner cannot be reached. Where it stands at a gate that is named: `resume` by itself would stand there again. */
export async function refuseAttach(
  cli: Cli,
  { launcher }: Pick<CommandPorts, 'launcher'>,
  problem: LaunchProblem,
): Promise<number> {
  if (problem.kind !== 'no-runner') return refuseLaunch(cli, problem);
  const read = await launcher.read(problem.id);
  const gate = read.ok && read.open.rollout.ended === undefined ? reachedGate(read.open.rollout) : undefined;
  if (gate === undefined) return refuseLaunch(cli, problem);
  const { gates } = cli.words;
  cli.output.talk(gates.waitsFor(gate), gates.passWith(problem.id));
  return gate.phase === 'asking' ? exitCodes.usage : refuseLaunch(cli, problem);
}
