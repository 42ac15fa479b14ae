import { execFileSync, spawn } from 'node:child_process';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Registration } from '../../support/servers/heartbeat-client.ts';
import { until } from '../../support/time/until.ts';
import type { LiveNacos, LiveVersion } from '../servers/live-nacos.ts';
import { freePort } from '../servers/live-place.ts';

/** The version of Nacos's Java client that goes with a server. */
export const clientVersions = { '2.2.4': '2.5.1', '3.1.0': '3.1.0' } as const satisfies Record<
  LiveVersion,
  string
>;

export const javaClientProgram = join(import.meta.dirname, '..', 'java-client', 'run');

export type Lifeline = {
  readonly port: number;
  /** Ends every process that holds on to it. */
  cut(): void;
};

/** The operating system closes it when we end, however that happens; then the Java processes end too. */
export async function openLifeline(): Promise<Lifeline> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Builds the client, which takes a while the first time. */
export function buildJavaClient(version: LiveVersion): void {
  execFileSync(javaClientProgram, [clientVersions[version], 'build'], { stdio: 'inherit' });
}

/** What a consumer was told, by the wall clock of this machine. */
export type Telling = { readonly at: number; readonly hosts: readonly string[] };

const lineSchema = z.object({ at: z.number(), hosts: z.array(z.string()).optional() });

export type Consumer = { readonly tellings: readonly Telling[] };

export type JavaPlace = {
  readonly nacos: LiveNacos;
  readonly hasAuth: boolean;
  readonly lifeline: Lifeline;
  readonly directory: string;
};
export type ConsumerOptions = JavaPlace & { readonly service: string };

const userOf = ({ hasAuth }: JavaPlace): Record<string, string> =>
  hasAuth ? { NACOS_USER: 'nacos', NACOS_PASSWORD: 'nacos' } : {};

/** A Java client that has registered one instance over its own connection, which is cut when it is closed. */
export async function registerWithJava(
  place: JavaPlace,
  registration: Registration,
): Promise<{ close(): Promise<void> }> {
  const { nacos, lifeline, directory } = place;
  const { group, service, cluster, ip, port, weight, metadata } = registration;
  const about = Object.entries(metadata).map(([key, value]) => `${key}=${value}`);
  const words = [clientVersions[nacos.version], directory, 'register', nacos.url.replace('http://', '')];
  const instance = [group, service, ip, String(port), String(weight), about.join(',')];
  const served = String(await freePort());
  const child = spawn(javaClientProgram, [...words, String(lifeline.port), ...instance, served], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...userOf(place), NACOS_CLUSTER: cluster },
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  await until(() => {
    if (child.exitCode !== null) throw new Error(`the client ended with ${child.exitCode}`);
    return lines.some((line) => line.includes('registered'));
  });
  return {
    close: async () => {
      child.kill('SIGKILL');
      await until(() => child.signalCode !== null || child.exitCode !== null);
    },
  };
}

/** A subscribed Java client, once it was told of so many hosts. */
export async function subscribe(options: ConsumerOptions, hostCount: number): Promise<Consumer> {
  const { nacos, lifeline, directory, service } = options;
  const words = [clientVersions[nacos.version], directory, 'subscribe', nacos.url.replace('http://', '')];
  const child = spawn(javaClientProgram, [...words, String(lifeline.port), 'DEFAULT_GROUP', service], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...userOf(options) },
  });
  const tellings: Telling[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { at, hosts } = lineSchema.parse(JSON.parse(line));
    if (hosts !== undefined) tellings.push({ at, hosts });
  });
  await until(() => {
    if (child.exitCode !== null) throw new Error(`the consumer ended with ${child.exitCode}`);
    return tellings.at(-1)?.hosts.length === hostCount;
  });
  return { tellings };
}
