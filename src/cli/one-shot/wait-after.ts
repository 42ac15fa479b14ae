import { exitCodes } from '../../core/rollout/outcome.ts';
import type { Plan, Target } from '../../core/plan/plan.ts';
import type { Cli } from '../io/command-ports.ts';
import type { Reached } from '../io/connect.ts';
import { typedAgain } from '../io/exit.ts';
import { enableLines } from './say-switched.ts';
import { sayShortWait } from './short-wait.ts';
import { whyNotOff } from './why-not-off.ts';
import type { Wish } from './wish.ts';

/** Waits for consumers to notice, and says of each target whether it is still as it was left. */
export async function waitAfter(
  cli: Cli,
  reached: Reached,
  plan: Plan,
  { enabled, waitMs, signal }: Wish,
): Promise<number> {
  const { words, output } = cli;
  if (waitMs === 0) return exitCodes.done;
  output.talk(words.cli.waiting(waitMs));
  const { clock } = reached.ports;
  const began = clock.monotonic();
  if (!enabled) await sayShortWait(cli, reached, plan, waitMs);
  await clock.sleep(Math.max(0, waitMs - (clock.monotonic() - began)), signal);
  let code: number = exitCodes.done;
  for (const target of plan.targets) {
    const doubt = enabled ? undefined : await whyNotOff(reached, target, signal);
    if (doubt === 'on') output.talk(words.cli.putOnMeanwhile(target.name));
    else if (doubt !== undefined)
      output.talk(words.cli.switchFailed(target.name, words.failures.failure(doubt)));
    else if (!signal.aborted)
      output.talk(words.cli.waited(target.name, enabled ? 'on' : howOff(target), waitMs));
    if (doubt !== undefined && code !== exitCodes.someOff)
      code = doubt === 'on' ? exitCodes.failed : exitCodes.someOff;
  }
  if (!signal.aborted) return code;
  // A script that goes on now would restart what is still being called.
  output.talk(words.cli.waitCutShort);
  if (!enabled)
    for (const target of plan.targets)
      output.talk(
        words.cli.offUnwaited(target.name, howOff(target), typedAgain(cli.input.argv)),
        ...(howOff(target) === 'off' ? enableLines(cli, reached, target) : []),
      );
  return enabled ? exitCodes.interrupted : exitCodes.someOff;
}

/** One that left by itself is not registered any more, and no write puts it on. */
function howOff({ leave }: Target): 'off' | 'left' {
  return leave?.isInstead === true ? 'left' : 'off';
}
