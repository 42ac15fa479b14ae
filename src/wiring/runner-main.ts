import { createInterface } from 'node:readline';
import { realCaller } from '../probes/call.ts';
import { realEvidence } from '../probes/evidence/evidence.ts';
import { openLedger } from '../nacos/ledger.ts';
import { loadFollowNode } from '../nacos/subscription.ts';
import { loadGrpcHealth, realProbe } from '../probes/probe.ts';
import { chooseLanguage } from '../i18n/language.ts';
import { openNotifier } from '../notify/notifier.ts';
import { receiverVariables } from '../profiles/secret-reference.ts';
import { rehearsalWorld } from '../rehearsal/rehearse.ts';
import { handOverSchema } from '../runner/ports/hand-over.ts';
import type { LaunchProblem } from '../runner/ports/face-ports.ts';
import { allRollouts } from '../runner/process/launch.ts';
import { runRunnerProcess } from '../runner/process/runner-process.ts';
import { lifeline } from '../sandbox/demo/parent-watch.ts';
import { takenOff } from '../core/report/left-off.ts';
import type { Rollout } from '../core/rollout/rollout.ts';
import type { Reached } from '../core/registry/connection-spec.ts';
import type { Plan } from '../core/plan/plan.ts';
import type { Clock } from '../world/clock.ts';
import { realCommands } from '../world/commands.ts';
import type { World } from '../world/world.ts';
import { openSpec } from './connect.ts';
import { environmentForCommands } from './environment.ts';
import type { StateDirectory } from '../runner/store/state-directory.ts';

/** Names the control address of the demo whose end is ours too. */
export const lifelineVariable = 'NACOS_ROLLOUT_LIFELINE';

export type RunnerMainIo = {
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly state: StateDirectory;
  readonly pid: number;
  readonly stdin: NodeJS.ReadableStream;
  /** One line, after which standard output is let go. */
  answer(line: string): void;
  onStop(callback: () => void): void;
  exit(code: number): void;
};

/**
 * Whoever installs another version while a rollout runs takes our files away: a runner has loaded all that it may need
 * before it begins.
 */
async function loadTheRest(): Promise<void> {
  await Promise.all([loadFollowNode(), loadGrpcHealth()]);
}

/** `__runner`: the hand-over comes on standard input. Gives the exit code. */
export async function runnerMain(io: RunnerMainIo): Promise<number> {
  const control = io.env[lifelineVariable];
  if (control !== undefined) void lifeline(control).then(() => io.exit(1));
  const rest = loadTheRest();
  const face = { isGone: false };
  // It holds the other end until we have answered: its end before that is the face's.
  const lines = createInterface({ input: io.stdin });
  lines.once('close', () => {
    face.isGone = true;
  });
  const line = await new Promise<string>((resolve) => {
    lines.once('line', resolve);
  });
  await rest;
  const handOver = handOverSchema.parse(JSON.parse(line));
  return runRunnerProcess(handOver, {
    clock: io.clock,
    state: io.state,
    pid: io.pid,
    isFaceGone: () => face.isGone,
    onStop: (callback) => io.onStop(callback),
    answer: (problem: LaunchProblem | undefined) =>
      io.answer(JSON.stringify(problem === undefined ? { ok: true } : { ok: false, problem })),
    openBeside: (reached, plan) => openBeside(io, handOver.host, reached, plan),
    openWorld: async (kind, reached, typedPassword, plan, list) => {
      const seen = new Set<string>();
      const ledger = openLedger();
      const isRehearsal = kind === 'rehearsal';
      const opened = await openSpec(reached, typedPassword, {
        clock: io.clock,
        env: io.env,
        log: (request, outcome) => {
          ledger.log(request, outcome);
          // A transcript that repeats every poll is one that nobody reads.
          const line = `${request.method} ${request.url}`;
          if (isRehearsal && !seen.has(line)) list(request, true);
          if (isRehearsal) seen.add(line);
        },
      });
      if (!opened.ok) return { problem: { kind: 'password-needed', user: reached.username ?? '' } };
      const { environment, ...beside } = await openBeside(io, handOver.host, reached, plan);
      const world: World = {
        ...beside,
        registry: opened.registry,
        call: realCaller(io.clock, beside.commands),
        probe: realProbe(io.clock, environment),
        evidence: realEvidence(environment),
        presence: opened.presence,
        asked: () => ledger.asked(),
        takenOff: (instance) => takenOff(journaled(io, handOver), reached, instance),
      };
      return isRehearsal ? rehearsalWorld(world, (request) => list(request, false)) : world;
    },
  });
}

/** What the journals of this machine tell, newest first. */
function journaled({ state }: RunnerMainIo, { host }: { readonly host: string }): readonly Rollout[] {
  return allRollouts({ state, host }).rollouts.map(({ rollout }) => rollout);
}

type Beside = Pick<World, 'clock' | 'commands' | 'notifier'>;

/** What commands and receivers are reached with; nothing of Nacos. */
async function openBeside(
  { clock, env }: RunnerMainIo,
  host: string,
  reached: Reached,
  { notify }: Plan,
): Promise<Beside & { readonly environment: ReturnType<typeof environmentForCommands> }> {
  const environment = environmentForCommands(env, reached, [lifelineVariable, ...receiverVariables(notify)]);
  const notifier =
    notify && (await openNotifier(notify, chooseLanguage(undefined, env), { clock, env, host }));
  return { clock, commands: realCommands(clock, environment), environment, ...(notifier && { notifier }) };
}
