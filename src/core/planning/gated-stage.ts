import type { GatedPlan } from '../gate/compile-gates.ts';
import { type FileGate, gatePlace, gateSaying } from '../gate/gate-file.ts';
import type { PlanNote } from '../plan/plan-problem.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { Target } from '../plan/plan.ts';
import type { Unbatched } from './in-batches.ts';

/** Between what of a stage gates may stand: its services, those of `made` in their order, and their batches. */
export function gatedStage(
  name: string,
  stage: PlanFile['stages'][number],
  made: readonly Unbatched[],
  targets: readonly Target[],
): GatedPlan['stages'][number] {
  const { gates, services, ...command } = stage;
  const batchOf = new Map(targets.map(({ registrations, batch }) => [registrations, batch]));
  const isCommand = command.run !== undefined || command.argv !== undefined;
  return {
    name,
    gates,
    command: isCommand ? command : undefined,
    services: services.map((entry, at) => {
      const batches = (made[at]?.targets ?? []).flatMap(
        ({ registrations }) => batchOf.get(registrations) ?? [],
      );
      const inOrder = [...new Set(batches)].sort((a, b) => a - b);
      return { name: entry.service, gates: entry.gates, batches: inOrder };
    }),
  };
}

/** Of a gate that never comes. */
export function gateNote(gate: FileGate): PlanNote {
  return { kind: 'gate-idle', place: gatePlace(gate), what: gate.name ?? gateSaying(gate) };
}
