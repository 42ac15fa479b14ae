import type { Performance } from './simulated-commands.ts';
import { type Process, restart } from './simulated-processes.ts';
import type { SimulatedWorld } from './simulated-world.ts';
import type { Random } from '../scenario/random.ts';
import { type Scenario, firstWeight } from '../scenario/scenario.ts';

/** What a deploy command does to the process of its target: a restart, or something less. */
export function performDeploy(
  random: Random,
  { wildness, isMoving, isRespelling }: Scenario,
  process: Process,
  { clock, truth }: SimulatedWorld,
): Performance {
  const isWild = random.chance(0.2 + wildness * 0.3);
  const plan = {
    awayMs: random.pick([300, 1000, 5000, 20_000, 90_000]),
    weight: random.chance(0.2) ? 9 : firstWeight,
    wellAfterMs: isWild && random.chance(0.2) ? undefined : random.int(0, 15_000),
    isComingBack: !(isWild && random.chance(0.2)),
    isMoving,
    isRespelling,
  };
  const isIdle = isWild && random.chance(0.2);
  return {
    delayMs: random.int(1, 50),
    lastsMs: isWild && random.chance(0.2) ? undefined : random.int(100, 15_000),
    code: isWild && random.chance(0.4) ? 1 : 0,
    isLost: isWild && random.chance(0.1),
    act: () => {
      if (!isIdle) void restart(clock, truth, process, plan);
    },
  };
}
