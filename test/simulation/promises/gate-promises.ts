import type { Gate } from '../../../src/core/gate/gate.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import type { Event } from '../../../src/core/event/event.ts';
import type { SimulatedWorld } from '../world/simulated-world.ts';

/** No target goes off before what stands before it was passed, and nothing is passed that was not good or let go on. */
export function createGatePromises(plan: Plan, broken: (what: string) => void) {
  const gates = plan.gates ?? [];
  const passed = new Set<string>();
  const failed = new Set<string>();
  const goneOff = new Set<number>();
  const reachedMs = new Map<string, number>();
  const directories = new Map<string, string>();
  const gateNamed = (name: string): Gate => {
    const found = gates.find((gate) => gate.name === name);
    if (found === undefined) throw new Error(`there is no gate ${name}`);
    return found;
  };
  let isAttended = false;

  const isEarned = (gate: Gate, place: SimulatedWorld): boolean => {
    switch (gate.kind) {
      case 'person':
        return false;
      case 'time':
      case 'soak':
        return place.clock.monotonic() - (reachedMs.get(gate.name) ?? Infinity) >= gate.ms;
      case 'command':
        return place.commands.codeOf(directories.get(gate.name) ?? '') === 0;
    }
  };
  const mayBeLet = (gate: Gate): boolean => {
    const isLetGo = 'onFailure' in gate && gate.onFailure === 'continue';
    return !isAttended && failed.has(gate.name) && isLetGo;
  };

  return {
    wentOff: (target: string): void => {
      const batch = plan.targets.find(({ name }) => name === target)?.batch ?? 0;
      goneOff.add(batch);
      const closed = gates.find((gate) => gate.batch <= batch && !passed.has(gate.name));
      if (closed !== undefined) broken(`${target} went off before gate ${closed.name} was passed`);
    },
    heard: (event: Event, place: SimulatedWorld, isPausedByPerson: boolean): void => {
      if (event.type === 'runner-started') ({ isAttended } = event);
      if (event.type === 'gate-failed') failed.add(event.gate);
      if (event.type === 'gate-reached') {
        const { gate, directory } = event;
        const { batch } = gateNamed(gate);
        if (isPausedByPerson) broken(`gate ${gate} was reached although a person paused`);
        if ([...goneOff].some((one) => one >= batch))
          broken(`gate ${gate} was reached with targets beyond it off`);
        reachedMs.set(gate, place.clock.monotonic());
        if (directory !== undefined) directories.set(gate, `/state/${directory}`);
      }
      if (event.type !== 'gate-passed') return;
      const gate = gateNamed(event.gate);
      if (event.by === undefined ? !isEarned(gate, place) : event.by === 'nobody' && !mayBeLet(gate))
        broken(`gate ${gate.name} was passed, and nobody and nothing let it`);
      passed.add(gate.name);
    },
  };
}
