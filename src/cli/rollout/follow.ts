import { isIdle } from '../../core/rollout/holds.ts';
import { apply } from '../../core/apply/apply.ts';
import type { Event } from '../../core/event/event.ts';
import { notRestarted } from '../../core/report/report.ts';
import { exitCodes } from '../../core/rollout/outcome.ts';
import { type Rollout, leftByUs, planOf } from '../../core/rollout/rollout.ts';
import type { RolloutLink, RunnerLine } from '../../runner/ports/protocol.ts';
import type { Cli, CommandPorts } from '../io/command-ports.ts';
import { type Decider, createDecider } from './decide.ts';
import { underWay } from './under-way.ts';
import { sayingStill } from './say-still.ts';
import { sayOutput } from './say-output.ts';
import { printEvent } from './print-event.ts';
import { sayWhatIsOff } from './say-what-is-off.ts';

/** Lines that the log of a pipeline obeys, around the line of each event. */
export type Annotations = {
  before(event: Event, rollout: Rollout): readonly string[];
  /** `isNew`: it happened just now, and is no old one that is told once more. */
  after(event: Event, rollout: Rollout, isNew: boolean): readonly string[];
  /** When nothing more is told, by whatever end. */
  end(): readonly string[];
};

export type FollowOptions = {
  readonly isJson: boolean;
  /** A person sits here and is asked. */
  readonly isAttended: boolean;
  /** Ctrl-C leaves the rollout alone instead of pausing and stopping it. */
  readonly isWatching: boolean;
  /** Ctrl-C was pressed before we could follow. */
  readonly isPressedEarly?: boolean;
  /** Every event, old ones too. */
  readonly heard?: (event: Event) => void;
  readonly annotations?: Annotations;
};

/** npx and timeout hand on what the terminal has sent us already: one press may come twice. */
const samePressMs = 500;

type Seen = {
  rollout: Rollout | undefined;
  isCaughtUp: boolean;
  isUnreadable: boolean;
  /** When an event was said last, on the monotonic clock. */
  saidAtMs: number;
  /** How to decide about a drain that goes on was said. */
  isProlonged: boolean;
};

/** Prints every event until the rollout ends or rests; returns its exit code. */
export async function follow(
  cli: Cli,
  ports: CommandPorts,
  link: RolloutLink,
  options: FollowOptions,
): Promise<number> {
  const { output, words } = cli;
  const finished = Promise.withResolvers<number | 'left'>();
  const seen: Seen = {
    rollout: undefined,
    saidAtMs: ports.clock.monotonic(),
    isProlonged: false,
    isCaughtUp: false,
    isUnreadable: false,
  };
  const decider = options.isAttended ? createDecider(cli, link) : undefined;
  const interrupts = createInterrupts(cli, ports, link, options, () => finished.resolve('left'));
  const said: Promise<void>[] = [];
  const take = (line: RunnerLine): void => {
    if (line.kind === 'caught-up') {
      seen.isCaughtUp = true;
      if (seen.rollout !== undefined) afterEvent(seen.rollout, interrupts, decider);
    }
    if (line.kind === 'broken') {
      output.talk(words.failures.launchProblem(line.problem));
      seen.isUnreadable = line.problem.kind === 'unreadable-runner';
    }
    if (line.kind !== 'event') return;
    const { event } = line;
    seen.rollout = apply(seen.rollout, event);
    seen.saidAtMs = ports.clock.monotonic();
    options.heard?.(event);
    output.mark(...(options.annotations?.before(event, seen.rollout) ?? []));
    printEvent(cli, ports, { event, rollout: seen.rollout, isJson: options.isJson });
    output.mark(...(options.annotations?.after(event, seen.rollout, seen.isCaughtUp) ?? []));
    if (seen.isCaughtUp && !options.isJson)
      said.push(sayOutput(cli, ports, { rollout: seen.rollout, event, directory: link.directory }));
    if (options.isWatching && output.isClosed()) finished.resolve('left');
    if (!seen.isCaughtUp) return;
    afterEvent(seen.rollout, interrupts, decider);
    if (event.type === 'drain-prolonged' && !seen.isProlonged) {
      seen.isProlonged = true;
      output.talk(...words.cli.drainsOn(link.id));
    }
    const isLast = event.type === 'rollout-ended' || event.type === 'runner-rested';
    // Its receivers hear of the end after it, for a few seconds at the most: then the runner closes the link.
    if (isLast && planOf(seen.rollout).notify === undefined) finished.resolve(event.exitCode);
  };
  const unfollow = link.follow(take);
  const stopListening = ports.onInterrupt(() => interrupts.press());
  const hush = sayingStill(cli, ports, seen, options.isJson);
  if (options.isPressedEarly === true) interrupts.press();
  void link.closed.then(async () => finished.resolve(await codeOfClosed(cli, ports, link, seen)));
  const ending = await finished.promise;
  hush();
  await Promise.all(said);
  output.mark(...(options.annotations?.end() ?? []));
  stopListening();
  unfollow();
  decider?.close();
  if (ending === 'left') {
    await link.submit({ type: 'detach' });
    output.talk(words.cli.leaving(link.id));
  }
  link.close();
  if (ending !== 'left' && seen.rollout !== undefined) {
    sayWhatWasNotSeen(cli, seen.rollout);
    sayWhatIsOff(cli, ports, seen.rollout);
  }
  return ending === 'left' ? exitCodes.done : ending;
}

