import { join } from 'node:path';
import { occasionEnvironment } from '../../core/command/occasion-environment.ts';
import type { FactOf } from '../../core/event/event.ts';
import type { CommandResult } from '../../core/event/failure.ts';
import type { Command } from '../../core/hooks/command.ts';
import type { OccasionKey } from '../../core/hooks/occasion-key.ts';
import { type Notice, occasionKeyOf } from '../../core/report/due-notices.ts';
import { isLastTry, occasionTries } from '../../core/report/occasion-tries.ts';
import { mainRegistration } from '../../core/plan/plan.ts';
import { planOf, targetOf } from '../../core/rollout/rollout.ts';
import { commandText } from '../../core/text/command-text.ts';
import { type CommandOrder, type World, ranForMs } from '../../world/world.ts';
import type { Runner } from '../engine/runner.ts';

/**
 * Runs the commands of the plan that belong to what happens, beside the rollout, which waits for none of them; those of
 * one kind one after the other. `before`: what stands in the journal. Each runs as often as the plan says, however many
 * runners die meanwhile: the next one finds out how it ended. `directory` is the rollout's.
 */
export function runOccasions(
  runner: Pick<Runner, 'rollout' | 'record' | 'follow' | 'isBroken'>,
  { commands, clock }: Pick<World, 'commands' | 'clock'>,
  directory: string,
  before: readonly Notice[],
): { finish(): Promise<void>; stop(): void } {
  const { on } = planOf(runner.rollout());
  if (on === undefined) return { finish: () => Promise.resolve(), stop: () => undefined };
  const stopped = new AbortController();
  const queues = new Map<OccasionKey, Promise<void>>();
  const events = before.map(({ event }) => event);

  const runOnce = async (
    key: OccasionKey,
    notice: Notice,
    command: Command,
    attempt: number,
  ): Promise<CommandResult | undefined> => {
    const place = join('on', `${notice.event.seq}-${key}-${attempt}`);
    const order: CommandOrder = {
      directory: join(directory, place),
      command,
      workingDirectory: runner.rollout().planned.workingDirectory,
      environment: environmentOf(key, notice),
    };
    const about = { on: key, about: notice.event.seq, attempt };
    const begin = before.find(({ event }) => isBeginOf(event, about))?.event;
    if (begin === undefined)
      runner.record({ type: 'occasion-began', ...about, command: commandText(command), directory: place });
    // What cannot be put down is not begun: nobody would know that it ran.
    if (runner.isBroken()) return undefined;
    const [began, { signal }] = [clock.monotonic(), stopped];
    const result = await (begin ? commands.recover(order, signal) : commands.run(order, signal));
    const earlier = begin && ranForMs({ clock, commands }, order, { result, beganAt: begin.at });
    const ms = earlier ?? Math.round(clock.monotonic() - began);
    runner.record({ type: 'occasion-ended', ...about, ms, result });
    return result;
  };

  const run = async (key: OccasionKey, notice: Notice, command: Command): Promise<void> => {
    const { waitMs = 0 } = command;
    let { attempt, result, ranBefore: ran } = occasionTries(key, notice.event.seq, events);
    for (;;) {
      result ??= await runOnce(key, notice, command, attempt);
      if (result === undefined) return;
      if (result.kind !== 'never-began') ran += 1;
      if (isLastTry(command, ran, result) || stopped.signal.aborted) return;
      await clock.sleep(result.kind === 'never-began' ? 0 : waitMs, stopped.signal);
      if (stopped.signal.aborted) return;
      attempt += 1;
      result = undefined;
    }
  };

  const enqueue = (notice: Notice): void => {
    const key = occasionKeyOf(notice);
    const command = key && on[key];
    if (key === undefined || command === undefined) return;
    const turn = (queues.get(key) ?? Promise.resolve()).then(() => run(key, notice, command));
    queues.set(key, turn);
  };
  for (const notice of before) enqueue(notice);
  const unfollow = runner.follow((event) => enqueue({ event, rollout: runner.rollout() }));
  return {
    finish: async () => {
      unfollow();
      // Each has a time limit, and a number of tries.
      await Promise.all(queues.values());
    },
    stop: () => {
      unfollow();
      stopped.abort();
    },
  };
}

function environmentOf(key: OccasionKey, { event, rollout }: Notice): CommandOrder['environment'] {
  return occasionEnvironment(key, {
    rollout: rollout.id,
    profile: rollout.planned.reached.profile,
    event: JSON.stringify(event),
    instance: 'target' in event ? mainRegistration(targetOf(rollout, event.target)) : undefined,
  });
}

type About = Pick<FactOf<'occasion-began'>, 'on' | 'about' | 'attempt'>;

function isBeginOf(event: Notice['event'], { on, about, attempt }: About): boolean {
  return (
    event.type === 'occasion-began' && event.on === on && event.about === about && event.attempt === attempt
  );
}
