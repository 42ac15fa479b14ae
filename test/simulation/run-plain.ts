import type { HookStep } from '../../src/core/hooks/hook-step.ts';
import { hookStepOf } from './scenario/commands/hooks.ts';
import type { Event, EventType, FactOf } from '../../src/core/event/event.ts';
import type { Rollout } from '../../src/core/rollout/rollout.ts';
import { type JournalDisk, createJournalDisk } from './world/journal-disk.ts';
import { seededRandom } from './scenario/random.ts';
import type { Decided } from '../../src/runner/ports/face-ports.ts';
import type { ConsumersTold } from '../../src/runner/context/consumers-told.ts';
import { type Death, type Life, beginLife, beginWork } from './runner-life.ts';
import { type Scenario, firstWeight, instance, registrationOf } from './scenario/scenario.ts';
import type { Performance } from './world/simulated-commands.ts';
import { type Process, restart } from './world/simulated-processes.ts';
import { type SimulatedWorld, plannedLine, simulatedWorld } from './world/simulated-world.ts';
import { noFaults } from './scenario/faults.ts';

export type PlainRun = {
  readonly place: SimulatedWorld;
  readonly paper: JournalDisk;
  readonly life: Life;
  readonly events: readonly Event[];
  /** The exit code, once the runner has ended; `died` when it was killed. */
  readonly outcome: () => number | 'died' | undefined;
  /** Lets time pass until something is so; fails when it never is. */
  until(isSo: () => boolean, withinMs?: number): Promise<void>;
  /** Lets time pass until the event was recorded. */
  untilEvent<Type extends EventType>(type: Type, count?: number): Promise<FactOf<Type>>;
  untilStuck(): Promise<void>;
  untilStuckOrEnd(): Promise<'stuck' | 'end'>;
  end(): Promise<number | 'died'>;
};

type PlanChange = (plan: Scenario['plan']) => Scenario['plan'];

/** `count` instances of `orders`, one a batch, all of them rolled. */
export function plainScenario(count: number, change: PlanChange = (plan) => plan): Scenario {
  const targets = Array.from({ length: count }, (_, index) => ({
    name: `10.0.0.${index + 1}:8080`,
    stage: '',
    batch: index,
    registrations: [registrationOf(instance('orders', 'DEFAULT_GROUP', index + 1, 8080))],
    drain: { ms: 5000 },
    deploy: { run: './redeploy.sh', timeoutMs: 60_000 },
    check: { kind: 'tcp', isDefault: false, successes: 2, withinMs: 60_000 } as const,
  }));
  const plan = {
    version: 1 as const,
    targets,
    minimums: [{ namespace: 'public', group: 'DEFAULT_GROUP', service: 'orders', minimum: 1 }],
    overrides: [],
    onFailure: 'stop' as const,
    onUnknown: 'ask' as const,
    decideWithinMs: 60_000,
  };
  return {
    plan: change(plan),
    nodes: ['http://node-0', 'http://node-1'],
    remembers: true,
    isAttended: true,
    weather: noFaults,
    // Somebody serves meanwhile, whatever happens to the others.
    bystanders: [[instance('orders', 'DEFAULT_GROUP', 99, 8080)]],
    wildness: 0,
    crashCount: 0,
    isMoving: false,
    isRespelling: false,
  };
}

/** A deploy that restarts the process in three seconds and is well two seconds later. */
function goodDeploy(place: () => SimulatedWorld, process: Process, awayMs = 3000): Performance {
  return {
    delayMs: 5,
    lastsMs: 4000,
    code: 0,
    isLost: false,
    act: () => {
      const { clock, truth } = place();
      void restart(clock, truth, process, {
        awayMs,
        weight: firstWeight,
        wellAfterMs: 2000,
        isComingBack: true,
      });
    },
  };
}

type Perform = (process: Process, count: number, good: (awayMs?: number) => Performance) => Performance;

/** What the n-th hook of the run does. */
type PerformHook = (step: HookStep, count: number, good: () => Performance) => Performance;

/** A hook that takes a second. */
const goodHook = (): Performance => ({
  delayMs: 5,
  lastsMs: 1000,
  code: 0,
  isLost: false,
  act: () => undefined,
});

