import { stringify } from 'yaml';
import { exitCodes } from '../../core/rollout/outcome.ts';
import { writtenPlan } from '../../core/plan/plan-file.ts';
import { settleInstances } from '../../core/planning/settle-instances.ts';
import { type Review, isRefused } from '../../runner/review/review.ts';
import type { Cli } from '../io/command-ports.ts';
import type { PrepareFlags } from '../plan/beside-file.ts';
import { type PreparedPlan, preparePlan } from '../plan/prepare-plan.ts';
import { findingsJson } from '../plan/findings-json.ts';
import { codeOfRefusal } from '../plan/refusal-code.ts';
import { reviewText } from '../plan/review-text.ts';

/** Prints the plan, and what the review says of it; exits as `run` would be refused. Only reads. */
export async function plan(cli: Cli, flags: PrepareFlags): Promise<number> {
  const prepared = await preparePlan(cli, flags);
  if (!prepared.ok) return prepared.code;
  const review = await reviewed(cli, prepared);
  const { connected, file, group } = prepared;
  const home = { namespace: connected.spec.namespace, group };
  const settled = settleInstances(file, prepared.plan, home, prepared.listed);
  cli.output.data(...stringify(writtenPlan(settled), { lineWidth: 0 }).trimEnd().split('\n'));
  return judged(cli, review);
}

/**
 * What the review says of a plan, and nothing else; of a broken file all that is wrong. Exits as `run` would be refused.
 * With `json` one line on standard output says the same for a pipeline.
 */
export async function checkPlan(
  cli: Cli,
  flags: PrepareFlags & { readonly json?: boolean },
): Promise<number> {
  const said: string[] = [];
  const { output } = cli;
  const telling = { ...output, talk: (...lines: readonly string[]) => output.talk(...keep(said, lines)) };
  const answer = (exitCode: number, more: object): number => {
    if (flags.json === true) output.json({ type: 'plan-checked', exitCode, ...more });
    return exitCode;
  };
  const prepared = await preparePlan({ ...cli, output: telling }, flags);
  if (!prepared.ok) return answer(prepared.code, { problems: said });
  const review = await reviewed(cli, prepared);
  const code = judged(cli, review);
  if (code === exitCodes.done) output.talk(cli.words.cli.review.wouldStart);
  const targets = review.plan.targets.map(({ name }) => name);
  return answer(code, { targets, findings: findingsJson(review, cli.words) });
}

function keep(said: string[], lines: readonly string[]): readonly string[] {
  said.push(...lines);
  return lines;
}

async function reviewed(
  { output, words }: Cli,
  { ports, plan, connected, notes }: PreparedPlan,
): Promise<Review> {
  const review = await ports.review(plan, connected, 'rehearsal');
  await connected.registry.close();
  for (const note of notes) output.talk(words.failures.planNote(note));
  output.talk(...reviewText(review.plan, review, words));
  return review;
}

function judged({ output, words }: Cli, review: Review): number {
  if (!isRefused(review)) return exitCodes.done;
  output.talk(words.cli.review.wouldBeRefused);
  return codeOfRefusal(review);
}
