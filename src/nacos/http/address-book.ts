import type { Connection } from '../../world/connection.ts';
import { trimSlashes } from './request.ts';

/** The addresses of one Nacos: the profile's own, and the accepted ones, which are never given the password. */
export type AddressBook = {
  /** The profile's own, the last good one first. */
  servers(): readonly string[];
  worked(address: string): void;
  readonly nodeAddresses: readonly string[];
  /** Those to try for a request, in turn; none where the one asked for was never given or accepted. */
  toTry(node: string | undefined, isRead: boolean): readonly string[];
};

export function openAddressBook(connection: Connection): AddressBook {
  const own = [...new Set(connection.servers.map(trimSlashes))];
  const nodeAddresses = [...new Set([...own, ...connection.acceptedNodes.map(trimSlashes)])];
  let lastGood = own[0];
  const lastGoodFirst = (addresses: readonly string[]): readonly string[] => [
    ...addresses.filter((address) => address === lastGood),
    ...addresses.filter((address) => address !== lastGood),
  ];

  return {
    nodeAddresses,
    servers: () => lastGoodFirst(own),
    worked: (address) => {
      lastGood = address;
    },
    toTry: (node, isRead) => {
      const named =
        node === undefined
          ? // An accepted one carries on where the profile's own are gone.
            lastGoodFirst(nodeAddresses)
          : [trimSlashes(node)].filter((one) => nodeAddresses.includes(one));
      // A read that has nowhere else to go is tried there again.
      return isRead && named.length === 1 ? [...named, ...named] : named;
    },
  };
}
