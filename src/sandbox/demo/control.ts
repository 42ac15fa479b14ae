import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type * as z from 'zod';
import type { Redeployed } from './demo-redeploy.ts';
import { consumerSettingsSchema, type ConsumerSettings } from './demo-consumers.ts';
import { faultsSchema, type Faults } from '../registry/faults.ts';
import type { DemoProcess } from './demo-processes.ts';
import type { GatewayStats } from '../gateway/load-count.ts';

/** What the control gives away; known only after it listens, because everything else hangs on its port. */
export type ControlSources = {
  readonly faults: Faults;
  readonly gateway: () => GatewayStats;
  readonly consumers: ConsumerSettings;
  /** Called after `consumers` changed. */
  readonly onConsumers: () => void;
  readonly members: () => readonly DemoProcess[];
  readonly redeploy: (instance: string) => Promise<Redeployed>;
};

export type Control = {
  readonly server: Server;
  readonly port: number;
  readonly url: string;
  open(sources: ControlSources): void;
};

/** Listens on the first free port of those given, which claims the block that begins with it. */
export async function listenControl(ports: readonly number[]): Promise<Control | undefined> {
  let sources: ControlSources | undefined;
  for (const port of ports) {
    const server = createServer((message, response) => {
      void answer(message, response, sources).catch(() => response.destroy());
    });
    // A lifeline says nothing for as long as the demo lasts.
    server.requestTimeout = 0;
    if (await isListening(server, port))
      return {
        server,
        port,
        url: `http://127.0.0.1:${port}`,
        open: (given) => {
          sources = given;
        },
      };
  }
  return undefined;
}

function isListening(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
}

async function answer(
  message: IncomingMessage,
  response: ServerResponse,
  sources: ControlSources | undefined,
): Promise<void> {
  const { pathname, searchParams } = new URL(message.url ?? '/', 'http://control');
  const reply = (status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
  };
  if (pathname === '/lifeline') {
    response.writeHead(200).flushHeaders();
    return;
  }
  if (!sources) return reply(503, { error: 'the demo is still starting' });
  switch (`${message.method ?? ''} ${pathname}`) {
    case 'GET /gateway':
      return reply(200, { ...sources.gateway(), cacheTtlMs: sources.consumers.cacheTtlMs });
    case 'GET /instances':
      return reply(200, sources.members());
    case 'POST /redeploy':
      return reply(200, await sources.redeploy(searchParams.get('instance') ?? ''));
    case 'GET /faults':
      return reply(200, sources.faults);
    case 'PUT /faults':
      return change(await text(message), faultsSchema, sources.faults, reply);
    case 'GET /consumers':
      return reply(200, sources.consumers);
    case 'PUT /consumers':
      change(await text(message), consumerSettingsSchema, sources.consumers, reply);
      return sources.onConsumers();
    default:
      return reply(404, {
        paths: ['/gateway', '/consumers', '/instances', '/redeploy', '/faults', '/lifeline'],
      });
  }
}

/** What is not named stays as it is. */
function change<T extends object>(
  body: string,
  schema: z.ZodType<T>,
  current: T,
  reply: (status: number, body: unknown) => void,
): void {
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch {
    return reply(400, { error: 'settings are one JSON object' });
  }
  const changed = schema.safeParse({ ...current, ...(given as Partial<T>) });
  if (!changed.success) return reply(400, { error: changed.error.issues.map((issue) => issue.message) });
  Object.assign(current, changed.data);
  reply(200, current);
}
