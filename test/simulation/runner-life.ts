import type { Event } from '../../src/core/event/event.ts';
import { noticesOf } from '../../src/core/report/left-beside.ts';
import { finishBeside } from '../../src/runner/process/finish-beside.ts';
import { runOccasions } from '../../src/runner/process/run-occasions.ts';
import { isOfOccasion } from './promises/occasion-promises.ts';
import type { Journal } from '../../src/runner/store/journal.ts';
import { instanceKey } from '../../src/core/registry/service.ts';
import { type Runner, createRunner } from '../../src/runner/engine/runner.ts';
import type { ConsumersTold } from '../../src/runner/context/consumers-told.ts';
import { beginRollout } from '../../src/runner/engine/begin.ts';
import type { Decided } from '../../src/runner/ports/face-ports.ts';
import type { World } from '../../src/world/world.ts';
import type { Random } from './scenario/random.ts';
import type { JournalDisk } from './world/journal-disk.ts';

/** When and how a runner dies. Counts are from its own start; undefined: not of that. */
export type Death = {
  readonly atEvent?: number;
  readonly atWrite?: number;
  readonly afterMs?: number;
  /** Of what runs beside the rollout, which counts for none of the others. */
  readonly atOccasion?: number;
  /** What of the line that was being written is on disk. */
  readonly line: 'none' | 'torn' | 'whole';
};

/** At any of the things that a runner does. */
export function drawDeath(random: Random): Death {
  const line = random.pick(['none', 'torn', 'whole'] as const);
  const draw = random.int(0, 3);
  if (draw === 0) return { line, atWrite: random.int(1, 6) };
  if (draw === 1) return { line, afterMs: random.int(1, 120_000) };
  return { line, atEvent: random.int(1, 60) };
}

export type Life = {
  readonly runner: Runner;
  /** Neither killed nor at its end. */
  isAlive(): boolean;
  die(): void;
};

export class Died extends Error {}

type Vitals = { isDead: boolean; events: number; occasions: number };
type Written = {
  readonly paper: JournalDisk;
  readonly death: Death | undefined;
  readonly heard: (event: Event) => void;
};

/** It dies at one of its lines, of which none, a part or all is on disk then. */
function mortalJournal(
  life: Vitals,
  { paper, death, heard }: Written,
  die: () => void,
): Pick<Journal, 'append'> {
  return {
    append: (event) => {
      if (life.isDead) throw new Died();
      const line = `${JSON.stringify(event)}\n`;
      const isLast = isOfOccasion(event)
        ? ++life.occasions === death?.atOccasion
        : ++life.events === death?.atEvent;
      if (!isLast) {
        paper.append(line);
        return;
      }
      if (death?.line === 'whole') {
        paper.append(line);
        heard(event);
      }
      if (death?.line === 'torn') paper.append(line.slice(0, Math.floor(line.length / 2)));
      die();
      throw new Died();
    },
  };
}

/** Does what is left beside a rollout that has ended, and may die of it too. */
export function beginFinishing(
  options: Written & {
    readonly world: World;
    readonly died: () => void;
    readonly broke: (error: unknown) => void;
    readonly finished: () => void;
  },
): void {
  const { world, paper, death, heard } = options;
  paper.cutTorn();
  const life = { isDead: false, events: 0, occasions: 0 };
  const die = (): void => {
    if (life.isDead) return;
    life.isDead = true;
    options.died();
  };
  const mortal = mortalWorld(
    world,
    () => life.isDead,
    () => () => undefined,
  );
  const journal = mortalJournal(life, options, die);
  const told = {
    append: (event: Event) => {
      journal.append(event);
      heard(event);
    },
  };
  const rollout = paper.read();
  finishBeside({ rollout, events: paper.events(), directory: '/state' }, told, mortal).then(
    () => life.isDead || options.finished(),
    options.broke,
  );
  if (death?.afterMs !== undefined) void world.clock.sleep(death.afterMs).then(die);
}

/**
 * A runner whose every word to the outside is cut off when it dies: answers never come, sleeps never end, nothing is
 * written. What it started in the world goes on without it.
 */
