import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { defaultNamespace } from '../../../src/core/registry/service.ts';
import { fetchText } from '../servers/fetch-text.ts';
import { heartbeatClient, type Registration } from '../servers/heartbeat-client.ts';
import { scriptedServer } from '../servers/scripted-server.ts';
import { until } from '../time/until.ts';

/** What is rolled in a release night: each on eight machines of its own, four in each zone. */
export const nightServices = ['orders', 'payments', 'shop', 'web'] as const;
const zones = ['a', 'b'] as const;
const ofZone = [1, 2, 3, 4];

/** The Dubbo provider in each process of `orders`. */
const nightCompanion = { group: 'DUBBO_GROUP', service: 'providers:com.acme.Orders:1.0.0:' };

export type NightFleet = {
  /** Where `redeploy.sh` lies, the deploy command: the process ends, and its next version registers. */
  readonly directory: string;
  /** What runs of each of the forty registrations. */
  versions(): readonly string[];
  /** What stands in a journal and is of this fleet alone, with its name in any. */
  readonly names: ReadonlyMap<string, string>;
  close(): Promise<void>;
};

const redeploy = `const [url] = process.argv.slice(2);
const { NACOS_ROLLOUT_SERVICE: service, NACOS_ROLLOUT_IP: ip } = process.env;
const answer = await fetch(\`\${url}/\${service}/\${ip}\`, { method: 'POST' });
if (!answer.ok) throw new Error(await answer.text());
console.log(\`\${ip} runs the next version of \${service}\`);
`;

/** Registers forty instances at the Nacos, thirty-two of which answer on a port, each with an address of loopback. */
export async function startNightFleet(nacos: string, directory: string): Promise<NightFleet> {
  const client = heartbeatClient({ url: nacos });
  const listeners = new Map<string, Server>();
  const port = await freePort();
  const processes = nightServices.flatMap((service, at) =>
    zones.flatMap((zone, place) =>
      ofZone.map((number): Registration => {
        const ip = `127.77.${place + 1}.${(at + 1) * 10 + number}`;
        const group = 'DEFAULT_GROUP';
        const address = { namespace: defaultNamespace, cluster: 'DEFAULT', ip, port };
        return { ...address, group, service, weight: 5, metadata: { zone, version: '1' } };
      }),
    ),
  );
  const versions = new Map<string, string>();

  const allOf = (main: Registration): readonly Registration[] =>
    main.service === 'orders' ? [main, { ...main, ...nightCompanion }] : [main];

  const start = async (main: Registration, version: string): Promise<void> => {
    listeners.set(main.ip, await listen(main.ip, port));
    for (const one of allOf(main)) {
      await client.register({ ...one, metadata: { ...one.metadata, version } });
      versions.set(`${one.service} ${one.ip}`, version);
    }
  };
  const end = async (main: Registration): Promise<void> => {
    for (const one of allOf(main)) await client.deregister(one);
    await closed(listeners.get(main.ip));
  };

  const control = await scriptedServer(async ({ path }) => {
    const main = processes.find(({ service, ip }) => path === `/${service}/${ip}`);
    if (main === undefined) return { status: 404 };
    await end(main);
    await start(main, '2');
    return { status: 200 };
  });
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'redeploy.mjs'), redeploy);
  const noted = 'echo "deploy $NACOS_ROLLOUT_SERVICE $NACOS_ROLLOUT_IP" >>ran.txt';
  const script = `#!/bin/sh -eu\n${noted}\nexec "${process.execPath}" redeploy.mjs ${control.url}\n`;
  writeFileSync(join(directory, 'redeploy.sh'), script, { mode: 0o755 });
  await Promise.all(processes.map((one) => start(one, '1')));
  // Its lists come half a second later, and may still have a fleet that was there before.
  for (const service of nightServices)
    await until(async () => {
      const ports = await listedPorts(nacos, service);
      return ports.length === processes.length / nightServices.length && ports.every((one) => one === port);
    });
  return {
    directory,
    versions: () => [...versions.values()],
    names: new Map([
      [nacos, 'NACOS'],
      [nacos.replace('http://', ''), 'NODE'],
      [directory, 'DIRECTORY'],
      [String(port), 'PORT'],
    ]),
    close: async () => {
      await control.close();
      await Promise.all(processes.map(end));
      client.close();
    },
  };
}

async function listedPorts(nacos: string, service: string): Promise<readonly number[]> {
  const { text } = await fetchText(`${nacos}/nacos/v1/ns/instance/list?serviceName=${service}`);
  return (JSON.parse(text) as { readonly hosts: readonly { readonly port: number }[] }).hosts.map(
    ({ port }) => port,
  );
}

async function freePort(): Promise<number> {
  const server = await listen('0.0.0.0', 0);
  const { port } = server.address() as AddressInfo;
  await closed(server);
  return port;
}

function listen(host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.on('error', () => undefined).end());
    server.once('error', reject);
    server.listen({ host, port }, () => resolve(server));
  });
}

function closed(server: Server | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (server === undefined) resolve();
    else server.close(() => resolve());
  });
}
