import { exitCodeOfError, exitCodes } from '../../core/rollout/outcome.ts';
import { program } from '../../core/text/program.ts';
import { shellWord } from '../../core/text/shell-word.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { LaunchProblem } from '../../runner/ports/face-ports.ts';
import type { Cli } from './command-ports.ts';

/** A command that could not be begun: one sentence, and the code for wrong usage or configuration. */
export function refuseUsage(cli: Cli, sentence: string): number {
  cli.output.talk(sentence);
  return exitCodes.usage;
}

export function refuseRegistry(cli: Cli, error: RegistryError): number {
  cli.output.talk(cli.words.failures.registryError(error));
  const [id, ...others] = error.kind === 'namespace-missing' ? (error.bearers ?? []) : [];
  if (id !== undefined && others.length === 0)
    cli.output.talk(cli.words.cli.worksSo(inNamespace(cli.input.argv, id)));
  return exitCodeOfError(error.kind);
}

/** The command as it was typed. */
export function typedAgain(argv: readonly string[]): string {
  return `${program} ${argv.map(shellWord).join(' ')}`;
}

/** The command as it was typed, in another namespace. */
function inNamespace(argv: readonly string[], id: string): string {
  const flag = '--namespace';
  const words = argv.map((word, at) => {
    if (word.startsWith(`${flag}=`)) return `${flag}=${id}`;
    return argv[at - 1] === flag ? id : word;
  });
  const isTyped = words.some((word) => word === flag || word.startsWith(`${flag}=`));
  return typedAgain([...words, ...(isTyped ? [] : [flag, id])]);
}

/** `isJson`: says it on standard output too, as a review that refuses does. */
export function refuseLaunch(cli: Cli, problem: LaunchProblem, isJson = false): number {
  // The sentence ends with the command that goes on, which asks whoever is at a terminal.
  const yes = problem.kind === 'no-runner' && !cli.input.isTerminal ? ' --yes' : '';
  const sentence = `${cli.words.failures.launchProblem(problem)}${yes}`;
  const exitCode = codeOfLaunch(problem);
  return refuseAs(cli, { problem, sentence, exitCode }, isJson);
}

/** Why nothing comes of a command, as a record of standard output has it. */
type Refusal = {
  readonly problem: { readonly kind: string };
  readonly sentence: string;
  readonly exitCode: number;
};

export function refuseAs(cli: Cli, { problem, sentence, exitCode }: Refusal, isJson: boolean): number {
  cli.output.talk(sentence);
  if (isJson)
    cli.output.json({ type: 'refused', exitCode, findings: [{ level: 'refused', ...problem, sentence }] });
  return exitCode;
}

function codeOfLaunch(problem: LaunchProblem): number {
  switch (problem.kind) {
    case 'locked':
    case 'journal-held':
      return exitCodes.locked;
    case 'no-such-rollout':
    case 'no-runner':
    case 'still-running':
    case 'elsewhere':
    case 'already-ended':
    case 'decision-refused':
    case 'not-at-gate':
    case 'password-needed':
    case 'no-home':
    case 'unreadable-state':
    case 'not-ours':
    case 'cannot-write':
    case 'unreadable-journal':
    case 'newer-journal':
      return exitCodes.usage;
    case 'runner-failed':
    case 'runner-crashed':
    case 'unreadable-runner':
      return exitCodes.crashed;
  }
}
