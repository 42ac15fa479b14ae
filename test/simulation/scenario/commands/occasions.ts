import { occasionKeys } from '../../../../src/core/hooks/occasion-key.ts';
import type { CommandOrder } from '../../../../src/world/world.ts';
import type { Performance } from '../../world/simulated-commands.ts';
import { drawTries, performHook } from './hooks.ts';
import type { Random } from '../random.ts';
import type { Scenario } from '../scenario.ts';

/** In some runs commands run beside the rollout, when it is paused or stands still, a step fails, or it is over. Drawn apart. */
export function withOccasions(scenario: Scenario, random: Random): Scenario {
  if (!random.chance(0.2)) return scenario;
  const on = Object.fromEntries(
    occasionKeys.flatMap((key) => {
      const command = { run: './beside.sh', timeoutMs: random.pick([5000, 20_000]), ...drawTries(random) };
      return random.chance(0.7) ? [[key, command]] : [];
    }),
  );
  return { ...scenario, plan: { ...scenario.plan, on } };
}

/** Whether it runs beside the rollout. */
export function isBeside({ environment }: CommandOrder): boolean {
  return environment['NACOS_ROLLOUT_ON'] !== undefined;
}

/** It touches nothing of ours; the system may not start it. */
export function performBeside(random: Random, wildness: number): Performance {
  return { ...performHook(random, wildness), isRefused: random.chance(0.02) };
}

/** Of who does what is left beside a rollout that has ended. */
export function drawDeathAtEnd(random: Random): {
  readonly line: 'none' | 'whole';
  readonly atOccasion?: number;
} {
  return { line: random.pick(['none', 'whole'] as const), ...drawDeathBeside(random) };
}

/** How many of its own events a runner lives for, where it dies at one of them. */
export function drawDeathBeside(random: Random): { readonly atOccasion?: number } {
  return random.chance(0.3) ? { atOccasion: random.int(1, 6) } : {};
}
