import type { Difference } from '../../core/report/difference.ts';
import type { CommandResult, Failure, Reading, Refusal } from '../../core/event/failure.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { PlanNote, PlanProblem } from '../../core/plan/plan-problem.ts';
import type { LaunchProblem } from '../../runner/ports/face-ports.ts';
import type { OrderRefusal } from '../../runner/ports/protocol.ts';
import type { Finding } from '../../runner/review/review.ts';
import { say } from '../grammar/say.ts';
import { differences } from './differences.ts';
import { findings } from './findings.ts';
import { launchProblems, orderRefusals } from './launch-problems.ts';
import { planNotes, planProblems } from './plan-problems.ts';
import { namespaceUnproven, registryErrors } from './registry-errors.ts';
import { silence } from './silence.ts';
import { unread, whichUnreadable } from './unreadable.ts';
import { commandResults, readings, refusals, stepFailures } from './step-failures.ts';

/** One sentence for whatever can go wrong: what is wrong, where, and what would be right. Not yet made visible. */
export const failures = {
  registryError: (error: RegistryError): string => say(registryErrors, error),
  failure: (failure: Failure): string => say(stepFailures, failure),
  refusal: (refusal: Refusal): string => say(refusals, refusal),
  reading: (reading: Reading): string => say(readings, reading),
  commandResult: (result: CommandResult): string => say(commandResults, result),
  difference: (difference: Difference): string => say(differences, difference),
  finding: (finding: Finding): string => say(findings, finding),
  launchProblem: (problem: LaunchProblem): string => say(launchProblems, problem),
  orderRefusal: (refusal: OrderRefusal): string => orderRefusals[refusal],
  namespaceUnproven,
  silence,
  unread,
  whichUnreadable,
  planProblem: (problem: PlanProblem): string => say(planProblems, problem),
  planNote: (note: PlanNote): string => say(planNotes, note),
  /** `detail` names the reference and what is wrong with it, never the secret. */
  secret: (detail: string): string => `What the connection needs cannot be had: ${detail}.`,
};
export type Failures = typeof failures;
