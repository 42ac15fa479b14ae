import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type RecordingProxy = {
  readonly port: number;
  readonly url: string;
  /** `GET /path?query`, in order. */
  readonly requests: readonly string[];
  close(): void;
};

/** Hands every request on to a port of this machine, and remembers it. */
export async function recordingProxy(toPort: number): Promise<RecordingProxy> {
  const requests: string[] = [];
  const server: Server = createServer((incoming, outgoing) => {
    const { method = '', url: path = '', headers } = incoming;
    requests.push(`${method} ${path}`);
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
