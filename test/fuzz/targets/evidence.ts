import { parseMetricSelector } from '../../../src/core/drain/metric-selector.ts';
import { metadataWire } from '../../../src/nacos/wire/records.ts';
import { readCounts } from '../../../src/probes/evidence/command.ts';
import { countOf } from '../../../src/probes/evidence/count.ts';
import { sumOf } from '../../../src/probes/evidence/prometheus.ts';
import { parseSs } from '../../../src/probes/evidence/ss-output.ts';
import { decodeStatus } from '../../../src/probes/grpc-health.ts';
import { parseJson } from '../../../src/core/text/json-text.ts';
import { atPath } from '../../../src/probes/json-path.ts';
import type { EvidenceReading } from '../../../src/world/world.ts';
import { type Target, oneLine, tellable } from '../target.ts';

const selector = parseMetricSelector('calls_total{code="200"}');

/** Counts only grow, so none is negative or beyond what is exact; and what is none is said. */
function sound(reading: EvidenceReading): void {
  if (reading.kind === 'failed') return tellable((words) => words.failures.reading(reading.why));
  for (const { value } of reading.reading.counters)
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER)) throw new Error(`counted ${value}`);
}

export const evidenceTargets: readonly Target[] = [
  {
    name: 'ss',
    seeds: [
      'State Recv-Q Send-Q Local Address:Port Peer Address:Port\nESTAB 0 0 10.0.0.1:8080 10.0.0.9:40000\n\t cubic bytes_received:12 segs_in:3 lastrcv:8\n',
      'ESTAB 0 0 [fe80::1%eth0]:8080 [::ffff:10.0.0.9]:40000 cubic segs_in:1\n',
    ],
    words: ['ESTAB', 'LISTEN', 'bytes_received:', 'lastrcv:', 'segs_in:', '\n\t', ':*'],
    run: (input) => {
      const output = parseSs(input);
      if (output.kind !== 'connections') return;
      for (const { receivedBytes, localPort } of output.list)
        if (Number.isNaN(receivedBytes + localPort)) throw new Error('no number');
    },
  },
  {
    name: 'prometheus',
    seeds: [
      '# TYPE calls_total counter\ncalls_total{code="200",uri="/a"} 12 1700000000000\ncalls_total{code="500"} 1.5e3\n',
      '# TYPE calls counter\ncalls_total 7 # {trace="x"} 1\n# EOF\n',
      'calls_total{code="2\\"00",} +Inf\n',
    ],
    words: ['calls_total', '# TYPE', 'code="200"', '{', '}', '\\"', '+Inf', '\n'],
    run: (input) => {
      if (selector !== undefined) sound(sumOf(input, selector));
    },
  },
  {
    name: 'json-path',
    seeds: ['data.calls.0\n{"data":{"calls":["12"]}}', 'constructor\n{}', '0.0.0\n[[[1]]]'],
    words: ['__proto__', 'length', '.', '0', '{"a":', '[['],
    run: (input) => {
      const at = input.indexOf('\n');
      const body = parseJson(input.slice(at + 1));
      const found = atPath(body, input.slice(0, Math.max(at, 0)));
      if (typeof found === 'function') throw new Error('nobody sent that');
      countOf(found);
      JSON.stringify(found);
    },
  },
  {
    name: 'counts',
    seeds: ['12\n', '10.0.0.9 12\n10.0.0.8 3\n', '[::1] 4\n'],
    words: ['10.0.0.9', ' ', '\n', '9007199254740991'],
    run: (input) => sound(readCounts(input, ['10.0.0.8'])),
  },
  {
    name: 'grpc-health',
    seeds: ['\b\u0001', '', '\b\u0002', '\u0012\u0000\b\u0001'],
    run: (input) => oneLine(decodeStatus(Buffer.from(input, 'latin1'))),
  },
  {
    name: 'metadata',
    seeds: ['{"version":"1.2","zone":"a"}', '{"management.port":8081,"deep":{"a":[1,null]}}', 'null'],
    words: ['"management.port":', '"":', '[[', '{"a":'],
    run: (input) => {
      const read = metadataWire.safeParse(parseJson(input));
      if (!read.success) return;
      for (const value of Object.values(read.data)) if (typeof value !== 'string') throw new Error('no text');
    },
  },
];
