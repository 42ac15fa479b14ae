import { parseDocument } from 'yaml';
import { type PlanFile, planFileSchema } from '../../core/plan/plan-file.ts';
import { firstIssue } from '../../core/text/first-issue.ts';
import type { Cli } from '../io/command-ports.ts';
import type { Flagged } from './plan-flags.ts';

/** A plan file of YAML, or why it is none: where, and what would be right. */
export async function readPlanFile(cli: Cli, path: string): Promise<Flagged<PlanFile>> {
  const { cli: words } = cli.words;
  const ports = await cli.ports();
  const read = await ports.readText(path);
  if (!read.ok) return { ok: false, sentence: words.fileUnreadable(path, read.detail) };
  const document = parseDocument(read.text, { prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const [detail = ''] = error.message.split('\n');
    return { ok: false, sentence: words.planMalformed(path, detail.replace(/:$/, '')) };
  }
  const file = planFileSchema.safeParse(document.toJS());
  return file.success
    ? { ok: true, value: file.data }
    : { ok: false, sentence: words.planMalformed(path, firstIssue(file.error)) };
}
