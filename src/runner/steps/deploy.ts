import { join } from 'node:path';
import { filledCommand } from '../../core/command/command-environment.ts';
import type { Command } from '../../core/hooks/command.ts';
import { type Target, mainRegistration } from '../../core/plan/plan.ts';
import { commandText } from '../../core/text/command-text.ts';
import { changesTo } from '../../core/registry/listing-history.ts';
import { type Instance, instanceKey, serviceKey } from '../../core/registry/service.ts';
import { planOf } from '../../core/rollout/rollout.ts';
import { type CommandOrder, ranForMs } from '../../world/world.ts';
import { environmentOf } from './commands/command-environment.ts';
import type { Reading } from '../../core/event/failure.ts';
import { askAsOurselves } from '../context/call-book.ts';
import type { Context } from '../context/context.ts';
import { isNewBeside, registrationOf, strangersBeside } from '../context/joined-beside.ts';
import { createDeadline } from '../context/deadline.ts';
import { awaitRetry } from './commands/await-retry.ts';
import { lastLook } from './last-look.ts';

/** What cannot be read for longer holds no command up. */
const besideWithinMs = 60_000;
const besideEveryMs = 500;

/** Runs the deploy command once. After a crash its directory tells whether it began, still runs, or how it ended. */
export async function deploy(
  context: Context,
  name: string,
  attempt: number,
  signal: AbortSignal,
): Promise<void> {
  const { clock, commands } = context.world;
  const state = context.state(name);
  const isOurs = state.phase === 'running';
  let began = clock.monotonic();
  const directory = isOurs && state.deploy ? state.deploy.directory : directoryOf(context, name, attempt);
  const order = deployOrder(context, name, attempt, directory);
  if (!isOurs) {
    await awaitRetry(context, name, { step: 'deploy', attempt, command: order.command }, signal);
    if (signal.aborted) return;
    began = clock.monotonic();
    const found = await besideNow(context, name, signal);
    // On and not of the plan, one would be the target's own from now on; off, it is somebody else's, whoever puts it on.
    const strangers = found.filter(({ enabled }) => !enabled).map(instanceKey);
    // An earlier try of the command brought them up.
    const newcomers = found.filter((one) => isNewBeside(context, name, one)).map(registrationOf);
    const before = await valueBefore(context, name, attempt, signal);
    if (signal.aborted) return;
    const looked = await lastLook(context, name, newcomers, signal);
    if (signal.aborted) return;
    if ('why' in looked) {
      const { why } = looked;
      const ms = Math.round(clock.monotonic() - began);
      return context.record({ type: 'step-failed', target: name, step: 'deploy', attempt, ms, why });
    }
    const command = commandText(order.command);
    const { registrations } = context.target(name);
    const services = registrations.map(serviceKey);
    const { appeared, vanished } = changesTo(context.rollout().listings, services, looked.listed);
    context.record({
      type: 'deploy-began',
      target: name,
      attempt,
      command,
      directory,
      appeared,
      ...(vanished.length > 0 && { vanished }),
      ...(strangers.length > 0 && { beside: strangers }),
      ...(before !== undefined && { before }),
    });
  }
  const result = isOurs ? await commands.recover(order, signal) : await commands.run(order, signal);
  const { beganAt } = state.steps.deploy;
  const earlier = isOurs ? ranForMs(context.world, order, { result, beganAt }) : undefined;
  const ms = earlier ?? Math.round(clock.monotonic() - began);
  context.record({ type: 'deploy-ended', target: name, attempt, ms, result });
}

/** What is registered beside it and not of the plan. */
async function besideNow(context: Context, name: string, signal: AbortSignal): Promise<readonly Instance[]> {
  const patience = createDeadline(context, besideWithinMs);
  for (;;) {
    const { found, isWhole } = await strangersBeside(context, name, context.reads.now, signal);
    if (isWhole || signal.aborted || patience.isOver()) return found;
    await context.world.clock.sleep(besideEveryMs, signal);
  }
}

/** Of the process that is to go; on a later attempt it may be the new one that answers. Undefined where it says nothing. */
async function valueBefore(
  context: Context,
  name: string,
  attempt: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  const target = context.target(name);
  const { changed } = target.check;
  if (changed === undefined || attempt > 1 || isRollingBack(context, target)) return undefined;
  const check = { kind: 'registration', successes: 1, withinMs: 0, changed } as const;
  const { calls, world } = context;
  const ask = (): Promise<Reading> => world.probe(check, mainRegistration(target), signal);
  const reading = await (changed.kind === 'url' ? askAsOurselves(calls, name, world.clock, ask) : ask());
  return reading.kind === 'good' ? reading.value : undefined;
}

function directoryOf(context: Context, name: string, attempt: number): string {
  const index = planOf(context.rollout()).targets.findIndex((target) => target.name === name);
  return join('deploy', `${index + 1}-${attempt}`);
}

/** What runs for a target, in a directory of its own below that of the rollout. */
export function deployOrder(
  context: Context,
  name: string,
  attempt: number,
  directory = directoryOf(context, name, attempt),
): CommandOrder {
  const target = context.target(name);
  return {
    directory: join(context.directory, directory),
    command: filledCommand(commandOf(context, target), target),
    workingDirectory: context.rollout().planned.workingDirectory,
    environment: environmentOf(
      context,
      name,
      isRollingBack(context, target) || planOf(context.rollout()).rollsBack !== undefined
        ? 'rollback'
        : 'deploy',
      attempt,
    ),
  };
}

function isRollingBack(context: Context, { name }: Target): boolean {
  return context.state(name).course === 'roll-back';
}

function commandOf(context: Context, target: Target): Command {
  if (!isRollingBack(context, target)) return target.deploy;
  if (target.rollback === undefined) throw new Error(`${target.name} has no rollback command`);
  return target.rollback;
}
