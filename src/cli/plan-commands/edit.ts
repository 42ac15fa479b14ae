import { problemPath } from '../../core/flaw/problem-path.ts';
import { problemsWithoutNacos } from '../../core/planning/make-plan.ts';
import { exitCodes } from '../../core/rollout/outcome.ts';
import { defaultGroup, defaultNamespace } from '../../core/registry/service.ts';
import type { Cli, CommandPorts } from '../io/command-ports.ts';
import { refuseUsage } from '../io/exit.ts';
import { type PrepareFlags, alone } from '../plan/beside-file.ts';
import { readPlanText } from '../plan/read-plan-file.ts';
import { type Remark, withRemarks, withoutRemarks } from './remarks.ts';

/**
 * A plan file in the editor of `$VISUAL` or `$EDITOR`, else `vi`. A copy is edited, again and again until nothing is
 * wrong with it, and only then takes the place of the file. What is wrong stands above its line.
 */
export async function editPlan(cli: Cli, flags: PrepareFlags): Promise<number> {
  const { usage, edit: words } = cli.words.cli;
  const { file: path } = flags;
  if (path === undefined) return refuseUsage(cli, usage.needFlag('--file'));
  const second = alone(flags, cli.words.cli);
  if (second !== undefined) return refuseUsage(cli, second);
  if (path === '-' || !cli.input.isTerminal) return refuseUsage(cli, words.noTerminal);
  const ports = await cli.ports();
  const read = await ports.readText(path);
  if (!read.ok) return refuseUsage(cli, cli.words.cli.fileUnreadable(path, read.obstacle));
  const copy = ports.editing.copyOf(path);
  // Ctrl-C is for the editor, which runs at the same terminal.
  const stopListening = ports.onInterrupt(() => undefined);
  const edited = await editedUntilGood(cli, ports, copy, read.text);
  stopListening();
  if (edited.kind === 'unchanged') {
    ports.editing.drop(copy);
    cli.output.talk(words.unchanged(path));
    return exitCodes.done;
  }
  if (edited.kind === 'given-up') {
    cli.output.talk(
      edited.why === undefined ? words.givenUp(path, copy) : words.editorFailed(edited.why, path, copy),
    );
    return exitCodes.usage;
  }
  const now = await ports.readText(path);
  if (!now.ok || now.text !== read.text) return refuseUsage(cli, words.changedMeanwhile(path, copy));
  const obstacle = ports.editing.replace(path, edited.text);
  if (obstacle !== undefined) return refuseUsage(cli, words.notReplaced(path, obstacle, copy));
  ports.editing.drop(copy);
  cli.output.talk(words.replaced(path));
  return exitCodes.done;
}

/** An editor that nobody sits at may make a new mistake each time: so many that mend nothing are the end. */
const vainMax = 5;

type Edited =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'good'; readonly text: string }
  /** Saved as it was with something wrong in it; `why`: what the editor ended with. */
  | { readonly kind: 'given-up'; readonly why?: string };

async function editedUntilGood(
  cli: Cli,
  ports: CommandPorts,
  copy: string,
  original: string,
): Promise<Edited> {
  const { env } = cli.input;
  const editor = env['VISUAL'] || env['EDITOR'] || 'vi';
  let shown = original;
  let before = original;
  let fewest = Infinity;
  let inVain = 0;
  while (inVain < vainMax) {
    const code = await ports.editing.open(editor, copy, shown);
    if (code !== 0) return { kind: 'given-up', why: `${editor}: ${code ?? '?'}` };
    const read = await ports.readText(copy);
    if (!read.ok) return { kind: 'given-up' };
    const text = withoutRemarks(read.text);
    if (text === original) return { kind: 'unchanged' };
    const remarks = remarksOn(cli, text);
    if (remarks.length === 0) return { kind: 'good', text };
    // With or without our remarks: what writes a file anew leaves them out.
    if (text === before) return { kind: 'given-up' };
    inVain = remarks.length < fewest ? 0 : inVain + 1;
    fewest = Math.min(fewest, remarks.length);
    before = text;
    shown = withRemarks(text, [{ sentence: cli.words.cli.edit.goOn }, ...remarks]);
  }
  return { kind: 'given-up' };
}

/** What is wrong with it without any Nacos being asked. */
function remarksOn({ words }: Cli, text: string): readonly Remark[] {
  const read = readPlanText(text);
  if (!read.ok)
    return read.flaws.map(({ place, ...flaw }) => ({
      sentence: words.planFlaws.placed(flaw),
      ...(place && { line: place.line }),
    }));
  const home = { namespace: defaultNamespace, group: defaultGroup };
  return problemsWithoutNacos(read.file, home).map((problem) => {
    const path = problemPath(problem, read.file, home);
    const place = path && read.placeOf(path);
    return { sentence: words.failures.planProblem(problem), ...(place && { line: place.line }) };
  });
}
