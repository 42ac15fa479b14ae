import type { Gate } from '../gate/gate.ts';
import { mainRegistration } from '../plan/plan.ts';
import type { CommandPlace } from './command-environment.ts';

export type GateCommandPlace = Omit<CommandPlace, 'target' | 'step'> & { readonly gate: Gate };

/** What the command of a gate is told by its environment: where it stands, and no instance. */
export function gateEnvironment({
  rollout,
  profile,
  targets: [first],
  gate: { name, place },
  attempt,
}: GateCommandPlace): Readonly<Record<string, string>> {
  const { side, of, stage, service, batch } = place;
  return {
    NACOS_ROLLOUT_ID: rollout,
    NACOS_ROLLOUT_STEP: 'gate',
    NACOS_ROLLOUT_ATTEMPT: String(attempt),
    NACOS_ROLLOUT_GATE: name,
    NACOS_ROLLOUT_GATE_AT: `${side} ${of}`,
    ...(stage !== undefined && { NACOS_ROLLOUT_STAGE: stage }),
    ...(service !== undefined && { NACOS_ROLLOUT_SERVICE: service }),
    ...(batch !== undefined && { NACOS_ROLLOUT_BATCH: String(batch) }),
    ...(first !== undefined && { NACOS_ROLLOUT_NAMESPACE: mainRegistration(first).namespace }),
    ...(profile !== undefined && { NACOS_ROLLOUT_PROFILE: profile }),
  };
}
