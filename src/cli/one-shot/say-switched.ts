import type { Failure } from '../../core/event/failure.ts';
import { foundText } from '../../core/plan/companion-rules.ts';
import { type Target, mainRegistration } from '../../core/plan/plan.ts';
import { companionsMax } from '../../core/planning/companion-notes.ts';
import { enableCommands } from '../../core/registry/enable-command.ts';
import { endpointText, isSameService } from '../../core/registry/service.ts';
import { exitCodeOfFailure, exitCodes } from '../../core/rollout/outcome.ts';
import { neededFlags } from '../../profiles/needed-flags.ts';
import type { SwitchOutcome } from '../../runner/once/switch-request.ts';
import type { Cli } from '../io/command-ports.ts';
import type { Reached } from '../io/connect.ts';
import { typedAgain } from '../io/exit.ts';
import type { Awaited } from './await-good.ts';
import type { Renewal, WhenOff } from './since-off.ts';
import type { Wish } from './wish.ts';

/** What is not put on is off still, and is put on by the same command once it is well. */
export function sayNotGood(
  cli: Cli,
  target: Target,
  { withinMs }: Wish,
  awaited: Exclude<Awaited, { kind: 'good' }>,
  whenOff: WhenOff | undefined,
): number {
  const { words, output } = cli;
  const { name } = target;
  if (awaited.kind === 'not-restarted')
    output.talk(words.cli.stillTheSame(name, withinMs, awaited.renewal, whenOff !== undefined));
  else {
    const failure = { kind: 'check', reading: awaited.reading, afterMs: withinMs } as const;
    output.talk(words.cli.switchFailed(name, words.failures.failure(failure)));
  }
  sayStillOff(cli, target);
  return exitCodes.someOff;
}

function sayStillOff({ words, output, input }: Cli, { name, registrations }: Target): void {
  if (registrations.some(({ wasEnabled }) => !wasEnabled))
    output.talk(words.cli.onceWell(name, typedAgain(input.argv)));
}

/** A deploy that came back before its restart is told of; a process that puts itself on is not asked for another one. */
export function sayRenewal(
  { words, output }: Cli,
  { name }: Target,
  { isSelf }: Wish,
  renewal: Renewal | 'away',
  { at }: WhenOff,
): void {
  if (renewal === 'same-process') output.talk(words.cli.sameProcess(name, at));
  if (renewal === 'unknown' && !isSelf) output.talk(words.cli.restartUnseen(name, at));
}

/** How one target was switched, or why not; the exit code of that. */
export function sayOutcome(
  cli: Cli,
  reached: Reached,
  outcome: SwitchOutcome,
  target: Target,
  { enabled, wasCalledBack }: Wish,
): number {
  const { words, output } = cli;
  if (outcome.ok) {
    const how = !enabled && target.leave?.isInstead === true ? 'left' : enabled ? 'on' : 'off';
    output.talk(
      outcome.wasAlready
        ? enabled && wasCalledBack
          ? words.cli.cameBack(target.name)
          : words.cli.alreadySo(target.name, enabled)
        : words.cli.switched(target.name, how, outcome.ms),
      ...target.registrations
        .filter((one) => one !== mainRegistration(target))
        .map((one) => words.cli.switchedWith(foundText(one))),
    );
    return exitCodes.done;
  }
  const { failure } = outcome;
  output.talk(words.cli.switchFailed(target.name, words.failures.failure(failure)));
  sayWays(cli, failure, target);
  if (enabled) sayStillOff(cli, target);
  if (outcome.mayBeOff.length > 0) {
    output.talk(words.cli.stillOff(outcome.mayBeOff), ...enableLines(cli, reached, target));
    return exitCodes.someOff;
  }
  if (outcome.hasWritten) return enabled ? exitCodes.someOff : exitCodes.failed;
  return exitCodeOfFailure(outcome.failure);
}

/** Of several ports that are one target, one may go where all may not. */
function sayWays({ words, output }: Cli, failure: Failure, { name, registrations }: Target): void {
  const services = overridable(failure);
  const [main] = registrations;
  const ports = registrations.filter((one) => main && isSameService(one, main)).map(endpointText);
  const isSeveral = services.length > 0 && ports.length > 1;
  if (isSeveral) output.talk(words.cli.oneOfPorts(name, ports));
  for (const service of services)
    output.talk(isSeveral ? words.cli.overrideAll(ports.length, service) : words.cli.overrideWith(service));
}

/** How each registration of it is put on again. */
export function enableLines(
  { words, input }: Cli,
  { connected, ports }: Reached,
  { registrations }: Target,
): readonly string[] {
  const flags = neededFlags(connected.reached, input.env, ports.profiles);
  const commands = enableCommands(registrations, flags).slice(0, companionsMax);
  return commands.map(({ command }) => words.cli.onAgain(command));
}

/** The services that an override would let pass, each once. */
function overridable(failure: Failure): readonly string[] {
  if (failure.kind !== 'refused') return [];
  const services = failure.refusals.flatMap((refusal) =>
    refusal.kind === 'last-one' || refusal.kind === 'below-minimum' || refusal.kind === 'below-zone-minimum'
      ? [refusal.service]
      : [],
  );
  return [...new Set(services)];
}
