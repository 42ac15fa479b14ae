import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../world/clock.ts';
import { accounts, type SandboxAuth } from './routes/users.ts';
import { noFaults, strikes, type Faults } from './registry/faults.ts';
import { goneRoutes } from './routes/gone-routes.ts';
import {
  isThree,
  newRegistryState,
  settle,
  type RegistryState,
  type SandboxKind,
} from './registry/registry-state.ts';
import { springError, type Reply } from './routes/reply.ts';
import type { Route, ServerParts } from './routes/route.ts';
import { clientRoutesV1, clientRouteV2, clientRoutesV3 } from './routes/routes-client.ts';
import { routesPublishers } from './routes/routes-publishers.ts';
import { routesV1 } from './routes/routes-v1.ts';
import { routesV3 } from './routes/routes-v3.ts';
import { readRequest, type SandboxRequest } from './routes/sandbox-request.ts';
import { v14Answers, v1On3Answers, v1Answers, v3Answers } from './routes/api-answers.ts';

export type SandboxOptions = {
  readonly kind: SandboxKind;
  readonly clock: Clock;
  /** Any free one where none is given. */
  readonly port?: number;
  readonly auth?: SandboxAuth;
  /** `false` leaves the console endpoints of 1.4 and 2.x out, as behind a firewall. */
  readonly hasConsole?: boolean;
};

export type SandboxServer = {
  readonly url: string;
  readonly port: number;
  readonly state: RegistryState;
  readonly faults: Faults;
  /** Every request so far, oldest first, as `PUT /nacos/v1/ns/instance?…` without tokens. */
  readonly requests: readonly string[];
  close(): Promise<void>;
};

const contextPath = '/nacos';
const requestsKept = 5_000;

/** A server on loopback that speaks the HTTP of Nacos and behaves like it, as seen live. */
export async function startSandboxServer(options: SandboxOptions): Promise<SandboxServer> {
  const { kind, clock } = options;
  const routes = new Map(
    routesOf(kind, options.hasConsole ?? true).map((route) => [`${route.method} ${route.path}`, route]),
  );
  const state = newRegistryState(kind, clock.monotonic());
  const faults = noFaults();
  const requests: string[] = [];
  const parts: ServerParts = {
    state,
    clock,
    faults,
    accounts: accounts(options.auth, { kind, clock, faults }),
    hasAuth: options.auth !== undefined,
    port: () => (server.address() as AddressInfo).port,
  };

  const server = createServer((message, response) => {
    void (async () => {
      const request = await readRequest(message);
      requests.push(requestText(request));
      if (requests.length > requestsKept) requests.shift();
      settle(state, clock.monotonic());
      const route = routes.get(`${request.method} ${request.path.slice(contextPath.length)}`);
      const reply = answer(route, routes, request, parts);
      if (faults.slowMs > 0) await clock.sleep(faults.slowMs);
      const isUpdate = /^(PUT|PATCH)$/.test(request.method) && /\/instance(\/partial)?$/.test(request.path);
      if (isUpdate && strikes(faults, 'lostAnswers')) message.socket.destroy();
      else send(response, reply);
    })().catch(() => message.socket.destroy());
  });
  // A connection that ends while a client writes to it would look like a write of unknown outcome.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    state,
    faults,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function routesOf(kind: SandboxKind, hasConsole: boolean): readonly Route[] {
  const v3 = { wording: v3Answers, isGroupInName: false };
  const three = [...clientRoutesV3(v3), ...routesV3(v3), ...routesPublishers('/v3/admin/ns/client', v3)];
  if (kind === '3.2') return three;
  const answersOf = { '1.4': v14Answers, '2.x': v1Answers, '3.x': v1On3Answers } as const;
  const v1 = { wording: answersOf[kind], isGroupInName: true };
  if (kind === '3.x') return [...clientRoutesV1(v1), ...three, ...goneRoutes];
  const shared = [...clientRoutesV1(v1), ...routesV1(v1, hasConsole)];
  return kind === '2.x' ? [...shared, clientRouteV2, ...routesPublishers('/v2/ns/client', v3)] : shared;
}

function answer(
  route: Route | undefined,
  routes: ReadonlyMap<string, Route>,
  request: SandboxRequest,
  parts: ServerParts,
): Reply {
  if (route && request.path.startsWith(`${contextPath}/`))
    return parts.accounts.refusal(request, route.access) ?? route.answer(request, parts);
  const { method, path } = request;
  const wallMs = parts.clock.wallClock();
  const isKnownPath = [...routes.values()].some((one) => contextPath + one.path === path);
  if (isKnownPath) return springError(405, `Method '${method}' is not supported.`, path, wallMs);
  const message = isThree(parts.state.kind) ? `No endpoint ${method} ${path}.` : 'No message available';
  return springError(404, message, path, wallMs);
}

function requestText({ method, path, parameters }: SandboxRequest): string {
  const shown = new URLSearchParams(parameters);
  for (const secret of ['accessToken', 'password']) if (shown.has(secret)) shown.set(secret, '***');
  return `${method} ${path}${shown.size > 0 ? `?${shown.toString()}` : ''}`;
}

function send(response: ServerResponse, { status, type, body }: Reply): void {
  response.writeHead(status, {
    ...(type === undefined ? {} : { 'content-type': type }),
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
