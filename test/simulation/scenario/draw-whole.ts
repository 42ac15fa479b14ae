import { withBatches, withDrainAhead } from './batches.ts';
import { withCallers } from './callers.ts';
import { withCrowds } from './crowds.ts';
import { withOccasions } from './commands/occasions.ts';
import { withGates } from './commands/gates.ts';
import { withHooks } from './commands/hooks.ts';
import { withNewInterfaces } from './interfaces.ts';
import { type Random, seededRandom } from './random.ts';
import { type Scenario, drawScenario } from './scenario.ts';
import { withRollBacks } from './roll-backs.ts';
import { withSoaks } from './soaks.ts';
import { withSpellings } from './spellings.ts';
import { withTwins } from './twins.ts';
import { withUnreadable } from './unreadable.ts';
import { withWarmUps } from './warm-ups.ts';

/** A scenario with all that may come to it, each by a chance of its own: a kept seed stays the run that it was. */
export function drawWhole(seed: number, random: Random): Scenario {
  const batched = withBatches(drawScenario(random), seededRandom(seed ^ 0x52a7_c0e9));
  const crowded = withCrowds(batched, seededRandom(seed ^ 0x1c6e_f372));
  const drawn = withSpellings(crowded, seededRandom(seed ^ 0x5f37_59df));
  const twinned = withTwins(drawn, seededRandom(seed ^ 0x1b87_3593));
  const varied = withNewInterfaces(twinned, seededRandom(seed ^ 0x6b2e_a1d7));
  const called = withCallers(varied, seededRandom(seed ^ 0x64c9_01d7));
  const soaked = withSoaks(called, seededRandom(seed ^ 0x3d4a_91e5));
  const warmed = withWarmUps(soaked, seededRandom(seed ^ 0x4f1b_6d23));
  const hooked = withHooks(warmed, seededRandom(seed ^ 0x38c2_b6f1));
  const hasty = withDrainAhead(hooked, seededRandom(seed ^ 0x35d1_7e4b));
  const read = withUnreadable(hasty, seededRandom(seed ^ 0x2f61_3c9b));
  const gated = withGates(read, seededRandom(seed ^ 0x0c3f_77a1));
  const limited = withLimits(gated, seededRandom(seed ^ 0x37d2_e81b));
  const told = withOccasions(limited, seededRandom(seed ^ 0x4c75_1ae9));
  return withRollBacks(told, seededRandom(seed ^ 0x29c8_e5d3));
}

/** In some runs the plan says how many may fail, or when nothing new begins any more. Drawn apart from the rest. */
function withLimits(scenario: Scenario, random: Random): Scenario {
  const { plan } = scenario;
  const hasMost = random.chance(0.2);
  const hasDeadline = random.chance(0.2);
  const maxFailures = random.int(0, 2);
  const afterMs = random.pick([1, 5000, 30_000, 90_000, 300_000]);
  return {
    ...scenario,
    plan: {
      ...plan,
      ...(hasMost && { onFailure: 'continue', maxFailures }),
      ...(hasDeadline && { deadline: { afterMs } }),
    },
  };
}
