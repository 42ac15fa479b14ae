import { exitCodes } from '../../core/rollout/outcome.ts';
import { reportOfRollout } from '../../doctor/report-of.ts';
import type { Cli } from '../io/command-ports.ts';
import { refuseLaunch, refuseUsage } from '../io/exit.ts';
import { sayingSilence } from '../io/say-silence.ts';
import { junitOf } from '../pipeline/junit.ts';
import { reportPage } from '../report-page/report-page.ts';
import { reportText } from '../rollout/report-text.ts';

export type ReportFlags = { readonly format?: string; readonly html?: string | true };

const formats: readonly string[] = ['md', 'json', 'junit'];

/** One rollout from beginning to end, in Markdown, JSON, JUnit XML or as a page; the newest where none is named. */
export async function report(cli: Cli, flags: ReportFlags, id: string | undefined): Promise<number> {
  const { words, output } = cli;
  const { format = 'md' } = flags;
  const { html } = flags;
  const { usage, right } = words.cli;
  if (!formats.includes(format))
    return refuseUsage(cli, usage.badValue('--format', format, right.setting(formats)));
  if (html !== undefined && flags.format !== undefined)
    return refuseUsage(cli, usage.notBoth('--html', '--format'));
  // What follows it may have been meant as the id.
  if (typeof html === 'string' && !/\.html?$/i.test(html))
    return refuseUsage(cli, usage.badValue('--html', html, right.html));
  const ports = await cli.ports();
  const all = id === undefined ? await ports.launcher.all() : undefined;
  const chosen = id ?? all?.rollouts[0]?.id;
  if (chosen === undefined) {
    const [obstacle] = all?.unreadable ?? [];
    return obstacle === undefined ? refuseUsage(cli, words.cli.noHistory) : refuseLaunch(cli, obstacle);
  }
  const read = await reportOfRollout(ports, chosen, sayingSilence(cli, ports.clock));
  if (!read.ok) return refuseLaunch(cli, read.problem);
  const { report: told } = read;
  if (html !== undefined) {
    const page = reportPage(told, words, cli.language, (request) => ports.curlOf(request));
    return html === true ? printed(cli, page) : written(cli, html, page);
  }
  if (format === 'junit') return printed(cli, junitOf(told, words));
  if (format === 'json') {
    const requests = told.requests.map((one) => ({ ...one, curl: ports.curlOf(one.request) }));
    output.json({ ...told, requests });
  } else output.data(...reportText(told, words, (request) => ports.curlOf(request)));
  return exitCodes.done;
}

function printed({ output }: Cli, page: string): number {
  output.data(...page.trimEnd().split('\n'));
  return exitCodes.done;
}

async function written(cli: Cli, path: string, page: string): Promise<number> {
  const answer = await (await cli.ports()).writeText(path, page);
  if (!answer.ok) return refuseUsage(cli, cli.words.cli.pageNotWritten(path, answer.detail));
  cli.output.talk(cli.words.cli.pageWritten(path));
  return exitCodes.done;
}
