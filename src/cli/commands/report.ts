import { exitCodes } from '../../core/rollout/outcome.ts';
import { reportOf } from '../../core/report/report.ts';
import type { Cli } from '../io/command-ports.ts';
import { refuseLaunch, refuseUsage } from '../io/exit.ts';
import { reportText } from '../rollout/report-text.ts';

export type ReportFlags = { readonly format?: string };

/** One rollout from beginning to end, in Markdown or JSON; the newest where none is named. */
export async function report(cli: Cli, flags: ReportFlags, id: string | undefined): Promise<number> {
  const { words, output } = cli;
  const { format = 'md' } = flags;
  if (format !== 'md' && format !== 'json')
    return refuseUsage(
      cli,
      words.cli.usage.badValue('--format', format, words.cli.right.setting(['md', 'json'])),
    );
  const ports = await cli.ports();
  const chosen = id ?? (await ports.launcher.all())[0]?.id;
  if (chosen === undefined) {
    const [obstacle] = await ports.launcher.unreadable();
    return obstacle === undefined ? refuseUsage(cli, words.cli.noHistory) : refuseLaunch(cli, obstacle);
  }
  const read = await ports.launcher.read(chosen);
  if (!read.ok) return refuseLaunch(cli, read.problem);
  const told = reportOf(read.open.rollout, read.events);
  if (format === 'json') {
    const requests = told.requests.map((one) => ({ ...one, curl: ports.curlOf(one.request) }));
    output.json({ ...told, requests });
  } else output.data(...reportText(told, words, (request) => ports.curlOf(request)));
  return exitCodes.done;
}
