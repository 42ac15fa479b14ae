import { reachedGate } from '../../src/core/rollout/gate-state.ts';
import { planOf } from '../../src/core/rollout/rollout.ts';
import type { Plan } from '../../src/core/plan/plan.ts';
import type { Event } from '../../src/core/event/event.ts';
import { type JournalDisk, createJournalDisk } from './world/journal-disk.ts';
import { createOperators } from './scenario/operators.ts';
import { createPromises } from './promises/promises.ts';
import { type Random, seededRandom } from './scenario/random.ts';
import type { Result } from './result.ts';
import { type Life, type Resuming, beginFinishing, beginLife, beginWork, drawDeath } from './runner-life.ts';
import { type Scenario } from './scenario/scenario.ts';
import { drawWhole } from './scenario/draw-whole.ts';
import { createGatekeepers, gatePerformance } from './scenario/commands/gates.ts';
import { performDeploy } from './world/perform-deploy.ts';
import { drawDeathAtEnd, drawDeathBeside, isBeside, performBeside } from './scenario/commands/occasions.ts';
import { type Forks, forksOf } from './scenario/forks.ts';
import { hookStepOf, performHook } from './scenario/commands/hooks.ts';
import { type System, drawSystem } from './scenario/faults.ts';
import { turnsBad } from './scenario/soaks.ts';
import { isMeddledWith } from './scenario/warm-ups.ts';
import type { CommandOrder } from '../../src/world/world.ts';
import { toldIn } from './world/simulated-subscription.ts';
import { type SimulatedWorld, plannedLine, simulatedWorld } from './world/simulated-world.ts';
import { createTrace, eventText, type Trace, whereabouts } from './trace.ts';

const longestMs = 3 * 3_600_000;
const lateMs = 15_000;

