import type { CommandResult } from '../../../src/core/event/failure.ts';
import type { Clock } from '../../../src/world/clock.ts';
import type { CommandOrder, Commands } from '../../../src/world/world.ts';

/** What one run of the pretended command does, drawn when it begins. */
export type Performance = {
  /** From being asked for to beginning: a runner may die in between. */
  readonly delayMs: number;
  /** How long it runs; undefined: it hangs. */
  readonly lastsMs: number | undefined;
  readonly code: number;
  /** Whether it is gone without an outcome at its end. */
  readonly isLost: boolean;
  /** The system does not start it. */
  readonly isRefused?: boolean;
  act(): void;
};

export type CommandHouse = Commands & {
  /** Power fails: whatever runs is gone without an outcome. */
  killAll(): void;
  readonly runningCount: number;
  /** With what code the command of a directory ended; undefined where it did not, or nobody knows. */
  codeOf(directory: string): number | undefined;
  /** All that were ordered so far. */
  runs(): readonly CommandRun[];
};

/** One command by the truth. `isOver`: it runs no more, or never did. */
export type CommandRun = {
  readonly order: CommandOrder;
  readonly beganMs: number | undefined;
  readonly isOver: boolean;
  readonly result: CommandResult | undefined;
};

type Running = {
  order: CommandOrder;
  beganMs?: number;
  began: boolean;
  claimedByUs: boolean;
  result: CommandResult | undefined;
  killed: boolean;
};

const pollMs = 200;

/** Commands that live in the world, not in the runner: a directory is the identity of a run, as with the real ones. */
export function simulatedCommands(
  clock: Clock,
  perform: (order: CommandOrder) => Performance,
  began: (order: CommandOrder) => void,
  obstacle: (order: CommandOrder) => string | undefined = () => undefined,
): CommandHouse {
  const runs = new Map<string, Running>();

  const start = async (order: CommandOrder, run: Running): Promise<void> => {
    const performance = perform(order);
    if (performance.isRefused) {
      run.result = { kind: 'not-started', detail: 'E2BIG' };
      return;
    }
    await clock.sleep(performance.delayMs);
    // Whoever recovers it claimed its directory first: it never begins.
    if (run.claimedByUs || run.killed) return;
    run.began = true;
    run.beganMs = clock.monotonic();
    began(order);
    performance.act();
    await clock.sleep(performance.lastsMs ?? 3_600_000);
    if (run.killed || run.result !== undefined) return;
    run.result = performance.isLost ? { kind: 'lost' } : { kind: 'exited', code: performance.code };
  };

  const watch = async (order: CommandOrder, run: Running, signal: AbortSignal): Promise<CommandResult> => {
    const beganMs = clock.monotonic();
    for (;;) {
      if (run.killed) return { kind: 'lost' };
      if (run.result !== undefined) return run.result;
      const isLate = clock.monotonic() - beganMs >= order.command.timeoutMs;
      if (isLate || signal.aborted) {
        run.result = isLate ? { kind: 'timed-out', afterMs: order.command.timeoutMs } : { kind: 'killed' };
        return run.result;
      }
      await clock.sleep(pollMs, signal);
    }
  };

  return {
    obstacle,
    run: async (order, signal) => {
      const run: Running = { order, began: false, claimedByUs: false, result: undefined, killed: false };
      if (runs.has(order.directory)) throw new Error(`${order.directory} runs a second time`);
      runs.set(order.directory, run);
      void start(order, run);
      return watch(order, run, signal);
    },
    recover: async (order, signal) => {
      const run = runs.get(order.directory) ?? {
        order,
        began: false,
        claimedByUs: true,
        result: undefined,
        killed: false,
      };
      runs.set(order.directory, run);
      if (!run.began) {
        run.claimedByUs = true;
        return { kind: 'never-began' };
      }
      return watch(order, run, signal);
    },
    killAll: () => {
      for (const run of runs.values()) run.killed ||= run.result === undefined;
    },
    codeOf: (directory) => {
      const result = runs.get(directory)?.result;
      return result?.kind === 'exited' ? result.code : undefined;
    },
    runs: () =>
      [...runs.values()].map(({ order, beganMs, began, killed, result }) => ({
        order,
        beganMs,
        isOver: !began || killed || result !== undefined,
        result,
      })),
    get runningCount() {
      return [...runs.values()].filter((run) => run.began && run.result === undefined && !run.killed).length;
    },
  };
}