export function beginLife(options: {
  world: World;
  told?: ConsumersTold | undefined;
  paper: JournalDisk;
  death: Death | undefined;
  /** Whether it runs what the plan has beside the rollout. */
  runsBeside?: boolean;
  heard: (event: Event) => void;
  died: () => void;
  broke: (error: unknown) => void;
  finished: (exitCode: number) => void;
}): Life {
  const { world, told, paper, death } = options;
  paper.cutTorn();
  const rollout = paper.read();
  const life = { isDead: false, isOver: false, isGone: false, events: 0, occasions: 0, writes: 0 };
  const writing = new Set<string>();
  const die = (): void => {
    if (life.isDead || life.isGone) return;
    life.isDead = true;
    options.died();
  };
  const journal = mortalJournal(life, options, die);
  const mortal = mortalWorld(
    world,
    () => life.isDead,
    (key) => {
      // Which of two is applied last is for nobody to say.
      if (writing.has(key)) options.broke(new Error(`two writes at once to ${key}`));
      writing.add(key);
      if (++life.writes === death?.atWrite) die();
      return () => writing.delete(key);
    },
  );
  const runner = createRunner({ world: mortal, journal, rollout, directory: '/state', told });
  runner.follow(options.heard);
  // Whoever starts has nothing before it.
  const before = rollout.planned.plan.on && rollout.seq > 0 ? noticesOf(paper.events()) : [];
  const beside = options.runsBeside === true ? runOccasions(runner, mortal, '/state', before) : undefined;
  const follow = async (): Promise<void> => {
    try {
      const exitCode = await runner.finished;
      if (life.isDead) return;
      life.isOver = true;
      await beside?.finish();
      if (life.isDead) return;
      life.isGone = true;
      options.finished(exitCode);
    } catch (error) {
      beside?.stop();
      if (!life.isDead) options.broke(error);
    }
  };
  void follow();
  if (death?.afterMs !== undefined) void world.clock.sleep(death.afterMs).then(die);
  return { runner, isAlive: () => !life.isDead && !life.isOver, die };
}

/** Records a fact or gives an order from outside the loop; a runner that dies of it is no error of the caller's. */
export function survive(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Died)) throw error;
  }
}

export type Resuming = {
  readonly isPuttingBack: boolean;
  readonly decisions?: Decided[];
  readonly isPassingGate?: boolean;
  readonly deadline?: string;
};

/** What the runner's process does first, whether it starts or resumes. */
export function beginWork(life: Life, isAttended: boolean, resume?: Resuming): void {
  const started = { type: 'runner-started', pid: 1, host: 'here', isAttended, lease: 'none' } as const;
  const handOver =
    resume === undefined
      ? ({ kind: 'start' } as const)
      : ({ kind: 'resume', by: 'someone@here', isAttended, ...resume } as const);
  survive(() => beginRollout(life.runner, started, handOver));
}

const never = new Promise<never>(() => undefined);

export function mortalWorld(world: World, isDead: () => boolean, wrote: (key: string) => () => void): World {
  const { clock, registry, commands, probe, evidence, call } = world;
  const alive = async <T>(promise: Promise<T>): Promise<T> => {
    const value = await promise;
    return isDead() ? never : value;
  };
  /** A dead runner tells nobody to stop. */
  const heardBy = (signal: AbortSignal): AbortSignal => {
    const controller = new AbortController();
    signal.addEventListener('abort', () => isDead() || controller.abort(), { once: true });
    if (signal.aborted) controller.abort();
    return controller.signal;
  };
  return {
    clock: {
      monotonic: () => clock.monotonic(),
      wallClock: () => clock.wallClock(),
      sleep: (ms, signal) => alive(clock.sleep(ms, signal)),
    },
    registry: {
      ...registry,
      instances: (id, options) => alive(registry.instances(id, options)),
      consumerView: (id, options) => alive(registry.consumerView(id, options)),
      consumers: (id, nodes, options) => alive(registry.consumers(id, nodes, options)),
      write: async (write) => {
        if (isDead()) return never;
        const answer = registry.write(write);
        const answered = wrote(instanceKey(write.instance));
        const outcome = await alive(answer);
        answered();
        return outcome;
      },
    },
    ...(world.takenOff && { takenOff: world.takenOff }),
    call: (order, signal) => alive(call(order, signal)),
    probe: (check, registration, signal, proof) => alive(probe(check, registration, signal, proof)),
    evidence: (source, registration, signal) => alive(evidence(source, registration, signal)),
    commands: {
      obstacle: (order) => commands.obstacle(order),
      run: (order, signal) => (isDead() ? never : alive(commands.run(order, heardBy(signal)))),
      recover: (order, signal) => (isDead() ? never : alive(commands.recover(order, heardBy(signal)))),
    },
  };
}
