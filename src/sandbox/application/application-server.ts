import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '../../world/clock.ts';
import { actuatorReply, errorReply, type ApplicationReply } from './actuator.ts';
import { newCallMeter } from './call-meter.ts';

export type ApplicationOptions = {
  readonly service: string;
  readonly ip: string;
  readonly port: number;
  readonly version: string;
  /** The one path that it serves, with `{id}` for any number: `/orders/{id}`. */
  readonly pattern: string;
  /** Its health check says 503. */
  readonly isIll: boolean;
  readonly clock: Clock;
};

const answerMs = 15;

/** An application as Spring Boot 3 would serve it: it answers after a moment, and its Actuator counts the calls. */
export function applicationServer(options: ApplicationOptions): Server {
  const { service, ip, port, version, pattern, isIll, clock } = options;
  const meter = newCallMeter(clock);
  const startedWallMs = clock.wallClock();
  const reply = async (message: IncomingMessage): Promise<ApplicationReply> => {
    const url = new URL(message.url ?? '/', `http://${message.headers.host ?? `${ip}:${port}`}`);
    const nowWallMs = clock.wallClock();
    if (/^\/actuator(\/|$)/.test(url.pathname)) {
      const isRead = message.method === 'GET' || message.method === 'HEAD';
      if (!isRead) return errorReply(405, url.pathname, nowWallMs);
      return actuatorReply(url, { meter, port, version, isIll, startedWallMs, nowWallMs });
    }
    if (url.pathname.replaceAll(/\/\d+(?=\/|$)/g, '/{id}') !== pattern)
      return errorReply(404, url.pathname, nowWallMs);
    await clock.sleep(answerMs);
    const body = JSON.stringify({ service, instance: `${ip}:${port}`, version });
    const headers = { 'content-type': 'application/json' };
    return { status: 200, headers, body, uri: pattern };
  };
  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const end = meter.begin(message.method ?? 'GET');
    const { status, headers, body, uri } = await reply(message);
    end({ uri, status });
    response.writeHead(status, headers).end(body);
  };
  const server = createServer((message, response) => {
    void serve(message, response).catch(() => response.destroy());
  });
  // An idle connection that we close while the gateway sends would look like a lost request.
  server.keepAliveTimeout = 0;
  return server;
}
