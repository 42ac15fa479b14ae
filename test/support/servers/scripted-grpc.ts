import { Server, ServerCredentials, type ServerDuplexStream, status } from '@grpc/grpc-js';
import protobuf from 'protobufjs';

/** As Nacos describes it; ours is written by hand, and read here by another hand. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Body { string type_url = 1; bytes value = 2; }
  message Metadata { string type = 3; map<string, string> headers = 7; string clientIp = 8; }
  message Payload { Metadata metadata = 2; Body body = 3; }
`);
const payload = root.lookupType('Payload');

export type GrpcMessage = {
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly clientIp: string;
  readonly body: Readonly<Record<string, unknown>>;
};

type Plain = {
  metadata?: { type?: string; headers?: Record<string, string>; clientIp?: string };
  body?: { value?: Uint8Array };
};

export function readMessage(bytes: Uint8Array): GrpcMessage {
  const { metadata, body } = payload.toObject(payload.decode(bytes), { objects: true }) as Plain;
  const text = Buffer.from(body?.value ?? []).toString();
  const { type = '', headers = {}, clientIp = '' } = metadata ?? {};
  return { type, headers, clientIp, body: JSON.parse(text) as GrpcMessage['body'] };
}

export function messageBytes(type: string, body: unknown): Buffer {
  const value = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return Buffer.from(payload.encode(payload.create({ metadata: { type }, body: { value } })).finish());
}

/** What is answered to a question: `hang` says nothing, a number is a status of gRPC, bytes are sent as they are. */
export type GrpcSaid = 'hang' | number | Buffer;
export type GrpcScript = (asked: GrpcMessage, session: number) => GrpcSaid | undefined;

export const fine = { resultCode: 200, errorCode: 0, success: true };

/** The list of a service, as Nacos pushes it. */
export const serviceInfo = (service: string, hosts: readonly unknown[]) => ({
  name: service,
  groupName: 'DEFAULT_GROUP',
  clusters: '',
  hosts,
});

export const host = (ip: string, port = 8080) => ({ ip, port, enabled: true, healthy: true });

/** Answers as a Nacos does that has nobody registered. */
export function asNacos({ type, body }: GrpcMessage): GrpcSaid {
  if (type === 'ServerCheckRequest') {
    return messageBytes('ServerCheckResponse', {
      ...fine,
      connectionId: '1_a_2',
      supportAbilityNegotiation: true,
    });
  }
  if (type === 'SubscribeServiceRequest')
    return messageBytes('SubscribeServiceResponse', {
      ...fine,
      serviceInfo: serviceInfo(String(body['serviceName']), []),
    });
  return messageBytes('HealthCheckResponse', fine);
}

export type ScriptedGrpc = {
  /** The HTTP address of the node whose gRPC port this is. */
  readonly node: string;
  readonly port: number;
  /** Every message that came, in a unary call or over a stream. */
  readonly heard: readonly GrpcMessage[];
  of(type: string): readonly GrpcMessage[];
  /** How many sessions have been set up. */
  sessions(): number;
  /** Says something over the last stream. */
  say(bytes: Buffer): void;
  /** Ends the last stream, and nothing else. */
  endStream(): void;
  /** Ends everything at once, as a killed server does. */
  stop(): void;
};

type Stream = ServerDuplexStream<GrpcMessage, Buffer>;

const paths = {
  ask: { path: '/Request/request', requestStream: false, responseStream: false },
  stream: { path: '/BiRequestStream/requestBiStream', requestStream: true, responseStream: true },
};

const codec = {
  requestSerialize: (bytes: Buffer) => bytes,
  requestDeserialize: readMessage,
  responseSerialize: (bytes: Buffer) => bytes,
  responseDeserialize: readMessage,
};

/** The gRPC side of a Nacos that says what the test says, and otherwise what a Nacos says that has nobody registered. */
export async function scriptedGrpc(
  script: GrpcScript = () => undefined,
  {
    port = 0,
    hasSetupAck = true,
    tls,
  }: { port?: number; hasSetupAck?: boolean; tls?: { key: string; cert: string } } = {},
): Promise<ScriptedGrpc> {
  const heard: GrpcMessage[] = [];
  const streams: Stream[] = [];
  let sessions = 0;
  const server = new Server();
  server.addService(
    { ask: { ...paths.ask, ...codec }, stream: { ...paths.stream, ...codec } },
    {
      ask: (
        { request }: { request: GrpcMessage },
        answer: (error: { code: number; details: string } | null, bytes?: Buffer) => void,
      ) => {
        heard.push(request);
        const said = script(request, sessions) ?? asNacos(request);
        if (typeof said === 'number') answer({ code: said, details: status[said] ?? '' });
        else if (said !== 'hang') answer(null, said);
      },
      stream: (stream: Stream) => {
        streams.push(stream);
        stream.on('data', (message: GrpcMessage) => {
          heard.push(message);
          if (message.type !== 'ConnectionSetupRequest') return;
          sessions += 1;
          if (hasSetupAck) stream.write(messageBytes('SetupAckRequest', { abilityTable: {} }));
        });
        stream.on('error', () => undefined);
        stream.on('end', () => stream.end());
      },
    },
  );
  const credentials =
    tls === undefined
      ? ServerCredentials.createInsecure()
      : ServerCredentials.createSsl(null, [
          { private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.cert) },
        ]);
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, credentials, (error, given) =>
      error === null ? resolve(given) : reject(error),
    );
  });
  return {
    node: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${bound - 1000}`,
    port: bound,
    heard,
    of: (type) => heard.filter((message) => message.type === type),
    sessions: () => sessions,
    say: (bytes) => void streams.at(-1)?.write(bytes),
    endStream: () => void streams.at(-1)?.end(),
    stop: () => server.forceShutdown(),
  };
}
