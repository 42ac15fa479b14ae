import type { RegistryError } from '../../core/registry/registry-error.ts';

type OtherPort = Extract<RegistryError, { kind: 'other-port' }>;

/** Nobody at this address has understood what was sent, so nothing was done. */
export function isWrongDoor({ kind }: RegistryError): boolean {
  return kind === 'tls' || kind === 'tls-absent' || kind === 'https-needed' || kind === 'other-port';
}

/** gRPC is 1000 above HTTP, between the members 1001, and Raft 1000 below. Where nothing else is set up, HTTP is at 8848. */
const apart = 1000;
const usualRaftPort = 7848;
const usualMemberPort = 9849;

/** Who speaks HTTP/2 and nothing else at an address that was given for HTTP. Its two kinds answer alike. */
export function grpcPort(address: string): OtherPort {
  const port = portOf(address);
  const above = port === usualMemberPort ? apart + 1 : apart;
  const [grpc, raft] = [withPort(address, port - above), withPort(address, port + apart)];
  const isRaft = port === usualRaftPort || grpc === undefined;
  const [instead, otherwise] = isRaft ? [raft, grpc] : [grpc, raft];
  return {
    kind: 'other-port',
    address,
    port: isRaft ? 'raft' : 'grpc',
    instead: instead ?? address,
    ...(otherwise !== undefined && { otherwise }),
  };
}

/** The console of a 3.x, which says at which port its server listens. */
export function consolePort(address: string, serverPort: number): OtherPort {
  return { kind: 'other-port', address, port: 'console', instead: withPort(address, serverPort) ?? address };
}

function portOf(address: string): number {
  const { port, protocol } = new URL(address);
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

function withPort(address: string, port: number): string | undefined {
  if (port < 1 || port > 65_535) return undefined;
  const { protocol, hostname } = new URL(address);
  return `${protocol}//${hostname}:${port}`;
}
