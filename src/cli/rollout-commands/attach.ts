import type { Cli } from '../io/command-ports.ts';
import { follow } from '../rollout/follow.ts';
import { type PipelineFlags, openPipelineOutput } from '../pipeline/pipeline-output.ts';
import { chooseRollout, refuseNotChosen } from './choose-rollout.ts';
import { refuseAttach } from './refuse-attach.ts';

export type AttachFlags = PipelineFlags;

/** Follows a rollout that runs, and asks a person at the terminal what it waits for; Ctrl-C leaves it alone. */
export async function attach(cli: Cli, flags: AttachFlags, id: string | undefined): Promise<number> {
  const ports = await cli.ports();
  const opened = await openPipelineOutput(cli, ports, flags);
  if (!opened.ok) return opened.code;
  const chosen = await chooseRollout(ports, id, (open) => open.isRunning);
  if (!chosen.ok) return refuseNotChosen(cli, chosen.problem);
  // Nobody sits there who could decide: it carries nothing on, and is not missed when it goes.
  const mayDecide = cli.input.isTerminal;
  const launched = await ports.launcher.attach(chosen.id, { mayDecide });
  if (!launched.ok) return refuseAttach(cli, ports, launched.problem);
  const exitCode = await follow(cli, ports, launched.link, {
    isJson: flags.json === true,
    isAttended: cli.input.isTerminal && flags.json !== true,
    isWatching: true,
    ...opened.value.listeners,
  });
  await opened.value.finish();
  return exitCode;
}
