import { open as openFile } from 'node:fs/promises';
import { inItsNamespace } from '../core/plan/plan-namespace.ts';
import { takenOff } from '../core/report/left-off.ts';
import { partLeft } from '../core/report/whole-weight.ts';
import type { ConnectionSpec } from '../core/registry/connection-spec.ts';
import { realEvidence } from '../probes/evidence/evidence.ts';
import { realProbe } from '../probes/probe.ts';
import type { SecretProblem } from '../profiles/secret.ts';
import type { FacePorts } from '../runner/ports/face-ports.ts';
import { harmless } from '../rehearsal/rehearse.ts';
import { goneHere } from '../runner/process/claim.ts';
import { createLauncher } from '../runner/process/launch.ts';
import { heldBy } from '../runner/registry/held-by.ts';
import { makeReview } from '../runner/review/make-review.ts';
import { holderOf } from '../runner/store/lock.ts';
import { type StateDirectory, lockDirectory } from '../runner/store/state-directory.ts';
import type { Clock } from '../world/clock.ts';
import type { Watch } from '../world/registry.ts';
import type { Probe } from '../world/world.ts';
import { openSpec } from './connect.ts';
import { isThere } from '../profiles/secret.ts';
import { receiverVariables } from '../profiles/secret-reference.ts';
import { environmentForCommands } from './environment.ts';
import { runnerSpawner } from './spawn-runner.ts';
import { tryCommands } from './try-commands.ts';

/** What this process knows of itself and of where it runs; `start.ts` reads it once. */
export type ProcessEnvironment = {
  readonly clock: Clock;
  /** The words that start this program again. */
  readonly self: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly state: StateDirectory;
  readonly who: string;
  readonly host: string;
  readonly workingDirectory: string;
  readonly pid: number;
  readonly secretDetail: (problem: SecretProblem) => string;
};

/** The real things behind what every face is given: this machine, real servers, runners as processes. */
export function openFacePorts(house: ProcessEnvironment): FacePorts {
  const { clock, env, workingDirectory } = house;
  const launcher = createLauncher({ ...house, spawnRunner: runnerSpawner(house.self, env) });
  return {
    clock,
    who: house.who,
    connect: (spec, typedPassword, watch, signal) => connect(house, spec, { typedPassword, watch, signal }),
    review: async (plan, { registry, spec }, world) => {
      const hidden = receiverVariables(plan.notify);
      const own = environmentForCommands(env, spec, hidden);
      const open = { registry, probe: probeFor(house, spec, hidden), evidence: realEvidence(own) };
      const asked = world === 'rehearsal' || spec.isReadOnly ? harmless(open) : open;
      const isGone = goneHere(house.state, '', house.host);
      const rollouts = (await launcher.all()).rollouts.map(({ rollout }) => rollout);
      return makeReview(
        {
          clock,
          ...asked,
          commands: tryCommands(house.state, workingDirectory, own),
          canRead: (reference) => isThere(reference, env),
          heldBy: (services) => heldBy({ ...house, isGone }, registry, inItsNamespace(plan, spec), services),
          takenOff: (instance) => takenOff(rollouts, spec, instance),
          partLeft: (instance) => partLeft(rollouts, spec, instance),
        },
        plan,
      );
    },
    launcher,
    holderOf: ({ servers }, services) => holderOf(lockDirectory(house.state), servers, services),
    readTail,
  };
}

/** A check by command gets no variable that a secret comes from. */
export function probeFor(
  { clock, env }: ProcessEnvironment,
  spec: ConnectionSpec,
  hidden: readonly string[] = [],
): Probe {
  return realProbe(clock, environmentForCommands(env, spec, hidden));
}

type Connecting = {
  readonly typedPassword: string | undefined;
  readonly watch: Watch | undefined;
  readonly signal: AbortSignal | undefined;
};

async function connect(
  { clock, env, secretDetail }: ProcessEnvironment,
  spec: ConnectionSpec,
  { typedPassword, watch, signal }: Connecting,
): ReturnType<FacePorts['connect']> {
  const opened = await openSpec(spec, typedPassword, { clock, env, watch });
  if (!opened.ok) return { ok: false, error: { kind: 'secret', detail: secretDetail(opened.problem) } };
  const close = (): void => void opened.registry.close();
  signal?.addEventListener('abort', close, { once: true });
  // Closed at once: what is asked next finds nothing to ask by.
  if (signal?.aborted === true) close();
  const server = await opened.registry.server();
  if (!server.ok) {
    await opened.registry.close();
    return server;
  }
  const { product, version } = server.value;
  return { ok: true, value: { spec, reached: { ...spec, product, version }, registry: opened.registry } };
}

async function readTail(path: string, maxBytes: number): Promise<string | undefined> {
  try {
    const file = await openFile(path, 'r');
    try {
      const { size } = await file.stat();
      const length = Math.min(size, maxBytes);
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
      return buffer.toString('utf8');
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
