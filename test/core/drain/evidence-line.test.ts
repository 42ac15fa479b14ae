import { expect, test } from 'vitest';
import type { Evidence } from '../../../src/core/drain/evidence.ts';
import { evidenceOf, evidenceWritten } from '../../../src/core/drain/evidence-file.ts';
import { evidenceLines, parseEvidence, parseEvidenceLine } from '../../../src/core/drain/evidence-line.ts';

const url = 'http://{ip}:{port}/actuator';
const lines: readonly (readonly [string, Evidence])[] = [
  ['connections', { kind: 'connections' }],
  ['connections[10.0.0.9,10.0.0.10]', { kind: 'connections', ignore: ['10.0.0.9', '10.0.0.10'] }],
  [
    'connections[fe80::1]:ssh "$NACOS_ROLLOUT_IP" ss -tinH',
    { kind: 'connections', run: 'ssh "$NACOS_ROLLOUT_IP" ss -tinH', ignore: ['fe80::1'] },
  ],
  [`actuator:${url}`, { kind: 'actuator', url }],
  [
    `actuator[/health,/files/{name:[a-z]+}]:${url}`,
    { kind: 'actuator', url, ignore: ['/health', '/files/{name:[a-z]+}'] },
  ],
  [
    'prometheus:http://{ip}:9404/metrics#http_requests_total{code="200",path=~".*#.*"}',
    {
      kind: 'prometheus',
      url: 'http://{ip}:9404/metrics',
      metric: 'http_requests_total{code="200",path=~".*#.*"}',
    },
  ],
  ['json:https://{ip}/stats#data.calls.0', { kind: 'json', url: 'https://{ip}/stats', path: 'data.calls.0' }],
  ['command:./calls.sh | tail -1', { kind: 'command', run: './calls.sh | tail -1' }],
];

test.each(lines)('%s is read, and written again, in a flag and in a file', (line, evidence) => {
  expect(parseEvidence(line)).toEqual(evidence);
  expect(evidenceLines([evidence])).toBe(line);
  expect(evidenceOf(evidenceWritten([evidence]))).toEqual([evidence]);
});

test('several stand in one line, whatever plus signs their commands have', () => {
  const all = lines.map(([, evidence]) => evidence);
  const sums: Evidence = { kind: 'command', run: 'expr 1 + 2 + $(calls)' };
  expect(parseEvidenceLine(evidenceLines([...all, sums, ...all]))).toEqual([...all, sums, ...all]);
  expect(parseEvidenceLine(' ')).toEqual([]);
  expect(parseEvidenceLine('connections + nothing')).toBeUndefined();
});

test.each([
  '',
  'connection',
  'Connections',
  'connections:',
  'connections[]',
  'connections[a,]',
  'connections[a',
  'actuator',
  'actuator:',
  'actuator:10.0.0.1:8080/actuator',
  'actuator:ftp://x/actuator',
  `actuator:${url}#part`,
  'actuator:http://x y/actuator',
  'prometheus:http://x/metrics',
  'prometheus:http://x/metrics#',
  'prometheus:http://x/metrics#a{b}',
  'prometheus:http://x/metrics#1a',
  'prometheus[a]:http://x/metrics#m',
  'prometheus:#m',
  'json:http://x/stats',
  'json:stats.json#a',
  'command:',
  'command',
  'http://x/actuator',
  'none',
])('%j is no source of evidence', (text) => {
  expect(parseEvidence(text)).toBeUndefined();
});
