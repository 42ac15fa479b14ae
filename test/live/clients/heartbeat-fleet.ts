import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultNamespace, type Instance, type ServiceId } from '../../../src/core/registry/service.ts';
import type { Registry } from '../../../src/world/registry.ts';
import { until } from '../../support/time/until.ts';
import type { Lifeline } from './java-client.ts';

export type HeartbeatFleet = {
  /** Where `redeploy.sh` lies, the deploy command that restarts one of them. */
  readonly directory: string;
  readonly id: ServiceId;
  readonly names: readonly string[];
  /** The ports that were redeployed, in order. */
  redeployed(): readonly string[];
  /** The instances, once all of them are listed and on. */
  allOn(registry: Registry): Promise<readonly Instance[]>;
};

type FleetOptions = {
  readonly servers: readonly string[];
  readonly lifeline: Lifeline;
  readonly directory: string;
  readonly service: string;
  readonly ports: readonly number[];
  /** How long a restart stays away. */
  readonly downSeconds?: number;
  /** What they register; loopback unless said. */
  readonly ip?: string;
};

const redeployScript = (downSeconds: number): string => `#!/bin/sh
set -e
cd "$(dirname "$0")"
port=$NACOS_ROLLOUT_PORT
echo "$port" >>redeployed
kill "$(cat "$port.pid")"
sleep ${downSeconds}
./start.sh "$port"
`;

const startScript = (program: string): string => `#!/bin/sh
cd "$(dirname "$0")"
nohup "${process.execPath}" "${program}" "$(cat "$1.json")" >>"$1.log" 2>&1 </dev/null &
echo $! >"$1.pid"
`;

/** Processes that register by HTTP with weight 5 and metadata, and the script that restarts one of them. */
export function startHeartbeatFleet(options: FleetOptions): HeartbeatFleet {
  const { servers, lifeline, directory, service, ports, downSeconds = 1, ip = '127.0.0.1' } = options;
  mkdirSync(directory, { recursive: true });
  const path = (name: string): string => join(directory, name);
  const program = join(import.meta.dirname, 'heartbeat-instance.ts');
  writeFileSync(path('start.sh'), startScript(program), { mode: 0o755 });
  writeFileSync(path('redeploy.sh'), redeployScript(downSeconds), { mode: 0o755 });
  for (const port of ports) {
    const metadata = { zone: 'a', port: String(port) };
    const words = { servers, lifelinePort: lifeline.port, service, ip, port, weight: 5, metadata };
    writeFileSync(path(`${port}.json`), JSON.stringify(words));
    execFileSync(path('start.sh'), [String(port)]);
  }
  const id = { namespace: defaultNamespace, group: 'DEFAULT_GROUP', service };
  const names = ports.map((port) => `${ip}:${port}`);
  return {
    directory,
    id,
    names,
    redeployed: () =>
      existsSync(path('redeployed')) ? readFileSync(path('redeployed'), 'utf8').trim().split('\n') : [],
    allOn: async (registry) => {
      let instances: readonly Instance[] = [];
      await until(async () => {
        const answer = await registry.instances(id);
        instances = (answer.ok ? answer.value?.items : undefined) ?? [];
        return (
          instances.length === ports.length && instances.every(({ enabled, healthy }) => enabled && healthy)
        );
      }, 200);
      return instances;
    },
  };
}
