import { isIP } from 'node:net';
import { type PeerCertificate, checkServerIdentity } from 'node:tls';
import {
  type ChannelCredentials,
  type ChannelOptions,
  Client,
  type ServiceError,
  type StatusObject,
  credentials,
  logVerbosity,
  setLogVerbosity,
  status,
} from '@grpc/grpc-js';
import { portInUrl } from '../../core/registry/address.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { Connection } from '../../world/connection.ts';
import { portsApart } from '../http/other-port.ts';
import { type Payload, decodePayload, encodePayload } from './payload.ts';

/** The most that a consumer of Nacos takes in one message, too. */
const messageMaxBytes = 10 * 1024 * 1024;

/** What a server says of an error is not kept without end. */
export const detailMax = 300;

/** What is said on standard error belongs to the screen. */
setLogVerbosity(logVerbosity.NONE);

/** Where a node is subscribed to: `host:port`, an IPv6 address in brackets. */
export function grpcAddress(node: string): string {
  const url = new URL(node);
  return `${url.hostname}:${portInUrl(url) + portsApart}`;
}

/**
 * A channel of its own for one session: Nacos knows a client by its HTTP/2 connection, so that nothing may be shared, and
 * what was broken is not mended behind our back.
 */
export function openChannel(node: string, tls: Connection['tls']): Client {
  const { protocol, hostname } = new URL(node);
  const security =
    protocol === 'https:'
      ? secured(tls, hostname)
      : { credentials: credentials.createInsecure(), options: {} };
  return new Client(grpcAddress(node), security.credentials, {
    ...security.options,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.max_receive_message_length': messageMaxBytes,
    'grpc.enable_retries': 0,
    'grpc.service_config_disable_resolution': 1,
    // As for HTTP: servers are reached directly.
    'grpc.enable_http_proxy': 0,
  });
}

/**
 * As HTTPS is: the certificate must be for the host that the profile names. An address is no name that TLS may ask for,
 * which grpc-js does all the same, and Node refuses: so it asks for another, and the certificate is held against the address.
 */
function secured(
  tls: Connection['tls'],
  hostname: string,
): { readonly credentials: ChannelCredentials; readonly options: ChannelOptions } {
  const pem = (text: string | undefined): Buffer | null => (text === undefined ? null : Buffer.from(text));
  const files = [pem(tls.ca), pem(tls.key), pem(tls.cert)] as const;
  const address = hostname.replace(/^\[|\]$/g, '');
  // Said, so that an environment that makes Node believe any certificate does not make us.
  const always = { rejectUnauthorized: true };
  if (isIP(address) === 0) return { credentials: credentials.createSsl(...files, always), options: {} };
  const check = {
    ...always,
    checkServerIdentity: (_name: string, certificate: PeerCertificate) =>
      checkServerIdentity(address, certificate),
  };
  return {
    credentials: credentials.createSsl(...files, check),
    options: { 'grpc.ssl_target_name_override': 'nacos' },
  };
}

type Stream = {
  /** `sent` is called when it has left us. */
  send(payload: Payload, sent?: () => void): void;
  cancel(): void;
};

/** The one stream over which a server speaks. `over` is called once. */
export function openStream(
  client: Client,
  hear: (payload: Payload) => void,
  over: (status: StatusObject) => void,
): Stream {
  const path = '/BiRequestStream/requestBiStream';
  const stream = client.makeBidiStreamRequest(path, encodePayload, decodePayload);
  stream.on('data', hear);
  stream.on('status', over);
  // Its status says the same, also where it is no error that the server has nothing more to say.
  stream.on('error', () => undefined);
  return {
    send: (payload, sent) => {
      stream.write(payload, sent);
    },
    cancel: () => stream.cancel(),
  };
}

/** One question; `answered` is called once. Returns how to give it up. */
export function askOnce(
  client: Client,
  payload: Payload,
  answered: (error: ServiceError | null, answer: Payload | undefined) => void,
): () => void {
  const call = client.makeUnaryRequest('/Request/request', encodePayload, decodePayload, payload, answered);
  return () => call.cancel();
}

/** Why there is no answer, from what the gRPC client says. */
export function channelError(
  node: string,
  { code, details }: Pick<StatusObject, 'code' | 'details'>,
): RegistryError {
  const address = grpcAddress(node);
  const detail = details.slice(0, detailMax);
  if (/certificate|handshake|\bTLS\b|\bSSL\b|EPROTO/i.test(detail)) return { kind: 'tls', address, detail };
  if (code === status.UNAVAILABLE) return { kind: 'unreachable', addresses: [address], detail };
  if (code === status.UNIMPLEMENTED) return { kind: 'not-nacos', address, detail };
  return { kind: 'server-error', status: 0, detail: `gRPC ${status[code]}: ${detail}` };
}
