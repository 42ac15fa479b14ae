import { gateNamed } from '../../core/rollout/gate-state.ts';
import type { Context } from '../context/context.ts';
import { runGateCommand } from './gate-command.ts';
import { soakAtGate } from './gate-soak.ts';

/** Carries out one attempt to pass a gate: it comes back when there is an outcome, or a person is asked for one. */
export async function standAtGate(
  context: Context,
  name: string,
  attempt: number,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = context.world;
  const { gate } = gateNamed(context.rollout(), name);
  const { place, kind } = gate;
  if (gate.kind === 'command') return runGateCommand(context, gate, attempt, signal);
  const reached = { type: 'gate-reached', gate: name, place, attempt, kind } as const;
  const passed = { type: 'gate-passed', gate: name, place, attempt } as const;
  switch (gate.kind) {
    case 'person':
      context.record({ ...reached, text: gate.text });
      if (context.world.hasNobody === true) context.record({ ...passed, by: 'nobody' });
      return;
    case 'time': {
      context.record({ ...reached, totalMs: gate.ms });
      await clock.sleep(gate.ms, signal);
      if (!signal.aborted) context.record({ ...passed, ms: gate.ms });
      return;
    }
    case 'soak':
      context.record({ ...reached, totalMs: gate.ms });
      return soakAtGate(context, gate, attempt, signal);
  }
}
