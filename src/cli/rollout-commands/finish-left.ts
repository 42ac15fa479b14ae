import { apply } from '../../core/apply/apply.ts';
import { isLeftBeside } from '../../core/report/left-beside.ts';
import type { LaunchProblem, RolloutRead } from '../../runner/ports/face-ports.ts';
import type { Rollout } from '../../core/rollout/rollout.ts';
import type { Cli, CommandPorts } from '../io/command-ports.ts';
import { sayingWhile } from '../io/say-silence.ts';
import { printEvent } from '../rollout/print-event.ts';

/** Has done what was left beside a rollout that has ended, if there is any, and prints what came of it. */
export async function finishLeft(
  cli: Cli,
  ports: CommandPorts,
  { open, events }: RolloutRead & { readonly ok: true },
  isJson: boolean,
): Promise<LaunchProblem | undefined> {
  if (!isLeftBeside(events)) return undefined;
  const { launcher, clock } = ports;
  const resuming = launcher.resume(open.id, { typedPassword: undefined, isAttended: false });
  const launched = await sayingWhile(cli, clock, cli.words.cli.finishingBeside, resuming);
  if (!launched.ok) return launched.problem;
  launched.link.close();
  const read = await launcher.read(open.id);
  if (!read.ok) return read.problem;
  let rollout: Rollout = open.rollout;
  for (const event of read.events) {
    if (event.seq <= open.rollout.seq) continue;
    rollout = apply(rollout, event);
    printEvent(cli, ports, { event, rollout, isJson });
  }
  return undefined;
}