/** One run that its seed decides from beginning to end. */
export async function simulate(seed: number, isTraced = false): Promise<Result> {
  const run = new Run(seed, isTraced);
  try {
    await run.toTheEnd();
  } catch (error) {
    run.broken.push(`it broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  return run.result();
}

/** Chance of its own, likewise: half of the servers tell their consumers, and us. */
const tellingSalt = 0x2b7e_1516;

class Run {
  readonly broken: string[] = [];
  readonly #seed: number;
  readonly #random: Random;
  readonly #forks: Forks;
  readonly #system: System;
  readonly #telling: Random | undefined;
  readonly #scenario: Scenario;
  readonly #paper: JournalDisk;
  readonly #place: SimulatedWorld;
  readonly #promises: ReturnType<typeof createPromises>;
  readonly #trace: Trace;
  readonly #ran = new Set<string>();
  #life: Life | undefined;
  #bornMs = 0;
  #lives = 0;
  #crashesLeft: number;
  #restsLeft = 3;
  #exitCode: number | undefined;
  #eventCount = 0;

  constructor(seed: number, isTraced: boolean) {
    this.#seed = seed;
    this.#random = seededRandom(seed);
    this.#system = drawSystem(seed);
    const telling = seededRandom(seed ^ tellingSalt);
    this.#telling = telling.chance(0.5) ? telling : undefined;
    this.#forks = forksOf(seed);
    this.#scenario = drawWhole(seed, this.#random);
    this.#crashesLeft = this.#scenario.crashCount;
    const { plan, nodes, isAttended } = this.#scenario;
    this.#paper = createJournalDisk(plannedLine(plan, nodes, isAttended));
    this.#trace = createTrace(isTraced, () => this.#place.clock.monotonic());
    this.#promises = createPromises(plan, (what) => {
      this.#trace.say(`BROKEN ${what}`);
      this.broken.push(what);
    });
    const { sent, applied, left } = this.#promises;
    this.#place = simulatedWorld(this.#scenario, this.#random, {
      witness: {
        sent,
        left,
        applied: (slot, write, before) => {
          this.#trace.say(`applied: ${slot.key} ${write.enabled ? 'on' : 'off'} weight ${write.weight}`);
          applied(slot, write, before);
        },
      },
      began: (target, order) => this.#began(target, order),
      performGate: () => ({ ...gatePerformance(this.#forks.gate), isRefused: this.#system.refuses() }),
      performBeside: () => performBeside(this.#forks.occasion, this.#scenario.wildness),
      obstacle: () => (this.#system.refuses() ? 'E2BIG' : undefined),
      perform: (_target, process, order) => ({
        ...(hookStepOf(order) === undefined
          ? performDeploy(this.#random, this.#scenario, process, this.#place)
          : performHook(this.#forks.hook, this.#scenario.wildness)),
        isRefused: this.#system.refuses(),
      }),
    });
    this.#promises.watch(this.#place);
    if (isTraced) this.#trace.watch(this.#place, this.#scenario);
  }

  result(): Result {
    return {
      seed: this.#seed,
      broken: this.broken,
      trace: this.#trace.lines,
      eventCount: this.#eventCount,
      lives: this.#lives,
      exitCode: this.#exitCode,
      virtualMs: this.#place.clock.monotonic(),
      quiet: this.#promises.quiet,
    };
  }

  async toTheEnd(): Promise<void> {
    const { clock } = this.#place;
    const people = createOperators(this.#random, this.#scenario, this.#place, (what) =>
      this.#trace.say(what),
    );
    this.#begin();
    const keepers = createGatekeepers(this.#forks.gate, this.#scenario.isAttended, (what) =>
      this.#trace.say(what),
    );
    let nextActMs = 0;
    while (this.#exitCode === undefined && this.broken.length === 0) {
      await clock.advance(1000);
      const life = this.#life;
      if (life !== undefined && life.isAlive()) {
        this.#promises.keepsOut(life.runner.rollout(), this.#bornMs);
        if (clock.monotonic() >= nextActMs) {
          nextActMs = clock.monotonic() + this.#random.int(1000, 5000);
          people.act(life);
          if (life.isAlive()) keepers(life);
        }
      }
      if (clock.monotonic() > longestMs)
        this.broken.push(`it never ends: ${whereabouts(this.#paper.read(), this.#scenario.plan)}`);
    }
    if (this.#exitCode === undefined) return;
    this.#promises.forgetsNobody(this.#paper.read(), 'at the end');
    await clock.advance(lateMs);
    const rollout = this.#paper.read();
    this.#promises.forgetsNobody(rollout, 'after late writes');
    this.#promises.closes(rollout, this.#exitCode);
    this.#promises.closesBeside();
  }

  #begin(): void {
    const { ended } = this.#paper.read();
    if (ended !== undefined) return this.#finish(ended.exitCode);
    const isResumed = this.#lives > 0;
    const isAttended = this.#scenario.isAttended;
    this.#lives += 1;
    this.#bornMs = this.#place.clock.monotonic();
    const life = beginLife({
      world: this.#place.world,
      told: this.#telling && toldIn(this.#place, this.#telling, this.#scenario, () => this.#plan()),
      paper: this.#paper,
      runsBeside: true,
      death:
        this.#crashesLeft > 0
          ? { ...drawDeath(this.#random), ...drawDeathBeside(this.#forks.occasion) }
          : undefined,
      heard: (event) => this.#heard(event),
      died: () => this.#died(),
      broke: (error) => this.#broke(error),
      finished: (exitCode) => this.#finished(exitCode),
    });
    this.#life = life;
    beginWork(life, isAttended, isResumed ? this.#resuming() : undefined);
  }

  /** Killed after its end, with something left to do beside it. */
  #finish(exitCode: number): void {
    this.#life = undefined;
    beginFinishing({
      world: this.#place.world,
      paper: this.#paper,
      death: this.#crashesLeft > 0 ? drawDeathAtEnd(this.#forks.occasion) : undefined,
      heard: (event) => this.#heard(event),
      died: () => this.#died(),
      broke: (error) => this.#broke(error),
      finished: () => this.#finished(exitCode),
    });
  }

  #heard(event: Event): void {
    this.#eventCount += 1;
    if (this.#trace.isOn) this.#trace.say(eventText(event));
    this.#promises.heard(event);
    if (event.type === 'soak-began' || event.type === 'warm-up-began') this.#inService(event.target);
  }

  #broke(error: unknown): void {
    this.broken.push(`the runner broke: ${(error as Error).stack ?? String(error)}`);
  }

  #resuming(): Resuming {
    const isPuttingBack = this.#random.chance(0.1);
    const isAtGate = reachedGate(this.#paper.read()) !== undefined;
    return { isPuttingBack, isPassingGate: isAtGate && this.#forks.gate.chance(0.5) };
  }

  #plan(): Plan {
    return planOf(this.#life?.runner.rollout() ?? this.#paper.read());
  }

  #inService(target: string): void {
    const { processes, clock, truth } = this.#place;
    const process = processes.get(target);
    turnsBad(process, this.#forks.soak, clock);
    isMeddledWith(process?.slots ?? [], this.#forks.warmUp, clock, truth);
  }

  #died(): void {
    this.#crashesLeft -= 1;
    this.#trace.say('DIED');
    this.#promises.forgetsNobody(this.#paper.read(), 'at a crash');
    if (this.#random.chance(0.15)) this.#place.commands.killAll();
    this.#resumeAfter(this.#random.pick([10, 2000, 20_000, 90_000]));
  }

  #finished(exitCode: number): void {
    this.#trace.say(`EXIT ${exitCode}`);
    const { ended } = this.#paper.read();
    if (ended === undefined && this.#restsLeft-- > 0 && this.#random.chance(0.7))
      return this.#resumeAfter(this.#random.pick([10, 30_000]));
    this.#exitCode = exitCode;
  }

  #resumeAfter(ms: number): void {
    this.#place.clock.after(ms, () => this.#begin());
  }

  #began(target: string | undefined, order: CommandOrder): void {
    const { directory } = order;
    const step = hookStepOf(order);
    this.#trace.say(
      `${step ?? 'command'} of ${target ?? (isBeside(order) ? 'an occasion' : 'a gate')} begins`,
    );
    if (this.#ran.has(directory)) this.broken.push(`${directory} ran twice`);
    this.#ran.add(directory);
    if (isBeside(order)) this.#promises.beganBeside(order);
    if (target !== undefined) this.#promises.began(target, step);
  }
}
