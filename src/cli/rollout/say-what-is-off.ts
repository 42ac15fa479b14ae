import { reachedGate } from '../../core/rollout/gate-state.ts';
import { companionsMax } from '../../core/planning/companion-notes.ts';
import { enableCommands } from '../../core/registry/enable-command.ts';
import { registrationsLowered, registrationsOff } from '../../core/report/left-off.ts';
import { type Rollout, offByUs } from '../../core/rollout/rollout.ts';
import { isTakenOff } from '../../core/rollout/target-state.ts';
import { neededFlags } from '../../profiles/needed-flags.ts';
import type { Cli, CommandPorts } from '../io/command-ports.ts';
import { ownedName } from './event-line.ts';

/** Names what is off because of us, and the command that goes on where there is something to go on with. */
export function sayWhatIsOff(cli: Cli, ports: Pick<CommandPorts, 'profiles'>, rollout: Rollout): void {
  const { output, words, input } = cli;
  const say = words.cli;
  const names = offByUs(rollout).map((one) => ownedName(rollout, one));
  if (names.length > 0) output.talk(say.stillOff(names));
  const lowered = registrationsLowered(rollout).map(({ owned, weight, full }) =>
    say.weightOf(ownedName(rollout, owned), weight, full),
  );
  if (lowered.length > 0) output.talk(say.stillLowered(lowered));
  if (rollout.ended !== undefined && rollout.planned.world === 'real')
    output.talk(...enableLines(cli, ports, rollout));
  // Of a runner that went without a word this was said.
  if (rollout.rested === undefined || rollout.ended !== undefined || rollout.planned.world === 'rehearsal')
    return;
  const gate = reachedGate(rollout);
  if (gate !== undefined) output.talk(words.gates.waitsFor(gate), words.gates.passWith(rollout.id));
  if (gate?.phase === 'asking') return;
  const { why } = rollout.rested;
  const toDo = rollout.targets.filter(({ phase }) => phase === 'waiting').map(({ name }) => name);
  if (why === 'deadline') output.talk(say.toDo(toDo));
  const open = input.isTerminal ? [] : rollout.targets.filter(isForPersons);
  if (open.length === 0) return output.talk(say.carryOn(rollout.id, input.isTerminal));
  output.talk(...open.map(({ name }) => say.decideAndCarryOn(rollout.id, name)));
}

/** Nothing carries it on any more: each is put on by itself. */
function enableLines(
  { words, input }: Cli,
  { profiles }: Pick<CommandPorts, 'profiles'>,
  rollout: Rollout,
): readonly string[] {
  const off = registrationsOff(rollout);
  const flags = neededFlags(rollout.planned.reached, input.env, profiles);
  const more = off.length - companionsMax;
  return [
    ...enableCommands(off, flags)
      .slice(0, companionsMax)
      .map(({ command }) => words.cli.onAgain(command)),
    ...(more > 0 ? [words.cli.moreOffWith(more)] : []),
  ];
}

/** `resume --yes` runs a step again; of these nobody knows whether that is right, or it fails for as long as it is off. */
function isForPersons(target: Rollout['targets'][number]): boolean {
  const why = target.failure?.why.kind;
  const isAsked = why === 'wanted-on' || why === 'deploy-unknown' || isTakenOff(target);
  return target.phase === 'stuck' && isAsked;
}
