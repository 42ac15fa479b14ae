import { reachedAt } from '../../support/reached.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { isSameAddress } from '../../../src/core/registry/address.ts';
import {
  type Plan,
  type Registration,
  type Target,
  callText,
  mainRegistration,
  registrationId,
} from '../../../src/core/plan/plan.ts';
import type { CommandOrder, World } from '../../../src/world/world.ts';
import { type VirtualClock, virtualClock } from '../../support/time/virtual-clock.ts';
import { type GroundTruth, type Slot, createGroundTruth, seenOf } from './ground-truth.ts';
import { type NodeViews, type Trouble, createNodeViews } from './node-views.ts';
import { isBeside } from '../scenario/commands/occasions.ts';
import { leaveBehind } from '../scenario/roll-backs.ts';
import { interfaceAt } from '../scenario/interfaces.ts';
import { type Scenario, firstWeight } from '../scenario/scenario.ts';
import { type CommandHouse, type Performance, simulatedCommands } from './simulated-commands.ts';
import { type Process, metadataOf, start } from './simulated-processes.ts';
import { simulatedRegistry } from './simulated-registry.ts';
import { type WriteWitness } from './registry-trouble.ts';
import { type SimulatedCallers, createCallers } from './simulated-callers.ts';
import { simulatedEvidence } from './simulated-evidence.ts';
import { type Random, seededRandom } from '../scenario/random.ts';
import type { Subscriber } from '../../../src/world/registry.ts';
import { twinWeight } from '../scenario/twins.ts';

export type SimulatedWorld = {
  readonly clock: VirtualClock;
  readonly truth: GroundTruth;
  readonly views: NodeViews;
  readonly commands: CommandHouse;
  readonly world: World;
  /** What applications were asked to do by themselves. */
  readonly calls: readonly string[];
  /** The process of each target, by the target's name. */
  readonly processes: ReadonlyMap<string, Process>;
  readonly bystanders: readonly Process[];
  /** Second registrations of an address, while they are there and after. */
  readonly twins: readonly Slot[];
  readonly callers: SimulatedCallers;
  /** When the registry last failed us. */
  readonly trouble: Trouble;
};

export type Hooks = {
  readonly witness: WriteWitness;
  /** A command begins: of a target, or of a gate. */
  began(target: string | undefined, order: CommandOrder): void;
  /** What keeps a command from being started, where that is known before. */
  obstacle?(order: CommandOrder): string | undefined;
  /** What the pretended command does to its target's process. */
  perform(target: string, process: Process, order: CommandOrder): Performance;
  /** What the command of a gate comes to; absent: it ends well. */
  performGate?(order: CommandOrder): Performance;
  /** The same of one that runs beside the rollout. */
  performBeside?(order: CommandOrder): Performance;
};

const wellDone: Performance = { delayMs: 5, lastsMs: 1000, code: 0, isLost: false, act: () => undefined };

function isOfGate({ environment }: CommandOrder): boolean {
  return environment['NACOS_ROLLOUT_STEP'] === 'gate';
}

const promptSource = { slowMs: 0, failing: 0 };

