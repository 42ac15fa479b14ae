import type { Socket } from 'node:net';
import { addressText } from '../core/registry/address.ts';

const open = new Set<string>();
const watching = new Set<Set<string>>();

/** How an end of a connection is known: by the address and the port from which it was opened. */
export const socketEnd = (address: string, port: number): string =>
  `${addressText(address).replace(/%.*/, '')} ${port}`;

/** A connection of this process to an instance, so that who counts the instance's connections can leave it out. */
export function noteOwnSocket(socket: Socket): void {
  socket.once('connect', () => {
    const { localAddress, localPort } = socket;
    if (localAddress === undefined || localPort === undefined) return;
    const end = socketEnd(localAddress, localPort);
    for (const seen of [open, ...watching]) seen.add(end);
    socket.once('close', () => open.delete(end));
  });
}

/** Collects the ends of our own connections that are open at any moment until `stop`, which tells them. */
export function watchOwnSockets(): { readonly stop: () => Promise<ReadonlySet<string>> } {
  const seen = new Set(open);
  watching.add(seen);
  return {
    stop: async () => {
      // One that the system has already opened may not have been told to us yet.
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      watching.delete(seen);
      return seen;
    },
  };
}
