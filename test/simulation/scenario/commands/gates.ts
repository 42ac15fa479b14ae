import type { Gate } from '../../../../src/core/gate/gate.ts';
import { reachedGate } from '../../../../src/core/rollout/gate-state.ts';
import type { Order } from '../../../../src/runner/ports/protocol.ts';
import { type Life, survive } from '../../runner-life.ts';
import type { Performance } from '../../world/simulated-commands.ts';
import type { Random } from '../random.ts';
import type { Scenario } from '../scenario.ts';

const place = { side: 'before', of: 'batch' } as const;

/** In some runs gates of each kind stand between the batches. Drawn apart, so that a kept seed stays the run that it was. */
export function withGates(scenario: Scenario, random: Random): Scenario {
  if (!random.chance(0.3)) return scenario;
  const last = Math.max(...scenario.plan.targets.map(({ batch }) => batch)) + 1;
  const batches = Array.from({ length: random.int(1, 4) }, () => random.int(0, last)).sort((a, b) => a - b);
  const gates = batches.map((batch, at) => drawGate(random, { name: String(at + 1), batch, place }));
  return { ...scenario, plan: { ...scenario.plan, gates } };
}

function drawGate(random: Random, common: Pick<Gate, 'name' | 'batch' | 'place'>): Gate {
  const failure = random.pick([{}, { onFailure: 'stop' as const }, { onFailure: 'continue' as const }]);
  const ms = random.pick([2000, 20_000, 60_000]);
  const tries = random.chance(0.4) ? { retries: random.int(1, 2), waitMs: random.pick([100, 5000]) } : {};
  const command = { run: './gate.sh', timeoutMs: random.pick([5000, 30_000]), ...tries };
  return random.pick<Gate>([
    { kind: 'person', ...common, text: 'look' },
    { kind: 'time', ...common, ms },
    { kind: 'command', ...common, command, ...failure },
    { kind: 'soak', ...common, ms, ...failure },
  ]);
}

/** What the command of a gate does: it touches nothing of ours. */
export function gatePerformance(random: Random): Performance {
  return {
    delayMs: random.int(1, 50),
    lastsMs: random.chance(0.1) ? undefined : random.int(100, 15_000),
    code: random.chance(0.3) ? 1 : 0,
    isLost: random.chance(0.1),
    act: () => undefined,
  };
}

/** So often in one run a gate is tried again, and then they let it go on. */
const patience = 6;

/** Who says that it goes on, where it stands at a gate: called every few seconds while a runner lives. */
export function createGatekeepers(random: Random, isAttended: boolean, say: (what: string) => void) {
  let left = patience;
  return (life: Life): void => {
    const state = reachedGate(life.runner.rollout());
    if (state === undefined || !random.chance(isAttended ? 0.4 : 0.03)) return;
    const isOpen = state.phase === 'asking' || state.phase === 'stuck';
    if (!isOpen && !random.chance(0.1)) return;
    const isTriedAgain = state.phase === 'stuck' && left-- > 0 && random.chance(0.6);
    const order: Order = { type: isTriedAgain ? 'retry-gate' : 'pass-gate', gate: state.gate.name };
    survive(() => {
      const refused = life.runner.submit(order, 'gatekeeper@here');
      say(`gatekeeper: ${JSON.stringify(order)}${refused === undefined ? '' : ` refused: ${refused}`}`);
    });
  };
}
