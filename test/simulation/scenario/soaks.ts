import type { Random } from './random.ts';
import type { Scenario } from './scenario.ts';
import type { Process } from '../world/simulated-processes.ts';

type Later = { after(ms: number, act: () => void): void };

/** In some runs targets are watched once they are on. Drawn apart from the rest, so that a kept seed stays the run that it was. */
export function withSoaks(scenario: Scenario, random: Random): Scenario {
  if (!random.chance(0.25)) return scenario;
  const ms = random.pick([2000, 15_000, 60_000]);
  const targets = scenario.plan.targets.map((target) =>
    random.chance(0.8) ? { ...target, soak: { ms } } : target,
  );
  return { ...scenario, plan: { ...scenario.plan, targets } };
}

/** A new version may turn bad in service, for a moment or for long. */
export function turnsBad(process: Process | undefined, random: Random, clock: Later): void {
  if (process === undefined || !random.chance(0.4)) return;
  const { version } = process;
  const answers = (isAnswering: boolean) => () => {
    if (process.version === version) process.isAnswering = isAnswering;
  };
  const afterMs = random.int(0, 20_000);
  clock.after(afterMs, answers(false));
  if (random.chance(0.7)) clock.after(afterMs + random.pick([500, 3000, 30_000]), answers(true));
}
