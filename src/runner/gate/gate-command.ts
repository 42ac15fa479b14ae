import { join } from 'node:path';
import { gateEnvironment } from '../../core/command/gate-environment.ts';
import type { GateOf } from '../../core/gate/gate.ts';
import { defaultWaitMs } from '../../core/hooks/command.ts';
import type { CommandResult } from '../../core/event/failure.ts';
import { type GateState, gateNamed, hasRunningCommand } from '../../core/rollout/gate-state.ts';
import { planOf } from '../../core/rollout/rollout.ts';
import { commandText } from '../../core/text/command-text.ts';
import { type CommandOrder, ranForMs } from '../../world/world.ts';
import type { Context } from '../context/context.ts';

/** Runs the command of a gate once. After a crash its directory tells whether it began, still runs, or how it ended. */
export async function runGateCommand(
  context: Context,
  gate: GateOf<'command'>,
  attempt: number,
  signal: AbortSignal,
): Promise<void> {
  const { clock, commands } = context.world;
  const { name, place, command, kind } = gate;
  const state = gateNamed(context.rollout(), name);
  const isOurs = hasRunningCommand(state);
  if (!isOurs && state.againInMs !== undefined) await clock.sleep(state.againInMs, signal);
  if (signal.aborted) return;
  const began = clock.monotonic();
  const directory = (isOurs ? state.command?.directory : undefined) ?? directoryOf(context, name, attempt);
  const order = gateOrder(context, gate, attempt, directory);
  if (!isOurs)
    context.record({
      type: 'gate-reached',
      gate: name,
      place,
      attempt,
      kind,
      command: commandText(command),
      totalMs: command.timeoutMs,
      directory,
    });
  const result = isOurs ? await commands.recover(order, signal) : await commands.run(order, signal);
  const { reachedAt: beganAt } = state;
  const earlier = isOurs ? ranForMs(context.world, order, { result, beganAt }) : undefined;
  const told = { gate: name, place, attempt, ms: earlier ?? Math.round(clock.monotonic() - began) };
  if (result.kind === 'exited' && result.code === 0) return context.record({ type: 'gate-passed', ...told });
  const againInMs = againAfter(result, gate, state);
  const again = againInMs === undefined ? {} : { againInMs };
  context.record({ type: 'gate-failed', ...told, why: { kind: 'command', result }, ...again });
}

/** What ran to a bad end may be tried again by itself; whether one that left no outcome did its work is for a person to say. */
function againAfter(
  result: CommandResult,
  { command: { retries = 0, waitMs = defaultWaitMs } }: GateOf<'command'>,
  { retried }: GateState,
): number | undefined {
  if (result.kind === 'never-began') return 0;
  if (result.kind === 'killed' || result.kind === 'lost') return undefined;
  return retried < retries ? waitMs : undefined;
}

function directoryOf(context: Context, name: string, attempt: number): string {
  const index = context.rollout().gates.findIndex(({ gate }) => gate.name === name);
  return join('gate', `${index + 1}-${attempt}`);
}

function gateOrder(
  context: Context,
  gate: GateOf<'command'>,
  attempt: number,
  directory: string,
): CommandOrder {
  const rollout = context.rollout();
  return {
    directory: join(context.directory, directory),
    command: gate.command,
    workingDirectory: rollout.planned.workingDirectory,
    environment: gateEnvironment({
      rollout: rollout.id,
      profile: rollout.planned.reached.profile,
      targets: planOf(rollout).targets,
      gate,
      attempt,
    }),
  };
}
