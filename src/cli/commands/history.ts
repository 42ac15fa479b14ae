import { offByUs, planOf } from '../../core/rollout/rollout.ts';
import type { Words } from '../../i18n/words.ts';
import type { OpenRollout } from '../../runner/ports/face-ports.ts';
import { openState } from '../../runner/ports/open-state.ts';
import type { Cli } from '../io/command-ports.ts';
import { table } from '../io/table.ts';
import { serviceNames } from '../plan/review-text.ts';
import { type StatusFlags, sayUnreadable } from './status.ts';
import { summary } from '../status/summary.ts';

/** Every rollout of this machine, newest first. */
export async function history(cli: Cli, flags: StatusFlags): Promise<number> {
  const { output, words } = cli;
  const ports = await cli.ports();
  const { rollouts: all, unreadable } = await ports.launcher.all();
  if (flags.json) output.json(all.map((open) => summary(open)));
  else if (all.length === 0 && unreadable.length === 0) output.talk(words.cli.noHistory);
  else if (all.length > 0) {
    const { rollout, planned, by, services, outcome } = words.cli.table;
    const rows = all.map((open) => [
      open.id,
      open.rollout.plannedAt,
      open.rollout.planned.by,
      serviceNames(planOf(open.rollout)),
      outcomeOf(open, words),
    ]);
    output.data(...table([[rollout, planned, by, services, outcome], ...rows]));
  }
  return sayUnreadable(cli, unreadable);
}

function outcomeOf(open: OpenRollout, { report, cli }: Words): string {
  const { ended } = open.rollout;
  const { command } = open.rollout.planned;
  if (command !== undefined) return cli.historyOnce(command, offByUs(open.rollout).length > 0);
  return ended === undefined ? cli.status.state[openState(open)] : report.ended[ended.outcome];
}
