import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { createInputDecoder } from '../../../src/keyboard/input-decoder.ts';
import { decodePayload, encodePayload } from '../../../src/nacos/grpc/payload.ts';
import { parseJson } from '../../../src/core/text/json-text.ts';
import { toldList } from '../../../src/nacos/grpc/told-lists.ts';
import { faceLineSchema, runnerLineSchema } from '../../../src/runner/ports/protocol.ts';
import { longestOrderBytes, overLines } from '../../../src/runner/process/line-socket.ts';
import { leftOffEvents } from '../../support/left-off-rollout.ts';
import { type Target, oneLine, same } from '../target.ts';

const orders = { namespace: 'public', group: 'DEFAULT_GROUP', service: 'orders' };
const pushed = JSON.stringify({
  serviceInfo: {
    name: 'orders',
    groupName: 'DEFAULT_GROUP',
    hosts: [{ ip: '10.0.0.1', port: 8080, enabled: true }],
  },
});
const payload = {
  type: 'NotifySubscriberRequest',
  headers: { app: 'a' },
  clientIp: '10.0.0.9',
  body: pushed,
};
const latin = (bytes: Buffer): string => bytes.toString('latin1');

/** A socket of which nothing is wanted but to hear it. */
function deafSocket(): Socket & { destroyed: boolean } {
  const socket = Object.assign(new EventEmitter(), {
    destroyed: false,
    setEncoding: () => undefined,
    write: () => true,
    end: () => undefined,
    destroy: () => (socket.destroyed = true),
  });
  return socket as unknown as Socket & { destroyed: boolean };
}

const [event] = leftOffEvents('7f3a0001');

export const lines: readonly Target[] = [
  {
    name: 'grpc-payload',
    seeds: [latin(encodePayload(payload)), latin(encodePayload({ ...payload, body: '{}' }))],
    words: ['\u0012', '\u001a', '\u00ff\u00ff\u00ff\u00ff\u000f', '\u0000', '\u000b', '\u0013'],
    run: (input) => {
      const decoded = decodePayload(Buffer.from(input, 'latin1'));
      same(decodePayload(encodePayload(decoded)), decoded, 'encoded and decoded again');
      toldList(parseJson(decoded.body), [orders]);
    },
  },
  {
    name: 'grpc-push',
    seeds: [pushed, '{"serviceInfo":{"hosts":[]}}'],
    words: ['"hosts":', '"ip":', '"port":', '"enabled":false', '"name":'],
    run: (input) => {
      const told = toldList(parseJson(input), [orders]);
      for (const { ip, port } of told?.consumers.items ?? [])
        if (ip.trim() === '' || !(port >= 0 && port <= 65_535)) throw new Error('nobody may be called there');
    },
  },
  {
    name: 'socket-line',
    seeds: [
      '{"kind":"hello","by":"ann@bastion","mayDecide":true}\n',
      '{"kind":"order","ref":1,"order":{"type":"pause"}}\n',
      `${JSON.stringify({ kind: 'event', event })}\n{"kind":"caught-up"}\n`,
    ],
    words: ['\n', '"kind":', '"order":', '"by":', '"ref":'],
    run: (input) => {
      for (const schema of [faceLineSchema, runnerLineSchema]) {
        const socket = deafSocket();
        overLines<unknown>(
          socket,
          schema,
          { line: (line) => void schema.parse(line), unreadable: oneLine, closed: () => undefined },
          longestOrderBytes,
        );
        socket.emit('data', input);
      }
    },
  },
  {
    name: 'keyboard',
    seeds: [
      '\u001b[A',
      '\u001b[200~paste\u001b[201~',
      '\u001b[M !!',
      '\u001b]11;rgb:00/00/00\u0007',
      'q\u00e5\u00ad\u0097',
    ],
    words: ['\u001b', '\u001b[', '\u001bP', '\u009b', '\u001b\\', ';', '~'],
    run: (input) => {
      const decoder = createInputDecoder();
      const events = [...decoder.take(Buffer.from(input, 'latin1')), ...decoder.expire()];
      for (const one of events)
        if (one.kind === 'text' && /\p{Cc}/u.test(one.text.replaceAll(/[\r\n\t]/g, '')))
          throw new Error('control characters were typed');
    },
  },
];
