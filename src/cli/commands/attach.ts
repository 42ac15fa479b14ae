import { exitCodes } from '../../core/rollout/outcome.ts';
import type { OpenRollout } from '../../runner/ports/face-ports.ts';
import { ask } from '../io/ask.ts';
import type { Cli, CommandPorts } from '../io/command-ports.ts';
import { compare } from '../rollout/compare.ts';
import { refuseLaunch, refuseUsage } from '../io/exit.ts';
import { follow } from '../rollout/follow.ts';
import { sayingWhile } from '../io/say-silence.ts';

export type AttachFlags = { readonly json?: boolean };

/** Follows a rollout that runs, and asks a person at the terminal what it waits for; Ctrl-C leaves it alone. */
export async function attach(cli: Cli, flags: AttachFlags, id: string | undefined): Promise<number> {
  const ports = await cli.ports();
  const chosen = await choose(cli, ports, id, (open) => open.isRunning);
  if (!chosen.ok) return chosen.code;
  const launched = await ports.launcher.attach(chosen.id);
  if (!launched.ok) return refuseLaunch(cli, launched.problem);
  return follow(cli, ports, launched.link, {
    isJson: flags.json === true,
    isAttended: cli.input.isTerminal && flags.json !== true,
    isWatching: true,
  });
}

export type ResumeFlags = AttachFlags & { readonly yes?: boolean };

/** Starts a runner for a rollout whose runner is gone, and follows it as `run` does. */
export async function resume(cli: Cli, flags: ResumeFlags, id: string | undefined): Promise<number> {
  const { words } = cli;
  const ports = await cli.ports();
  const mayAsk = cli.input.isTerminal && flags.json !== true;
  const isAttended = mayAsk && flags.yes !== true;
  const chosen = await choose(cli, ports, id, (open) => !open.isRunning);
  if (!chosen.ok) return chosen.code;
  const read = await ports.launcher.read(chosen.id);
  if (!read.ok) return refuseLaunch(cli, read.problem);
  if (!isAttended && flags.yes !== true) return refuseUsage(cli, words.cli.yesNeededToResume(chosen.id));
  const compared = await compare(cli, ports, read.open);
  if (compared === 'interrupted') return exitCodes.interrupted;
  if (isAttended && compared.isDifferent && !(await isAgreed(cli))) return exitCodes.interrupted;
  const { typedPassword } = compared;
  const starting = ports.launcher.resume(chosen.id, { typedPassword, isAttended });
  const launched = await sayingWhile(cli, ports.clock, words.cli.startingRunner, starting);
  if (!launched.ok) return refuseLaunch(cli, launched.problem);
  return follow(cli, ports, launched.link, {
    isJson: flags.json === true,
    isAttended,
    isWatching: false,
  });
}

async function isAgreed(cli: Cli): Promise<boolean> {
  const isYes = (await ask(cli, cli.words.cli.compared.ask))?.trim() === 'yes';
  if (!isYes) cli.output.talk(cli.words.cli.notStarted);
  return isYes;
}

/** The rollout that was named, or the only one that fits. */
async function choose(
  cli: Cli,
  ports: CommandPorts,
  id: string | undefined,
  fits: (open: OpenRollout) => boolean,
): Promise<{ ok: true; id: string } | { ok: false; code: number }> {
  if (id !== undefined) return { ok: true, id };
  const { rollouts, unreadable } = await ports.launcher.all();
  const open = rollouts.filter(({ rollout }) => rollout.ended === undefined);
  const fitting = open.filter(fits);
  const [only, second] = fitting.length > 0 ? fitting : open;
  if (only === undefined) {
    const [obstacle] = unreadable;
    return { ok: false, code: refuseLaunch(cli, obstacle ?? { kind: 'no-such-rollout', id: '' }) };
  }
  if (second === undefined) return { ok: true, id: only.id };
  const ids = (fitting.length > 0 ? fitting : open).map((one) => one.id);
  return { ok: false, code: refuseUsage(cli, cli.words.cli.ambiguous(ids)) };
}
