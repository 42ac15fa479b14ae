import type { Clock } from '../../world/clock.ts';
import type { SelfProcess, SpawnSelf } from './child.ts';
import type { DemoInstanceSpec } from './demo-instance-spec.ts';
import type { Redeployed } from './demo-redeploy.ts';
import { strikes, type Faults } from '../registry/faults.ts';

export type DemoProcess = {
  readonly service: string;
  readonly instance: string;
  readonly version: string;
  readonly pid: number | undefined;
  readonly isRunning: boolean;
};

/** The demo's processes. */
export type DemoProcesses = {
  members(): readonly DemoProcess[];
  /** Stops the process that has this address and starts the next version of it. */
  redeploy(instance: string): Promise<Redeployed>;
  /** Kills what runs, and comes back when all have ended. */
  end(): Promise<void>;
};

type Berth = { spec: DemoInstanceSpec; process: SelfProcess; isRunning: boolean };

const patienceMs = 3_000;

async function follow(berth: Berth): Promise<void> {
  await berth.process.exited;
  berth.isRunning = false;
}

export function startDemoProcesses(
  specs: readonly DemoInstanceSpec[],
  io: {
    readonly spawnSelf: SpawnSelf;
    readonly clock: Clock;
    readonly faults: Faults;
    /** How long a deployed version boots. */
    readonly bootMs: number;
  },
): DemoProcesses {
  const launch = (spec: DemoInstanceSpec): Berth => {
    const process = io.spawnSelf(['__demo-instance', JSON.stringify(spec)]);
    const berth = { spec, process, isRunning: true };
    void follow(berth);
    return berth;
  };
  const berths = specs.map(launch);

  const stop = async ({ process }: Berth): Promise<void> => {
    process.kill('SIGTERM');
    const patience = new AbortController();
    await Promise.race([process.exited, io.clock.sleep(patienceMs, patience.signal)]);
    patience.abort();
    process.kill('SIGKILL');
    await process.exited;
  };

  return {
    members: () =>
      berths.map(({ spec, process, isRunning }) => ({
        service: spec.service,
        instance: `${spec.ip}:${spec.port}`,
        version: spec.version,
        pid: process.pid,
        isRunning,
      })),
    redeploy: async (instance) => {
      const index = berths.findIndex(({ spec }) => addressesOf(spec).includes(instance));
      const berth = berths[index];
      if (!berth) return { ok: false, reason: `the demo has no instance ${instance}` };
      if (strikes(io.faults, 'failedDeploys'))
        return { ok: false, reason: 'cannot fetch the new version: connection refused' };
      const { version, service } = berth.spec;
      const to = nextVersion(
        version,
        berths.filter(({ spec }) => spec.service === service).map(({ spec }) => spec.version),
      );
      await stop(berth);
      const next = { ...berth.spec, version: to, bootMs: io.bootMs };
      if (strikes(io.faults, 'lostInstances')) return { ok: true, from: version, to };
      const started = launch({ ...next, isIll: strikes(io.faults, 'illInstances') });
      berths[index] = started;
      return { ok: true, from: version, to, pid: started.process.pid };
    },
    end: async () => {
      for (const { process } of berths) process.kill('SIGKILL');
      await Promise.all(berths.map(({ process }) => process.exited));
    },
  };
}

function addressesOf({ ip, port, companion }: DemoInstanceSpec): readonly string[] {
  return [`${ip}:${port}`, ...(companion ? [`${ip}:${companion.port}`] : [])];
}

/** The newest that the service has; one more once all have it. A deploy that is repeated stays at its version. */
function nextVersion(own: string, all: readonly string[]): string {
  const newest = Math.max(...all.map(Number));
  return String(all.every((version) => version === own) ? newest + 1 : newest);
}
