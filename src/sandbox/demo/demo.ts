import { createServer } from 'node:net';
import * as z from 'zod';
import { defaultGroup, defaultNamespace } from '../../core/registry/service.ts';
import type { Clock } from '../../world/clock.ts';
import type { SpawnSelf } from './child.ts';
import { listenControl, type Control } from './control.ts';
import { consumerSettingsSchema, demoLoads, subscribeConsumers } from './demo-consumers.ts';
import { makeDemoDirectory, removeDemoDirectory } from './demo-directory.ts';
import { demoBlocks, demoProcesses, type DemoInstanceSpec } from './demo-instance-spec.ts';
import { startDemoProcesses } from './demo-processes.ts';
import { startGateway, type Gateway, type Load } from '../gateway/gateway.ts';
import { consumerView } from '../registry/registry-views.ts';
import { clientApiOf, settle } from '../registry/registry-state.ts';
import { startSandboxServer, type SandboxServer } from '../server.ts';

export type SandboxProcessIo = {
  readonly argv: readonly string[];
  /** A pipe from whoever wants the demo; its end is ours. */
  readonly stdin: NodeJS.ReadableStream;
  /** One line on standard output. */
  readonly announce: (line: string) => void;
  /** The words that start this program, for the deploy command. */
  readonly self: readonly string[];
  readonly spawnSelf: SpawnSelf;
  readonly clock: Clock;
};

const optionsSchema = z.object({
  kind: z.enum(['1.4', '2.x', '3.x', '3.2']).default('2.x'),
  bootMs: z.int().min(0).default(1_500),
  consumers: consumerSettingsSchema.prefault({}),
});

export type DemoOptions = z.input<typeof optionsSchema>;

/** Nobody wants to wait for the demo; a deploy takes longer. */
const firstBootMs = 100;
const readyWithinMs = 60_000;

/** `__sandbox [OPTIONS]`: server, services and gateway in a process of their own, until standard input ends. */
export async function runSandboxProcess(io: SandboxProcessIo): Promise<number> {
  const { kind, bootMs, consumers } = optionsSchema.parse(JSON.parse(io.argv[0] ?? '{}'));
  const ended = inputEnd(io.stdin);
  const control = await freeBlock();
  if (!control) {
    io.announce(JSON.stringify({ error: 'no free ports for the demo between 18080 and 22079' }));
    return 1;
  }
  let directory: string;
  try {
    directory = await makeDemoDirectory(io.self, control.url);
  } catch (error) {
    io.announce(JSON.stringify({ error: `no directory for the demo: ${(error as Error).message}` }));
    return 1;
  }
  const nacos = await startSandboxServer({ kind, clock: io.clock });
  const specs = demoProcesses(control.port).map((one): DemoInstanceSpec => {
    const shared = { ip: '127.0.0.1' as const, bootMs: firstBootMs, isIll: false };
    return { ...one, ...shared, api: clientApiOf(kind), nacos: nacos.url, control: control.url, directory };
  });
  const fleet = startDemoProcesses(specs, { ...io, bootMs, faults: nacos.faults });
  const isReady = await Promise.race([areRegistered(nacos, specs, io.clock), ended.then(() => false)]);
  const loads = demoLoads(consumers);
  const gateway = startGateway({ nacos: nacos.url, clock: io.clock, loads, api: clientApiOf(kind) });
  subscribeConsumers(nacos.state, consumers);
  control.open({
    faults: nacos.faults,
    gateway: () => gateway.stats(),
    consumers,
    onConsumers: () => subscribeConsumers(nacos.state, consumers),
    members: () => fleet.members(),
    redeploy: (instance) => fleet.redeploy(instance),
  });
  if (isReady && (await Promise.race([isLoaded(gateway, loads, io.clock), ended.then(() => false)]))) {
    const addresses = { nacos: nacos.url, gateway: `${control.url}/gateway`, control: control.url };
    io.announce(JSON.stringify({ ...addresses, dir: directory }));
    await ended;
  }
  await gateway.end();
  await fleet.end();
  await nacos.close();
  control.server.close();
  control.server.closeAllConnections();
  await removeDemoDirectory(directory);
  return 0;
}

/** Whoever holds the first port of a block has the block; the others may still be taken by strangers. */
async function freeBlock(): Promise<Control | undefined> {
  for (const block of demoBlocks) {
    const control = await listenControl([block]);
    if (!control) continue;
    const ports = demoProcesses(block).flatMap(({ port, companion }) => [port, companion?.port ?? port]);
    const areFree = await Promise.all([...new Set(ports)].map(isFree));
    if (areFree.every(Boolean)) return control;
    control.server.close();
  }
  return undefined;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function inputEnd(stdin: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ['end', 'close', 'error']) stdin.once(event, () => resolve());
    stdin.resume();
  });
}

/** Whether every instance is given to consumers before the patience ends. */
async function areRegistered(
  nacos: SandboxServer,
  specs: readonly DemoInstanceSpec[],
  clock: Clock,
): Promise<boolean> {
  const expected = specs.flatMap(({ service, port, companion }) => [
    { group: defaultGroup, service, port },
    ...(companion ? [companion] : []),
  ]);
  return within(clock, () => {
    settle(nacos.state, clock.monotonic());
    return expected.every(({ group, service, port }) => {
      const id = { namespace: defaultNamespace, group, service };
      const { hosts } = consumerView(nacos.state, id, { clusters: [], isHealthyOnly: true });
      return hosts.some((host) => host.port === port);
    });
  });
}

/** Whether everybody who calls all the time has called. */
function isLoaded(gateway: Gateway, loads: readonly Load[], clock: Clock): Promise<boolean> {
  const steady = new Set(loads.flatMap(({ service, perSecond }) => (perSecond() >= 1 ? [service] : [])));
  return within(clock, () => {
    const called = new Set(gateway.stats().services.map(({ service }) => service));
    return [...steady].every((service) => called.has(service));
  });
}

async function within(clock: Clock, isTrue: () => boolean): Promise<boolean> {
  const untilMs = clock.monotonic() + readyWithinMs;
  while (!isTrue()) {
    if (clock.monotonic() > untilMs) return false;
    await clock.sleep(50);
  }
  return true;
}
