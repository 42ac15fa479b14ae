import { type IncomingMessage, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';

export type Ipv6Listener = {
  readonly port: number;
  /** The Host headers and paths of what was asked. */
  readonly asked: readonly string[];
  close(): Promise<void>;
};

/** Why nothing can listen on the IPv6 loopback here; `undefined` where it can. Said aloud, so that no skip is silent. */
export function whyNoIpv6(): string | undefined {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return addresses.some(({ address }) => address === '::1')
    ? undefined
    : said('IPv6 listeners are skipped: this machine has no ::1');
}

/** An address of this machine that is valid on one link only, with the link; `undefined` where it has none, said aloud. */
export function linkLocalAddress(): string | undefined {
  for (const [name, addresses] of Object.entries(networkInterfaces()))
    for (const { address } of addresses ?? []) if (address.startsWith('fe80:')) return `${address}%${name}`;
  said('an address of one link is skipped: this machine has none');
  return undefined;
}

/** Answers 200 to all that it is asked. */
export async function listenOn(host: string): Promise<Ipv6Listener> {
  const asked: string[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    asked.push(`${request.headers.host} ${request.url}`);
    response.end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function said(why: string): string {
  console.log(why);
  return why;
}