/** Makes the world of a scenario; runners are then begun in it, one after the other. */
export function plainPlace(
  scenario: Scenario,
  perform: Perform = (_process, _count, good) => good(),
  performGate?: () => Performance,
  performHook: PerformHook = (_step, _count, good) => good(),
) {
  let count = 0;
  let hookCount = 0;
  const began: string[] = [];
  const place: SimulatedWorld = simulatedWorld(scenario, seededRandom(1), {
    witness: { sent: () => undefined, applied: () => undefined, left: () => undefined },
    began: (target, order) => {
      const step = hookStepOf(order);
      const named = target ?? order.environment['NACOS_ROLLOUT_GATE'] ?? '';
      began.push(step === undefined ? named : `${step} ${named}`);
    },
    ...(performGate && { performGate }),
    perform: (_target, process, order) => {
      const step = hookStepOf(order);
      return step === undefined
        ? perform(process, ++count, (awayMs) => goodDeploy(() => place, process, awayMs))
        : performHook(step, ++hookCount, goodHook);
    },
  });
  const paper = createJournalDisk(plannedLine(scenario.plan, scenario.nodes, scenario.isAttended));
  const run = (
    options: {
      death?: Death;
      isResumed?: boolean;
      isPuttingBack?: boolean;
      isPassingGate?: boolean;
      decisions?: readonly Decided[];
      deadline?: string;
      isAttended?: boolean;
      told?: ConsumersTold;
    } = {},
  ): PlainRun => beginPlain(place, paper, scenario, options);
  return { place, paper, began, run };
}

function beginPlain(
  place: SimulatedWorld,
  paper: JournalDisk,
  scenario: Scenario,
  {
    death,
    isResumed = false,
    isPuttingBack = false,
    isPassingGate = false,
    decisions,
    deadline,
    isAttended = scenario.isAttended,
    told,
  }: Parameters<ReturnType<typeof plainPlace>['run']>[0] & object,
): PlainRun {
  const events: Event[] = [];
  let outcome: number | 'died' | undefined;
  let broken: unknown;
  const life = beginLife({
    world: place.world,
    told,
    paper,
    death,
    heard: (event) => events.push(event),
    died: () => (outcome = 'died'),
    broke: (error) => (broken = error),
    finished: (exitCode) => (outcome = exitCode),
  });
  beginWork(
    life,
    isAttended,
    isResumed
      ? {
          isPuttingBack,
          isPassingGate,
          ...(decisions && { decisions: [...decisions] }),
          ...(deadline && { deadline }),
        }
      : undefined,
  );
  const until = async (isSo: () => boolean, withinMs = 600_000): Promise<void> => {
    const endMs = place.clock.monotonic() + withinMs;
    while (!isSo()) {
      if (broken !== undefined) throw broken;
      const state = life.runner
        .rollout()
        .targets.map((target) => `${target.name} ${target.step} ${target.phase}`);
      if (place.clock.monotonic() > endMs) throw new Error(`it never came to be; ${state.join(', ')}`);
      await place.clock.advance(100);
    }
  };
  const isStuck = (): boolean => life.runner.rollout().targets.some((target) => target.phase === 'stuck');
  return {
    place,
    paper,
    life,
    events,
    outcome: () => outcome,
    until,
    untilEvent: async <Type extends EventType>(type: Type, count = 1) => {
      const found = (): Event[] => events.filter((event) => event.type === type);
      await until(() => found().length >= count);
      return found()[count - 1] as unknown as FactOf<Type>;
    },
    untilStuck: () => until(isStuck),
    untilStuckOrEnd: async () => {
      await until(() => isStuck() || outcome !== undefined);
      return isStuck() ? 'stuck' : 'end';
    },
    end: async () => {
      await until(() => outcome !== undefined);
      return outcome ?? 'died';
    },
  };
}

export function rolloutOn(paper: JournalDisk): Rollout {
  return paper.read();
}

/** Whether every instance is registered and on. */
export function isAllOn(place: SimulatedWorld): boolean {
  return [...place.truth.slots.values()].every(
    (slot) => slot.registered !== undefined && slot.override?.enabled !== false,
  );
}
