import type { Path, Place, PlanFlaw } from '../../core/flaw/flaw.ts';
import { flawsIn } from '../../core/flaw/flaws-in.ts';
import { type PlanFile, planFileSchema } from '../../core/plan/plan-file.ts';
import type { TextObstacle } from '../../core/text/text-obstacle.ts';
import type { Cli } from '../io/command-ports.ts';
import { parseYaml } from './parse-yaml.ts';

/** A plan file that was read, and where in its text something stands; undefined where it does not. */
export type PlanText = {
  readonly name: string;
  readonly file: PlanFile;
  readonly placeOf: (path: Path) => Place | undefined;
};

export type ReadPlanFile =
  | ({ readonly ok: true } & PlanText)
  /** `more`: a sentence for each further flaw. */
  | { readonly ok: false; readonly sentence: string; readonly more: readonly string[] };

/** A plan file of YAML, `-` for standard input, or why it is none: where, and what would be right. */
export async function readPlanFile(cli: Cli, path: string): Promise<ReadPlanFile> {
  const { cli: words } = cli.words;
  const ports = await cli.ports();
  const isInput = path === '-';
  const name = isInput ? words.standardInput : path;
  const { stdin } = cli.input;
  const unreadable = (obstacle: TextObstacle): ReadPlanFile => ({
    ok: false,
    sentence: words.fileUnreadable(name, obstacle),
    more: [],
  });
  if (isInput && stdin.isTTY === true) return unreadable({ kind: 'no-file', found: 'terminal' });
  const read = await ports.readText(isInput ? stdin : path);
  if (!read.ok) return unreadable(read.obstacle);
  const plan = readPlanText(read.text);
  if (plan.ok) return { ...plan, name };
  const { sentence } = cli.words.planFlaws;
  const [first, ...more] = plan.flaws;
  return { ok: false, sentence: sentence(name, first), more: more.map((flaw) => sentence(name, flaw)) };
}

/** The same of a text that was read. `flaws` are in their order in it, and never none. */
export function readPlanText(
  text: string,
):
  | ({ readonly ok: true } & Omit<PlanText, 'name'>)
  | { readonly ok: false; readonly flaws: readonly [PlanFlaw, ...PlanFlaw[]] } {
  const parsed = parseYaml(text);
  if (!parsed.ok) return { ok: false, flaws: [parsed.flaw] };
  const { value, placeOf, keyPlaceOf } = parsed;
  const file = planFileSchema.safeParse(value);
  if (file.success) return { ok: true, file: file.data, placeOf };
  const [first, ...rest] = flawsIn(planFileSchema, value)
    .map((flaw): PlanFlaw => {
      const place = flaw.isKey ? keyPlaceOf(flaw.path) : placeOf(flaw.path);
      return { kind: 'flaw', flaw, ...(place && { place }) };
    })
    .toSorted(inOrder);
  return { ok: false, flaws: [first ?? { kind: 'no-mapping' }, ...rest] };
}

function inOrder({ place: one }: PlanFlaw, { place: other }: PlanFlaw): number {
  if (one === undefined || other === undefined) return 0;
  return one.line - other.line || one.column - other.column;
}
