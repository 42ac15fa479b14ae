import { type AddressInfo, createServer } from 'node:net';
import { onTestFinished } from 'vitest';

/** The address of a server that answers whatever it is sent with these bytes, and closes. It ends with the test. */
export async function bytesServer(answer: Buffer, port = 0): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(answer));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
