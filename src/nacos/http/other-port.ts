import { portInUrl } from '../../core/registry/address.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';

type OtherPort = Extract<RegistryError, { kind: 'other-port' }>;

/** Nobody at this address has understood what was sent, so nothing was done. */
export function isWrongDoor({ kind }: RegistryError): boolean {
  return kind === 'tls' || kind === 'tls-absent' || kind === 'https-needed' || kind === 'other-port';
}

/** Who wants TLS, at an address that was given without. */
export function httpsNeeded(address: string): Extract<RegistryError, { kind: 'https-needed' }> {
  return { kind: 'https-needed', address, instead: address.replace(/^http:/, 'https:') };
}

/** gRPC is 1000 above HTTP, between the members 1001, and Raft 1000 below. Where nothing else is set up, HTTP is at 8848. */
export const portsApart = 1000;
const usualRaftPort = 7848;
const usualMemberPort = 9849;

/** Who speaks HTTP/2 and nothing else at an address that was given for HTTP. Its two kinds answer alike. */
export function grpcPort(address: string): OtherPort {
  const port = portInUrl(new URL(address));
  const above = port === usualMemberPort ? portsApart + 1 : portsApart;
  const [grpc, raft] = [withPort(address, port - above), withPort(address, port + portsApart)];
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

function withPort(address: string, port: number): string | undefined {
  if (port < 1 || port > 65_535) return undefined;
  const { protocol, hostname } = new URL(address);
  return `${protocol}//${hostname}:${port}`;
}
