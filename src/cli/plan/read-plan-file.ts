import { isMap, parseDocument } from 'yaml';
import { type PlanFile, planFileSchema } from '../../core/plan/plan-file.ts';
import { firstIssue } from '../../core/text/first-issue.ts';
import type { TextObstacle } from '../../core/text/text-obstacle.ts';
import type { Cli } from '../io/command-ports.ts';
import type { Flagged } from './plan-flags.ts';

/** A plan file of YAML, `-` for standard input, or why it is none: where, and what would be right. */
export async function readPlanFile(cli: Cli, path: string): Promise<Flagged<PlanFile>> {
  const { cli: words } = cli.words;
  const ports = await cli.ports();
  const isInput = path === '-';
  const name = isInput ? words.standardInput : path;
  const { stdin } = cli.input;
  const unreadable = (obstacle: TextObstacle): Flagged<PlanFile> => ({
    ok: false,
    sentence: words.fileUnreadable(name, obstacle),
  });
  if (isInput && stdin.isTTY === true) return unreadable({ kind: 'no-file', found: 'terminal' });
  const read = await ports.readText(isInput ? stdin : path);
  if (!read.ok) return unreadable(read.obstacle);
  const flawed = (detail: string): Flagged<PlanFile> => ({
    ok: false,
    sentence: words.planMalformed(name, detail),
  });
  const document = documentOf(read.text);
  if (document === undefined) return flawed(words.planFlaw['too-deep']);
  const [error] = document.errors;
  if (error?.code === 'MULTIPLE_DOCS') return flawed(words.planFlaw['several-documents']);
  if (error?.code === 'RESOURCE_EXHAUSTION' || error?.message.startsWith('Maximum call stack'))
    return flawed(words.planFlaw['too-deep']);
  if (error !== undefined) return flawed((error.message.split('\n')[0] ?? '').replace(/:$/, ''));
  if (!isMap(document.contents)) return flawed(words.planFlaw['no-mapping']);
  const value = valueOf(document);
  if (value === undefined) return flawed(words.planFlaw.aliases);
  const file = planFileSchema.safeParse(value.value);
  return file.success ? { ok: true, value: file.data } : flawed(firstIssue(file.error));
}

type Document = ReturnType<typeof parseDocument>;

/** The parser goes down into what is nested by calling itself, and may run out of stack: not each time is that among its errors. */
function documentOf(text: string): Document | undefined {
  try {
    return parseDocument(text, { prettyErrors: true, logLevel: 'error' });
  } catch {
    return undefined;
  }
}

/** The parser throws for an alias of nothing, and for aliases of aliases that would fill the memory. */
function valueOf(document: Document): { readonly value: unknown } | undefined {
  try {
    return { value: document.toJS() };
  } catch {
    return undefined;
  }
}
