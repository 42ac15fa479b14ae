import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

export type SeenRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly token: string | undefined;
  readonly body: string;
};

/** What to answer; `hang` says nothing, `stall` says the head and nothing more, `break` closes the connection. */
export type Script = (request: SeenRequest) => Said;
/** One that takes its time. */
export type SlowScript = (request: SeenRequest) => Promise<Said>;
type Said = 'hang' | 'stall' | 'break' | ScriptedReply;

export type ScriptedReply = {
  readonly status?: number;
  readonly type?: string;
  readonly body?: unknown;
  readonly location?: string;
  /** `WWW-Authenticate`. */
  readonly challenge?: string;
};

export type ScriptedServer = {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  close(): Promise<void>;
};

async function read(message: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const url = new URL(message.url ?? '/', 'http://localhost');
  return {
    method: message.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    token: message.headers.authorization?.replace('Bearer ', ''),
    body: Buffer.concat(chunks).toString(),
  };
}

/** A server that does as the test says, on loopback; with TLS where it is given keys. */
export async function scriptedServer(
  script: Script | SlowScript,
  tls?: ServerOptions,
): Promise<ScriptedServer> {
  const requests: SeenRequest[] = [];
  const answer = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await read(message);
    requests.push(request);
    const reply = await script(request);
    if (reply === 'hang') return;
    if (reply === 'stall') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
      return void response.write('{');
    }
    if (reply === 'break') return void message.socket.destroy();
    const { status = 200, type = 'application/json', body = '', location, challenge } = reply;
    response.writeHead(status, {
      'content-type': type,
      ...(location !== undefined && { location }),
      ...(challenge !== undefined && { 'www-authenticate': challenge }),
    });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const listener = (message: IncomingMessage, response: ServerResponse): void =>
    void answer(message, response);
  const server = tls === undefined ? createPlainServer(listener) : createTlsServer(tls, listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What every script says of paths that the test does not speak of. */
export const absentPath = {
  status: 404,
  body: { status: 404, error: 'Not Found', message: 'No message available' },
};
