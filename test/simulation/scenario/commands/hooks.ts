import { type HookStep, hookKeys, hookSteps, isHookStep } from '../../../../src/core/hooks/hook-step.ts';
import type { Hook } from '../../../../src/core/hooks/hook.ts';
import type { CommandOrder } from '../../../../src/world/world.ts';
import type { Performance } from '../../world/simulated-commands.ts';
import type { Random } from '../random.ts';
import type { Scenario } from '../scenario.ts';

/** In some runs commands run around targets, and in some a deploy is tried again by itself. Drawn apart, as soaks are. */
export function withHooks(scenario: Scenario, random: Random): Scenario {
  const tries = random.chance(0.25) ? drawTries(random) : {};
  const hooks = random.chance(0.3) ? drawHooks(random) : {};
  const targets = scenario.plan.targets.map((target) => {
    const isHooked = Object.keys(hooks).length > 0 && random.chance(0.8);
    return { ...target, deploy: { ...target.deploy, ...tries }, ...(isHooked && { hooks }) };
  });
  return { ...scenario, plan: { ...scenario.plan, targets } };
}

export function drawTries(random: Random): { readonly retries?: number; readonly waitMs?: number } {
  return random.chance(0.5) ? { retries: random.int(1, 2), waitMs: random.pick([0, 1000, 20_000]) } : {};
}

function drawHooks(random: Random): Partial<Record<(typeof hookKeys)[HookStep], Hook>> {
  const drawn = hookSteps.flatMap((step): readonly (readonly [string, Hook])[] => {
    if (!random.chance(0.6)) return [];
    const onFailure = random.pick(['ask', 'ask', 'continue', 'stop'] as const);
    const timeoutMs = random.pick([5000, 20_000]);
    return [[hookKeys[step], { run: './hook.sh', timeoutMs, onFailure, ...drawTries(random) }]];
  });
  return Object.fromEntries(drawn);
}

/** When the command of an order runs. */
export function hookStepOf({ environment }: CommandOrder): HookStep | undefined {
  const step = environment['NACOS_ROLLOUT_STEP'] ?? '';
  return isHookStep(step) ? step : undefined;
}

/** What a hook does is nothing to its target; it may fail, hang, or be lost. */
export function performHook(random: Random, wildness: number): Performance {
  const isWild = random.chance(0.1 + wildness * 0.3);
  return {
    delayMs: random.int(1, 50),
    lastsMs: isWild && random.chance(0.3) ? undefined : random.int(10, 8000),
    code: isWild && random.chance(0.5) ? 1 : 0,
    isLost: isWild && random.chance(0.1),
    act: () => undefined,
  };
}
