import protobuf from 'protobufjs/minimal.js';

/** One message of Nacos's gRPC, in either direction: JSON in an envelope that names its Java class. */
export type Payload = {
  /** The simple name of the class, such as `SubscribeServiceRequest`. */
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whom the server takes the sender for. */
  readonly clientIp: string;
  /** JSON, as it was said. */
  readonly body: string;
};

/*
 * message Metadata { string type = 3; map<string, string> headers = 7; string clientIp = 8; }
 * message Payload { Metadata metadata = 2; google.protobuf.Any body = 3; }
 * Only the `value` of the body, its field 2, is used.
 */
const tag = (field: number): number => (field << 3) | 2;

export function encodePayload({ type, headers, clientIp, body }: Payload): Buffer {
  const writer = protobuf.Writer.create();
  writer.uint32(tag(2)).fork().uint32(tag(3)).string(type);
  for (const [key, value] of Object.entries(headers))
    writer.uint32(tag(7)).fork().uint32(tag(1)).string(key).uint32(tag(2)).string(value).ldelim();
  writer.uint32(tag(8)).string(clientIp).ldelim();
  writer.uint32(tag(3)).fork().uint32(tag(2)).bytes(Buffer.from(body)).ldelim();
  return Buffer.from(writer.finish());
}

const nothing: Payload = { type: '', headers: {}, clientIp: '', body: '' };

/** What cannot be decoded is a message without a type. */
export function decodePayload(bytes: Uint8Array): Payload {
  try {
    const fields = fieldsOf(bytes);
    const metadata = fieldsOf(fields.get(2) ?? new Uint8Array());
    const body = fieldsOf(fields.get(3) ?? new Uint8Array());
    const text = (part: Uint8Array | undefined): string => Buffer.from(part ?? []).toString();
    // Nothing that a server says in headers is of use to us.
    return { ...nothing, type: text(metadata.get(3)), body: text(body.get(2)) };
  } catch {
    return nothing;
  }
}

/** The length-delimited fields of a message; of one that is said twice, the last. */
function fieldsOf(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const reader = protobuf.Reader.create(bytes);
  const fields = new Map<number, Uint8Array>();
  while (reader.pos < reader.len) {
    const head = reader.uint32();
    if ((head & 7) === 2) fields.set(head >>> 3, reader.bytes());
    else reader.skipType(head & 7);
  }
  return fields;
}
