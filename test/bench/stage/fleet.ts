import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from '../../live/servers/live-place.ts';
import { type App, startApp } from './app.ts';

const heap = '128m';

/** One redeploy: from the moment it was asked for until the port of the new process was open, by the wall clock. */
export type Deploy = {
  readonly port: number;
  readonly oldPid: number;
  readonly began: number;
  readonly ended: number;
};

/** The instances, and an address that redeploys one of them: `POST {url}/{port}`. */
export type Fleet = {
  readonly ports: readonly number[];
  readonly url: string;
  pids(): readonly number[];
  /** Since the last call of this. */
  takeDeploys(): readonly Deploy[];
  close(): Promise<void>;
};

export type FleetOptions = {
  /** `host:port` of Nacos. */
  readonly nacos: string;
  readonly service: string;
  readonly directory: string;
  readonly count: number;
};

export async function startFleet({ nacos, service, directory, count }: FleetOptions): Promise<Fleet> {
  const apps = new Map<number, App>();
  let deploys: Deploy[] = [];
  const words = [`--nacos=${nacos}`, `--service=${service}`];
  const start = async (port: number): Promise<App> => {
    const app = await startApp({ name: 'orders', port, heap, directory, words });
    apps.set(port, app);
    return app;
  };
  while (apps.size < count) await start(await freePort());
  const redeploy = async (port: number): Promise<void> => {
    const old = apps.get(port);
    if (old === undefined) throw new Error(`no instance has the port ${port}`);
    const began = Date.now();
    await old.stop();
    await start(port);
    deploys.push({ port, oldPid: old.pid, began, ended: Date.now() });
  };
  const { server, url } = await listen(redeploy);
  return {
    ports: [...apps.keys()].sort((a, b) => a - b),
    url,
    pids: () => [...apps.values()].map(({ pid }) => pid),
    takeDeploys: () => {
      const taken = deploys;
      deploys = [];
      return taken;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await Promise.all([...apps.values()].map((app) => app.stop()));
    },
  };
}

async function listen(redeploy: (port: number) => Promise<void>): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    redeploy(Number(request.url?.slice(1))).then(
      () => response.end('redeployed\n'),
      (error: unknown) => response.writeHead(500).end(`${String(error)}\n`),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
