import type { OpenRollout } from '../../runner/ports/face-ports.ts';
import type { Cli, CommandPorts } from '../io/command-ports.ts';
import { refuseLaunch, refuseUsage } from '../io/exit.ts';

/** The rollout that was named, or the only one that fits. */
export async function chooseRollout(
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
