import { type Server, createServer, request } from 'node:http';
import { type AddressInfo, type Server as SocketServer, createServer as createSocketServer } from 'node:net';

export type Beside = { readonly url: string; close(): void };

/** In front of a Nacos on loopback: each answer takes so long. */
export function slowServer(target: string, delayMs: number): Promise<Beside> {
  const server = createServer((incoming, answer) => {
    setTimeout(() => {
      const { method, headers, url = '/' } = incoming;
      const passed = request(new URL(url, target), { method, headers }, (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      });
      passed.on('error', () => answer.destroy());
      incoming.pipe(passed);
    }, delayMs);
  });
  return listening(server);
}

/** Takes connections, and says nothing. */
export function silentServer(): Promise<Beside> {
  return listening(createSocketServer((socket) => void socket.on('error', () => undefined).resume()));
}

async function listening(server: Server | SocketServer): Promise<Beside> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() };
}
