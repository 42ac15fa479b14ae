import { stringify } from 'yaml';
import { exitCodes } from '../../core/rollout/outcome.ts';
import { settleInstances } from '../../core/plan/settle-instances.ts';
import { isRefused } from '../../runner/review/review.ts';
import type { Cli } from '../io/command-ports.ts';
import { type PrepareFlags, preparePlan } from '../plan/prepare-plan.ts';
import { codeOfRefusal } from '../plan/refusal-code.ts';
import { reviewText } from '../plan/review-text.ts';

/** Prints the plan, and what the review says of it; exits as `run` would be refused. Only reads. */
export async function plan(cli: Cli, flags: PrepareFlags): Promise<number> {
  const prepared = await preparePlan(cli, flags);
  if (!prepared.ok) return prepared.code;
  const { connected, file, group, ports } = prepared;
  const review = await ports.review(prepared.plan, connected, 'rehearsal');
  await connected.registry.close();
  for (const note of prepared.notes) cli.output.talk(cli.words.failures.planNote(note));
  cli.output.talk(...reviewText(review.plan, review, cli.words));
  const settled = settleInstances(file, prepared.plan, { namespace: connected.spec.namespace, group });
  cli.output.data(...stringify(settled, { lineWidth: 0 }).trimEnd().split('\n'));
  if (!isRefused(review)) return exitCodes.done;
  cli.output.talk(cli.words.cli.review.wouldBeRefused);
  return codeOfRefusal(review);
}
