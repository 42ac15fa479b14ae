import type { Event } from '../../../src/core/event/event.ts';
import { type Plan, type Target, touchedServices } from '../../../src/core/plan/plan.ts';
import { openLedger } from '../../../src/nacos/ledger.ts';
import { openNacos } from '../../../src/nacos/open-registry.ts';
import { connectToRunner } from '../../../src/runner/process/runner-socket-client.ts';
import { runRunnerProcess } from '../../../src/runner/process/runner-process.ts';
import { rolloutDirectory, socketPath } from '../../../src/runner/store/state-directory.ts';
import { startSandboxServer } from '../../../src/sandbox/server.ts';
import type { World } from '../../../src/world/world.ts';
import { connectionTo } from '../../contract/subjects/subject.ts';
import { plainScenario } from '../../simulation/run-plain.ts';
import { firstWeight } from '../../simulation/scenario/scenario.ts';
import { simulatedCommands } from '../../simulation/world/simulated-commands.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { noEvidence } from '../../support/no-evidence.ts';
import { reachedAt } from '../../support/reached.ts';
import { heartbeatClient } from '../../support/servers/heartbeat-client.ts';
import { whileRunning } from '../../support/processes/while-running.ts';
import { tellingSandbox } from '../../support/servers/telling-sandbox.ts';
import { heard } from '../../support/time/heard.ts';
import { type VirtualClock, virtualClock } from '../../support/time/virtual-clock.ts';

export type Measured = {
  readonly events: readonly Event[];
  /** `METHOD path` of each request that the runner sent, in order. */
  readonly requests: readonly string[];
  /** How many of them were sent while the first target drained. */
  readonly draining: number;
  /** Those that were sent while the first command ran. */
  readonly deploying: readonly string[];
};

type Options = {
  readonly count: number;
  /** Of each target. */
  readonly drainMs?: number;
  /** So many further registrations of each process, each of another service. */
  readonly companions?: number;
  /** All targets in one batch, with commands that take so long, and companions that the plan looks for. */
  readonly together?: { readonly deployMs: number };
};

const id = '7f3a0001';

type OnSandbox = Options & {
  readonly kind: '2.x' | '3.x';
  /** Whether it tells its consumers of changes, and us. */
  readonly isTelling: boolean;
};

export async function measuredRollout({ kind, isTelling, ...options }: OnSandbox): Promise<Measured> {
  const clock = virtualClock();
  const server = await (isTelling ? tellingSandbox : startSandboxServer)({ kind, clock });
  try {
    return await measuredAt(server.url, clock, options);
  } finally {
    await server.close();
  }
}

/** A whole runner with a face, over HTTP on a server: what it asks of it, from its claim to the end of its lease. */
async function measuredAt(url: string, clock: VirtualClock, options: Options): Promise<Measured> {
  const applications = heartbeatClient({ url, clock });
  const plan = planOf(options);
  // Somebody serves meanwhile, of each service.
  const bystanders = touchedServices(plan).map((one) => ({ ...one, ip: '10.0.0.99' }));
  const rolled = plan.targets.flatMap(({ registrations }) => registrations);
  for (const one of [...rolled, ...bystanders]) await applications.register({ ...one, weight: firstWeight });
  try {
    return await run(url, clock, plan, options.together?.deployMs);
  } finally {
    applications.close();
  }
}

function planOf({ count, drainMs = 0, companions = 0, together }: Options): Plan {
  const withCompanions = ({ registrations, ...target }: Target): Target => {
    const others = Array.from({ length: companions }, (_, at) => `providers:com.acme.Service${at}`);
    const beside = registrations.flatMap((one) => others.map((service) => ({ ...one, service })));
    const rolled = { ...target, registrations: [...registrations, ...beside], drain: { ms: drainMs } };
    return together === undefined ? rolled : { ...rolled, batch: 0, foundBy: [everyInterface] };
  };
  return plainScenario(count, (plan) => ({ ...plan, targets: plan.targets.map(withCompanions) })).plan;
}

const everyInterface = { group: 'DEFAULT_GROUP', service: 'providers:*' };

async function run(url: string, clock: VirtualClock, plan: Plan, deployMs = 1): Promise<Measured> {
  const state = { root: newDirectory('requests'), temporary: '/tmp', userId: process.getuid?.() ?? 0 };
  const requests: string[] = [];
  let asking = 0;
  const nacos = openNacos(connectionTo(url, undefined), {
    clock,
    log: (request, outcome) => {
      ledger.log(request, outcome);
      requests.push(`${request.method} ${new URL(request.url).pathname}`);
    },
    watch: () => {
      asking += 1;
      return () => (asking -= 1);
    },
  });
  const ledger = openLedger();
  const events: Event[] = [];
  const sentBy = new Map<string, number>();
  const heard = (event: Event): void => {
    events.push(event);
    if (!sentBy.has(event.type)) sentBy.set(event.type, requests.length);
  };
  const given = { kind: 'start', id, by: 'ann@a', host: 'a', isAttended: false, world: 'real' } as const;
  const running = runRunnerProcess(
    { ...given, plan, reached: reachedAt(url), nodes: [url], workingDirectory: '/' },
    {
      clock,
      state,
      pid: process.pid,
      isFaceGone: () => false,
      onStop: () => undefined,
      openWorld: async () => ({ ...openWorld(clock, deployMs), ...nacos, asked: () => ledger.asked() }),
      openBeside: () => Promise.reject(new Error('it has not ended')),
      answer: (problem) => {
        if (problem !== undefined) throw new Error(JSON.stringify(problem));
        const directory = rolloutDirectory(state, id);
        const place = { id, directory, path: socketPath(state, directory), by: 'ann@a', mayDecide: true };
        void connectToRunner(place).then((link) =>
          link?.follow((line) => {
            if (line.kind === 'event') heard(line.event);
          }),
        );
      },
    },
  );
  const code = await whileRunning(running, () => pass(clock, () => asking > 0));
  if (code !== 0) throw new Error(`exit code ${code}: ${JSON.stringify(events.at(-1))}`);
  const draining = (sentBy.get('drain-ended') ?? 0) - (sentBy.get('drain-began') ?? 0);
  const deploying = requests.slice(sentBy.get('deploy-began'), sentBy.get('deploy-ended'));
  return { events, requests, draining, deploying };
}

/** Time stands still while a request is under way, so that how busy the machine is changes no count. */
async function pass(clock: VirtualClock, isAsking: () => boolean): Promise<void> {
  await heard();
  if (isAsking() || clock.nextDueMs === undefined) return;
  await clock.advance(clock.nextDueMs - clock.monotonic());
}

/** Its deploy does nothing, and its probe is good at once. */
function openWorld(clock: VirtualClock, deployMs: number): Omit<World, 'registry' | 'presence' | 'asked'> {
  const nothing = { delayMs: 0, lastsMs: deployMs, code: 0, isLost: false, act: () => undefined };
  return {
    clock,
    commands: simulatedCommands(
      clock,
      () => nothing,
      () => undefined,
    ),
    call: async () => ({ kind: 'refused', detail: 'nobody calls' }),
    probe: async () => ({ kind: 'good', ms: 1 }),
    evidence: noEvidence,
  };
}