/** A command that ends well and restarts nothing is a success that nobody wanted. */
function sayWhatWasNotSeen({ output, words }: Cli, rollout: Rollout): void {
  const names = notRestarted(rollout);
  if (names.length > 0) output.talk(words.cli.notRestarted(names));
}

function afterEvent(rollout: Rollout, interrupts: Interrupts, decider: Decider | undefined): void {
  interrupts.look(rollout);
  decider?.look(rollout);
}

/** The runner went without a last word, or had spoken it before we came; or we left because we cannot read it. */
async function codeOfClosed(
  cli: Cli,
  ports: CommandPorts,
  link: RolloutLink,
  { rollout, isUnreadable }: { rollout: Rollout | undefined; isUnreadable: boolean },
): Promise<number> {
  const last = rollout?.ended ?? rollout?.rested;
  if (last !== undefined) return last.exitCode;
  if (!isUnreadable) {
    const log = `${link.directory}/runner.log`;
    const hasLastWords = ((await ports.readTail(log, 1)) ?? '') !== '';
    cli.output.talk(cli.words.cli.runnerGone(link.id, cli.input.isTerminal, hasLastWords ? log : undefined));
  }
  if (rollout !== undefined && leftByUs(rollout).length > 0) return exitCodes.someOff;
  return rollout === undefined || isUnreadable ? exitCodes.crashed : exitCodes.failed;
}

type Interrupts = { press(): void; look(rollout: Rollout): void };

/**
 * Once: pause; twice: stop now. Where nobody can say "go on", a pause ends in a stop as soon as no step is under way.
 */
function createInterrupts(
  cli: Cli,
  { clock }: CommandPorts,
  link: RolloutLink,
  options: FollowOptions,
  leave: () => void,
): Interrupts {
  const { output, words } = cli;
  let count = 0;
  let isStopAsked = false;
  let isPaused = false;
  let pressedMs = -Infinity;
  let rollout: Rollout | undefined;
  const stop = (): void => {
    if (!isStopAsked) void link.submit({ type: 'stop' });
    isStopAsked = true;
  };
  return {
    press: () => {
      const nowMs = clock.monotonic();
      const isSamePress = nowMs - pressedMs < samePressMs;
      pressedMs = nowMs;
      if (isSamePress) return undefined;
      count += 1;
      if (options.isWatching) return leave();
      if (count > 1) {
        output.talk(words.cli.stopping);
        return stop();
      }
      output.talk(
        options.isAttended ? words.cli.pausingAttended : words.cli.pausing,
        ...(rollout === undefined ? [] : underWay(rollout, words)),
        ...words.cli.meanwhile(link.id, options.isAttended),
      );
      return void link.submit({ type: 'pause' });
    },
    look: (seen) => {
      rollout = seen;
      // Somebody said "go on": the next press is a first one again.
      if (seen.paused !== undefined) isPaused = true;
      else if (isPaused && !isStopAsked) [isPaused, count] = [false, 0];
      if (count > 0 && !options.isAttended && seen.paused !== undefined && isIdle(seen)) stop();
    },
  };
}
