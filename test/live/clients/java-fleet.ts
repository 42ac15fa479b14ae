import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultNamespace, type Instance, type ServiceId } from '../../../src/core/registry/service.ts';
import type { Registry } from '../../../src/world/registry.ts';
import { until } from '../../support/time/until.ts';
import { clientVersions, javaClientProgram, type Lifeline } from './java-client.ts';
import type { LiveNacos } from '../servers/live-nacos.ts';
import { freePort } from '../servers/live-place.ts';

export type FleetOptions = {
  readonly nacos: LiveNacos;
  readonly hasAuth: boolean;
  readonly lifeline: Lifeline;
  /** Its scripts, and what its processes write, lie here. */
  readonly directory: string;
  readonly service: string;
  /** The ports that are registered, each with the one that is served, which may be the same. */
  readonly ports: ReadonlyMap<number, number>;
  /** A service that the same connection registers in too, one port higher. */
  readonly companion?: string;
  /** In so many services of that name and a number instead. */
  readonly companionCount?: number;
};

/** Instances that are processes with Nacos's own Java client, and the script that restarts one of them. */
export type Fleet = {
  readonly directory: string;
  readonly id: ServiceId;
  readonly names: readonly string[];
  /** How long a restart stays away; a new JVM takes a second more. */
  setDownSeconds(seconds: number): void;
  /** What the next process registers. */
  setMetadata(text: string): void;
  /** The ports that were redeployed, in order. */
  redeployed(): readonly string[];
  /** The instances, once all of them are listed and on. */
  listed(registry: Registry): Promise<readonly Instance[]>;
};

/** As an operator would write it: end the process, wait, start the next one in the background. */
const redeployScript = `#!/bin/sh
set -e
cd "$(dirname "$0")"
port=$NACOS_ROLLOUT_PORT
echo "$port" >>redeployed
kill "$(cat "$port.pid")"
sleep "$(cat down)"
./start.sh "$port"
`;

function startScript(options: FleetOptions): string {
  const { nacos, hasAuth, lifeline, service, ports, companion = '', companionCount } = options;
  const cases = [...ports].map(([port, served]) => `${port}) served=${served} ;;`);
  const words = ['register', nacos.url.replace('http://', ''), lifeline.port, 'DEFAULT_GROUP', service];
  return `#!/bin/sh
cd "$(dirname "$0")"
port=$1
case $port in ${cases.join(' ')} esac
${hasAuth ? 'export NACOS_USER=nacos NACOS_PASSWORD=nacos' : ''}
nohup ${javaClientProgram} ${clientVersions[nacos.version]} "$PWD" ${words.join(' ')} \\
  127.0.0.1 "$port" 5 "$(cat metadata)" "$served" ${companion} ${companionCount ?? ''} >>"$port.log" 2>&1 </dev/null &
echo $! >"$port.pid"
`;
}

export function startFleet(options: FleetOptions): Fleet {
  const { directory, service, ports } = options;
  mkdirSync(directory, { recursive: true });
  const path = (name: string): string => join(directory, name);
  const setDownSeconds = (seconds: number): void => writeFileSync(path('down'), String(seconds));
  const setMetadata = (text: string): void => writeFileSync(path('metadata'), text);
  setDownSeconds(0);
  setMetadata('version=1,zone=a');
  writeFileSync(path('start.sh'), startScript(options), { mode: 0o755 });
  writeFileSync(path('redeploy.sh'), redeployScript, { mode: 0o755 });
  for (const port of ports.keys()) execFileSync(path('start.sh'), [String(port)]);
  const id: ServiceId = { namespace: defaultNamespace, group: 'DEFAULT_GROUP', service };
  return {
    directory,
    id,
    names: [...ports.keys()].map((port) => `127.0.0.1:${port}`),
    setDownSeconds,
    setMetadata,
    redeployed: () =>
      existsSync(path('redeployed')) ? readFileSync(path('redeployed'), 'utf8').trim().split('\n') : [],
    listed: async (registry) => {
      let instances: readonly Instance[] = [];
      await until(async () => {
        const answer = await registry.instances(id);
        instances = (answer.ok ? answer.value?.items : undefined) ?? [];
        return instances.length === ports.size && instances.every(({ enabled }) => enabled);
      }, 200);
      return instances;
    },
  };
}

/** So many ports, each served as it is registered. */
export async function freePorts(count: number): Promise<ReadonlyMap<number, number>> {
  const ports = new Map<number, number>();
  while (ports.size < count) {
    const port = await freePort();
    ports.set(port, port);
  }
  return ports;
}