/** A world for the scenario, with every instance on and well and every list up to date. */
export function simulatedWorld(scenario: Scenario, random: Random, hooks: Hooks): SimulatedWorld {
  const { plan, nodes, weather } = scenario;
  const clock = virtualClock();
  const trouble: Trouble = { lastMs: -1_000_000 };
  const truth = createGroundTruth(clock, random, scenario.remembers);
  const views = createNodeViews(clock, random, truth, nodes, trouble);
  const process = (name: string, slots: readonly Slot[], nextSlots?: readonly Slot[]): Process => {
    const made = { name, slots, nextSlots, version: 1, weight: firstWeight, isAnswering: true };
    start(truth, made);
    return made;
  };
  const processes = new Map(
    plan.targets.map((target) => [
      target.name,
      process(
        target.name,
        target.registrations.map((one) => truth.slotOf(registrationId(one))),
        nextSlotsOf(scenario, target, truth),
      ),
    ]),
  );
  const bystanders = scenario.bystanders.map((ids, index) =>
    process(
      `bystander ${index}`,
      ids.map((id) => truth.slotOf(id)),
    ),
  );
  for (const one of plan.targets.flatMap((target) => target.registrations))
    if (!one.wasEnabled)
      truth.write(
        truth.slotOf(registrationId(one)),
        { enabled: false, weight: firstWeight },
        'person',
        'click',
      );
  for (const { name, registrations } of plan.targets) leaveBehind(registrations, truth, processes.get(name));
  const twins = (scenario.twins ?? []).map(({ id, fromMs, toMs }) => {
    const slot = truth.slotOf(id);
    const come = (): void =>
      truth.register(slot, { weight: twinWeight, metadata: metadataOf(1, slot.id.ip), isHealthy: true });
    if (fromMs === 0) come();
    else clock.after(fromMs, come);
    clock.after(toMs, () => truth.deregister(slot));
    return slot;
  });
  views.showAll();
  for (const { node, fromMs, toMs } of weather.frozen)
    clock.after(fromMs, () => {
      for (const viewer of [views.list(node), views.consumers(node)])
        Object.assign(viewer, { frozenUntilMs: toMs, frozeAtMs: fromMs });
    });
  const targetOf = (order: CommandOrder): string =>
    plan.targets[Number(order.environment['NACOS_ROLLOUT_INDEX']) - 1]?.name ?? '';
  const processOf = (name: string): Process => {
    const found = processes.get(name);
    if (found === undefined) throw new Error(`there is no process of ${name}`);
    return found;
  };
  const commands = simulatedCommands(
    clock,
    (order) => {
      if (isBeside(order)) return hooks.performBeside?.(order) ?? wellDone;
      if (isOfGate(order)) return hooks.performGate?.(order) ?? wellDone;
      return hooks.perform(targetOf(order), processOf(targetOf(order)), order);
    },
    (order) => hooks.began(isOfGate(order) || isBeside(order) ? undefined : targetOf(order), order),
    (order) => hooks.obstacle?.(order),
  );
  const registry = simulatedRegistry({
    clock,
    random,
    truth,
    views,
    nodes,
    weather,
    trouble,
    witness: hooks.witness,
  });
  const callerRandom = seededRandom(scenario.callerSeed ?? 0);
  const callers = createCallers(clock, callerRandom, scenario.callers ?? [], views, (slot) =>
    versionOf(processes, slot),
  );
  callers.begin();
  const evidence = simulatedEvidence(
    clock,
    callerRandom,
    scenario.source ?? promptSource,
    callers,
    (registration) => {
      const called = [...processes.values()].find((each) => isAt(each, registration));
      const slot = called?.slots.find(({ id }) => id.port === registration.port);
      return { slot, isAnswering: called?.isAnswering === true };
    },
  );
  const calls: string[] = [];
  const leave = (slot: Slot): void => {
    const before = seenOf(slot);
    truth.deregister(slot);
    hooks.witness.left(slot, before);
  };
  const world: World = {
    clock,
    registry: {
      ...registry,
      subscribers: async () => ({ ok: true, value: subscribersOf(callers) }),
      consumers: async () => ({ ok: true, value: subscribersOf(callers) }),
    },
    commands,
    evidence,
    call: async ({ purpose, call, registrations }) => {
      calls.push(callText(call));
      const called = [...processes.values()].find((each) => isAt(each, registrations[0]));
      if (called?.isAnswering !== true) return { kind: 'refused', detail: 'refused' };
      if (purpose === 'back') start(truth, called);
      else for (const slot of called.slots) leave(slot);
      return { kind: 'good', ms: 1 };
    },
    probe: async (_check, registration) => {
      const process = [...processes.values()].find((each) => isAt(each, registration));
      return process?.isAnswering === true ? { kind: 'good', ms: 1 } : { kind: 'refused', detail: 'refused' };
    },
  };
  return { clock, truth, views, commands, world, calls, processes, bystanders, twins, callers, trouble };
}

/** What its new version registers, where that is not the same. */
function nextSlotsOf(
  { newInterfaces }: Scenario,
  target: Target,
  truth: GroundTruth,
): readonly Slot[] | undefined {
  if (newInterfaces === undefined) return undefined;
  const main = mainRegistration(target);
  const dropped = interfaceAt(main, 'dropped').service;
  const { hasAdded, hasDropped } = newInterfaces;
  const kept = target.registrations
    .filter(({ service }) => !hasDropped || service !== dropped)
    .map(registrationId);
  return [...kept, ...(hasAdded ? [interfaceAt(main, 'added')] : [])].map((id) => truth.slotOf(id));
}

function versionOf(processes: ReadonlyMap<string, Process>, slot: Slot): number {
  return [...processes.values()].find(({ slots }) => slots.includes(slot))?.version ?? 0;
}

function subscribersOf({ addresses }: SimulatedCallers): readonly Subscriber[] {
  return addresses.map((address) => ({ address, agent: 'Nacos-Java-Client:v2.5.1', app: 'gateway' }));
}

function isAt({ slots }: Process, registration: Registration | undefined): boolean {
  const [slot] = slots;
  return slot !== undefined && registration !== undefined && isSameAddress(slot.id.ip, registration.ip);
}

/** The first line of a journal. */
export function plannedLine(plan: Plan, nodes: readonly string[], isAttended: boolean): string {
  const event: Event = {
    v: 1,
    seq: 0,
    at: '2026-11-21T20:00:00.000Z',
    rollout: 'simulated',
    type: 'rollout-planned',
    plan,
    by: 'someone@here',
    reached: reachedAt(...nodes),
    world: 'real',
    isAttended,
    nodes,
    workingDirectory: '/',
  };
  return `${JSON.stringify(event)}\n`;
}
