import { createServer, type Server } from 'node:net';
import { until } from '../../support/time/until.ts';

function listening(address: { port: number; host: string } | { path: string }): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(address, () => resolve(server));
  });
}

async function isFree(port: number): Promise<boolean> {
  const server = await listening({ port, host: '0.0.0.0' });
  server?.close();
  return server !== undefined;
}

/** A port, `wished` if it is free, whose companions are free too: gRPC at +1000 and +1001, Raft at -1000, the console at +10. */
export async function freePort(wished?: number): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    const port = tries === 0 && wished !== undefined ? wished : 20_000 + Math.floor(Math.random() * 10_000);
    const ports = [port, port - 1_000, port + 10, port + 1_000, port + 1_001];
    const free = await Promise.all(ports.map(isFree));
    if (free.every(Boolean)) return port;
  }
}

/**
 * One real server at a time, across all test processes of this machine: two of them starve each other on two cores. The
 * name belongs to whoever listens on it, and is free again once that process is gone. Gives back how to let it go.
 */
export async function onlyServer(): Promise<() => void> {
  let server: Server | undefined;
  await until(async () => {
    server = await listening({ path: '\0nacos-rollout-live' });
    return server !== undefined;
  }, 500);
  return () => server?.close();
}
