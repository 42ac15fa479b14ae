import type { Unread, Unreadable } from '../../core/registry/listed.ts';
import { endpointText } from '../../core/registry/service.ts';

/** What would be right in a field, as servers call it. */
const rights: Readonly<Record<string, string>> = {
  '': 'a record belongs there',
  ip: 'an address belongs there',
  address: 'host:port belongs there',
  port: 'a whole number from 0 to 65535 belongs there',
  weight: 'a number from 0 to 10000 belongs there',
  enabled: 'true or false belongs there',
  healthy: 'true or false belongs there',
  valid: 'true or false belongs there',
  ephemeral: 'true or false belongs there',
  metadata: 'texts by key belong there',
  ipCount: 'a count belongs there',
};
const name = 'a name belongs there';

/** Why a record cannot be read. Ends without a full stop: it stands inside other sentences too. */
export function unread({ field, found }: Unread): string {
  const right = rights[field] ?? name;
  if (field === '') return `it is ${found ?? 'nothing'}, and ${right}`;
  return found === undefined
    ? `its ${field} is missing, and ${right}`
    : `its ${field} is ${found}, and ${right}`;
}

/** Which registration it is, as far as that can be read. */
export function whichUnreadable({ ip, port }: Unreadable): string {
  if (ip !== undefined && port !== undefined) return endpointText({ ip, port });
  if (ip !== undefined) return `${ip}, port unknown`;
  return port === undefined ? 'no address' : `no address, port ${port}`;
}

const namedMax = 3;

/** Those of a service that cannot be read, the first ones by name. */
export function unreadableOf(service: string, records: readonly Unreadable[]): string {
  const named = records.slice(0, namedMax).map((one) => `${whichUnreadable(one)} (${unread(one)})`);
  const more = records.length > namedMax ? `; and ${records.length - namedMax} more` : '';
  const what =
    records.length === 1
      ? 'a registration that cannot be read, and is neither counted nor rolled'
      : `${records.length} registrations that cannot be read, and are neither counted nor rolled`;
  return `${service} has ${what}: ${named.join('; ')}${more}.`;
}
