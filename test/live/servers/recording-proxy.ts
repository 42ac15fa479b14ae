import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type RecordingProxy = {
  readonly port: number;
  readonly url: string;
  /** `GET /path?query`, in order. */
  readonly requests: readonly string[];
  close(): void;
};

/** What a 3.2 answers to every path of v1 and v2. */
function noSuchPath(path: string): string {
  const message = `No static resource ${path.replace('/nacos/', '')}.`;
  return JSON.stringify({ timestamp: new Date(), status: 404, error: 'Not Found', message, path });
}

/** Hands every request on to a port of this machine, and remembers it. Without v1 and v2 the server behind it is as a 3.2. */
export async function recordingProxy(toPort: number, isWithoutV1 = false): Promise<RecordingProxy> {
  const requests: string[] = [];
  const server: Server = createServer((incoming, outgoing) => {
    const { method = '', url: path = '', headers } = incoming;
    requests.push(`${method} ${path}`);
    if (isWithoutV1 && /^\/nacos\/v[12]\//.test(path)) {
      incoming.resume();
      outgoing.writeHead(404, { 'content-type': 'application/json' });
      outgoing.end(noSuchPath(path.replace(/\?.*/, '')));
      return;
    }
    const onward = request({ host: '127.0.0.1', port: toPort, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
