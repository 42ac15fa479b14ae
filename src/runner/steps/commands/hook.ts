import { join } from 'node:path';
import { filledCommand } from '../../../core/command/command-environment.ts';
import { type HookStep, hookOf } from '../../../core/hooks/hook-step.ts';
import type { Hook } from '../../../core/hooks/hook.ts';
import { commandText } from '../../../core/text/command-text.ts';
import { planOf } from '../../../core/rollout/rollout.ts';
import { type CommandOrder, ranForMs } from '../../../world/world.ts';
import type { Context } from '../../context/context.ts';
import { awaitRetry } from './await-retry.ts';
import { environmentOf } from './command-environment.ts';
import { untilLetGo } from './let-go.ts';

/** Runs a command of the plan beside a target, once. After a crash its directory tells how it stands, as a deploy's does. */
export async function hook(
  context: Context,
  step: HookStep,
  name: string,
  attempt: number,
  signal: AbortSignal,
): Promise<void> {
  const { clock, commands } = context.world;
  const state = context.state(name);
  const isOurs = state.phase === 'running';
  const rule = ruleOf(context, step, name);
  const directory = isOurs && state.hook ? state.hook.directory : directoryOf(context, step, name, attempt);
  const order = hookOrder(context, step, name, attempt, directory);
  if (!isOurs) {
    await awaitRetry(context, name, { step, attempt, command: order.command }, signal);
    // Who is told that it is off may call it no more: so it must be off.
    if (step === 'after-disable') await untilLetGo(context, name, signal);
    if (signal.aborted) return;
    const command = commandText(order.command);
    context.record({ type: 'hook-began', target: name, step, attempt, command, directory });
  }
  const began = clock.monotonic();
  const result = isOurs ? await commands.recover(order, signal) : await commands.run(order, signal);
  const { beganAt } = state.steps[step];
  const earlier = isOurs ? ranForMs(context.world, order, { result, beganAt }) : undefined;
  const ms = earlier ?? Math.round(clock.monotonic() - began);
  const isGood = result.kind === 'exited' && result.code === 0;
  const noted = !isGood && rule.onFailure === 'continue' ? { mayFail: true as const } : {};
  context.record({ type: 'hook-ended', target: name, step, attempt, ms, result, ...noted });
}

function ruleOf(context: Context, step: HookStep, name: string): Hook {
  const found = hookOf(context.target(name), step);
  if (found === undefined) throw new Error(`${name} has no hook ${step}`);
  return found;
}

function directoryOf(context: Context, step: HookStep, name: string, attempt: number): string {
  const index = planOf(context.rollout()).targets.findIndex((target) => target.name === name);
  return join('hook', `${index + 1}-${step}-${attempt}`);
}

/** What runs for a target, in a directory of its own below that of the rollout. */
export function hookOrder(
  context: Context,
  step: HookStep,
  name: string,
  attempt: number,
  directory = directoryOf(context, step, name, attempt),
): CommandOrder {
  return {
    directory: join(context.directory, directory),
    command: filledCommand(ruleOf(context, step, name), context.target(name)),
    workingDirectory: context.rollout().planned.workingDirectory,
    environment: environmentOf(context, name, step, attempt),
  };
}
