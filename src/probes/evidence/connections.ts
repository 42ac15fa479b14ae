import { networkInterfaces } from 'node:os';
import type { Registration } from '../../core/plan/plan.ts';
import { addressText } from '../../core/registry/address.ts';
import type { EvidenceReading } from '../../world/world.ts';
import { socketEnd, watchOwnSockets } from '../own-sockets.ts';
import { failed, unexpected } from './count.ts';
import { type CommandPlace, runLine, runWords } from './run.ts';
import { type Connection, parseSs } from './ss-output.ts';

/** Twenty thousand connections, each with what is known of it. */
const outputBytesMax = 8_000_000;
const portMax = 65_535;

/** The established connections to the port of an instance: of this machine, or as the command line `run` prints them. */
export async function readConnections(
  run: string | undefined,
  ignore: readonly string[],
  place: CommandPlace,
): Promise<EvidenceReading> {
  const { registration } = place;
  if (run === undefined && !isHere(registration.ip))
    return failed({ kind: 'elsewhere', ip: registration.ip });
  // ss would take it for another one.
  if (registration.port > portMax) return failed({ kind: 'refused', detail: 'ERR_SOCKET_BAD_PORT' });
  const own = watchOwnSockets();
  const ran = await (run === undefined
    ? runWords(ssWords(registration.port), place, outputBytesMax)
    : runLine(run, place, outputBytesMax));
  const ownEnds = await own.stop();
  if (!ran.ok) return failed(ran.why);
  const parsed = parseSs(ran.output);
  if (parsed.kind !== 'connections')
    return unexpected(parsed.kind === 'bad' ? 'connections' : 'connection-times', parsed.line);
  const callers = connectionsTo(registration, parsed.list, run === undefined).filter(
    ({ peer, peerPort }) =>
      !ignore.map(addressText).includes(peer) && !ownEnds.has(socketEnd(peer, peerPort)),
  );
  const counters = callers.map(({ local, peer, peerPort, receivedBytes, idleMs }) => ({
    caller: peer,
    key: `${peerPort} ${local}`,
    value: receivedBytes,
    idleMs,
  }));
  return { kind: 'read', reading: { unit: 'bursts', isPerCaller: true, counters } };
}

const ssWords = (port: number): readonly [string, ...string[]] => [
  'ss',
  '-tinH',
  'state',
  'established',
  '(',
  'sport',
  '=',
  `:${port}`,
  ')',
];

/** Several processes of a machine may listen on one port, each on its own address. */
function connectionsTo(
  { ip, port }: Registration,
  all: readonly Connection[],
  isThisMachine: boolean,
): readonly Connection[] {
  const toPort = all.filter(({ localPort }) => localPort === port);
  const toAddress = toPort.filter(({ local }) => local === withoutLink(ip));
  // Elsewhere the registered address may be one that is translated on the way.
  return isThisMachine || toAddress.length > 0 ? toAddress : toPort;
}

const withoutLink = (ip: string): string => addressText(ip).replace(/%.*/, '');

function isHere(ip: string): boolean {
  const text = withoutLink(ip);
  if (text.startsWith('127.')) return true;
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return addresses.some(({ address }) => addressText(address) === text);
}
