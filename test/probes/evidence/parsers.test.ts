import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMetricSelector } from '../../../src/core/drain/metric-selector.ts';
import { readCounts } from '../../../src/probes/evidence/command.ts';
import { parseJson } from '../../../src/core/text/json-text.ts';
import { atPath } from '../../../src/probes/json-path.ts';
import { sumOf } from '../../../src/probes/evidence/prometheus.ts';
import { parseSs } from '../../../src/probes/evidence/ss-output.ts';
import { readOf } from './evidence-of.ts';

const page = `# HELP http_requests_total The calls.
# TYPE http_requests_total counter
http_requests_total{method="post",code="200"} 1027 1395066363000
http_requests_total{method="post",code="400",}    3
  http_requests_total { method = "get" , code = "200" } 1.5e+01
http_requests_total{path="C:\\\\DIR\\\\a \\"b\\"{x}, y=\\"1\\"\\nz"} 2 # {trace="a b"} 0.5 1.0
http_requests_total_more{code="200"} 5000
# A comment {in="braces"} 5
no_labels 7
without_labels_at_a_time 12.0 -3982045
broken{code="200} 1
up{a="1"} NaN
down{a="1"} -1
high{a="1"} +Inf
# TYPE late_calls counter
# EOF
`;

const sum = (metric: string, text = page) => {
  const selector = parseMetricSelector(metric);
  if (selector === undefined) return 'no selector';
  const reading = sumOf(text, selector);
  return reading.kind === 'failed' ? reading.why : reading.reading.counters[0]?.value;
};

test('a label longer than any name is no reading: a pattern would be tried on it for minutes', () => {
  const line = (length: number): string => `calls_total{uri="${'/internal/'.repeat(length / 10)}"} 1\n`;
  expect(sum('calls_total{uri!~".*/internal/.*/health.*"}', line(1000))).toBe(1);
  expect(sum('calls_total{uri!~".*/internal/.*/health.*"}', line(1010))).toMatchObject({
    kind: 'unexpected',
  });
});

describe('a metric of Prometheus', () => {
  test.each([
    ['http_requests_total', 1047],
    ['http_requests_total{}', 1047],
    ['http_requests_total{code="200"}', 1042],
    ["http_requests_total{code='200',}", 1042],
    [' http_requests_total { code != "200" } ', 5],
    ['http_requests_total{code=""}', 2],
    ['http_requests_total{code=~"2..", method!~"p.*"}', 15],
    ['http_requests_total{code=~"2"}', 0],
    ['http_requests_total{method=~"(?i)POST"}', 1030],
    ['http_requests_total{path="C:\\\\DIR\\\\a \\"b\\"{x}, y=\\"1\\"\\nz"}', 2],
    ['no_labels', 7],
    ['without_labels_at_a_time', 12],
    ['late_calls_total', 0],
  ])('%s is %j', (metric, value) => {
    expect(sum(metric)).toBe(value);
  });

  test.each([
    ['broken', { expected: 'metric', found: 'broken{code="200} 1' }],
    ['up', { expected: 'count', found: 'up{a="1"} NaN' }],
    ['down', { expected: 'count', found: 'down{a="1"} -1' }],
    ['high', { expected: 'count', found: 'high{a="1"} +Inf' }],
    ['http_requests', { expected: 'metric' }],
    ['late_calls_totals', { expected: 'metric' }],
  ])('%s is no count', (metric, why) => {
    expect(sum(metric)).toMatchObject({ kind: 'unexpected', ...why });
  });

  test.each(['', '{a="1"}', '1a', 'a{b}', 'a{b=1}', 'a{b="1"', 'a{b="1" c="2"}', 'a{b=~"("}', 'a{,}', 'a b'])(
    'the selector %j is none',
    (metric) => expect(sum(metric)).toBe('no selector'),
  );

  test('a page with Windows line ends is read', () => {
    expect(sum('no_labels', page.replaceAll('\n', '\r\n'))).toBe(7);
  });
});

describe('what a command prints', () => {
  test.each([
    ['12', [{ caller: 'all', key: '', value: 12 }], false],
    [' 12.0e1 \n\n', [{ caller: 'all', key: '', value: 120 }], false],
    ['10.0.0.1 5', [{ caller: '10.0.0.1', key: '', value: 5 }], true],
    [
      '::ffff:10.0.0.1\t5\r\ngateway 0\n10.0.0.1 2\n10.0.0.9 4\n',
      [
        { caller: '10.0.0.1', key: '', value: 7 },
        { caller: 'gateway', key: '', value: 0 },
      ],
      true,
    ],
  ])('%j is %j', (output, counters, isPerCaller) => {
    const reading = readOf(readCounts(output, ['10.0.0.9']));
    expect(reading).toEqual({ unit: 'calls', isPerCaller, counters });
  });

  test.each(['', ' \n', '-1', 'NaN', 'abc', '1 2 3', 'a -1', '5\n6', 'a 1\nb', '9007199254740993', '0x10'])(
    '%j is no count',
    (output) =>
      expect(readCounts(output, [])).toMatchObject({ why: { kind: 'unexpected', expected: 'counts' } }),
  );
});

describe('what ss prints', () => {
  const info = ' cubic wscale:7,7 bytes_received:5 segs_out:1 segs_in:3 lastsnd:9 lastrcv:304 lastack:4';
  const connection = { local: '10.0.0.1', localPort: 80, peer: '10.0.0.2', peerPort: 4000 };
  const told = { ...connection, receivedBytes: 5, idleMs: 304 };

  test.each([
    ['as -tinH prints it', `0      0      10.0.0.1:80   10.0.0.2:4000\n\t${info}\n`],
    ['in one line, by -O', `0 0 10.0.0.1:80 10.0.0.2:4000 ${info}\n`],
    [
      'with states',
      `ESTAB 0 0 10.0.0.1:80 10.0.0.2:4000\n\t${info}\nTIME-WAIT 0 0 10.0.0.1:80 10.0.0.2:4001\n`,
    ],
    [
      'with a head, listeners and processes',
      `Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process
tcp   LISTEN 0      128                *:80                  *:*     users:(("java",pid=1,fd=3))
\t cubic cwnd:10
tcp   ESTAB  0      0      [::ffff:10.0.0.1]:80 [::ffff:10.0.0.2]:4000 users:(("java",pid=1,fd=7))
\t ${info}`,
    ],
    ['on a link', `0 0 10.0.0.1%eth0:80 10.0.0.2:4000\n\t${info}`],
  ])('%s', (_name, output) => {
    expect(parseSs(output)).toEqual({ kind: 'connections', list: [told] });
  });

  test('addresses of IPv6 are as Nacos shows them, without the link', () => {
    for (const local of ['[fe80::1%eth0]', '[fe80::1]%eth0', '[FE80:0::1]'])
      expect(parseSs(`0 0 ${local}:80 [2001:db8::5]:4000 ${info}`)).toMatchObject({
        list: [{ local: 'fe80::1', peer: '2001:db8::5' }],
      });
  });

  test('a connection that has received nothing is one, and one of which that is not said is no evidence', () => {
    const line = '0 0 10.0.0.1:80 10.0.0.2:4000';
    expect(parseSs(`${line}\n\t cubic segs_in:2`)).toMatchObject({
      list: [{ receivedBytes: 0, idleMs: undefined }],
    });
    expect(parseSs(`${line}\n\t cubic lastrcv:3`)).toMatchObject({ kind: 'untold' });
    expect(parseSs(line)).toMatchObject({ kind: 'untold' });
    // Of netstat.
    expect(parseSs(`tcp ${line} ESTABLISHED`)).toMatchObject({ kind: 'untold' });
    expect(parseSs('')).toEqual({ kind: 'connections', list: [] });
  });

  test.each([
    '0 0 10.0.0.1:http 10.0.0.2:4000',
    'bash: ss: command not found',
    '<html>',
    '\t cubic segs_in:2',
  ])('%j is none of it', (output) => {
    expect(parseSs(output)).toMatchObject({ kind: 'bad' });
  });
});

test.each([
  ['data.calls.0', { data: { calls: [7] } }, 7],
  ['a', { a: null }, null],
  ['0', [1], 1],
  ['a.length', { a: 'text' }, undefined],
  ['a.length', { a: [1] }, undefined],
  ['a.-1', { a: [1] }, undefined],
  ['constructor', {}, undefined],
  ['__proto__', JSON.parse('{"__proto__":5}'), 5],
])('at %s of %j stands %j', (path, value, found) => {
  expect(atPath(value, path)).toEqual(found);
});

const selectorA = { name: 'a', matches: () => true };

/** Half a million times the same: what looks back from each character would take minutes. */
const long = (text: string): string => text.repeat(500_000);

test.each([
  ['links in an address of ss', () => parseSs(`0 0 ${long('%')}]x:80 10.0.0.2:4000 segs_in:1`)],
  ['ports in an address of ss', () => parseSs(`0 0 ${long(':1')} x`)],
  ['blanks in a line of ss', () => parseSs(`0${long(' ')}x`)],
  ['numbers behind a line of ss', () => parseSs(`0 0 a:1 b:2 ${long('segs_in:1x ')}`)],
  ['lines of one connection', () => parseSs(`0 0 a:1 b:2${long('\n x')}`)],
  ['a label of Prometheus', () => sumOf(`a{b="${long('\\"')}`, selectorA)],
  ['labels of Prometheus', () => sumOf(`a{${long('b="",')}`, selectorA)],
  ['blanks of Prometheus', () => sumOf(`# TYPE${long(' ')}\n${long(' ')}a${long(' ')}{`, selectorA)],
  ['a number of Prometheus', () => sumOf(`a ${long('1')}x`, selectorA)],
  ['blanks of a command', () => readCounts(`a${long(' ')}b c`, [])],
  ['an address of a command', () => readCounts(`${long('%')}: 1`, [])],
])('a hostile line takes no longer than its length: %s', (_name, read) => {
  const before = process.cpuUsage();
  read();
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
});

const pieces =
  '# TYPE a counter|a|{|}|b="|"|\\|,|=|NaN|+Inf|-1|1e400| |\n|0 0 |[::1]:80|1.2.3.4:80|*:*|ESTAB |bytes_received:5|segs_in:|%eth0|\t|\0|9'.split(
    '|',
  );

test('whatever is printed, nothing throws, and what is counted is a count', () => {
  const words = constantFrom(...pieces);
  const text = oneof(
    string(),
    string({ unit: 'binary' }),
    array(words).map((all) => all.join('')),
  );
  assert(
    property(text, text, (output, other) => {
      const selector = parseMetricSelector(other) ?? parseMetricSelector('a{b!="x"}');
      for (const reading of [readCounts(output, [other]), ...(selector ? [sumOf(output, selector)] : [])])
        if (reading.kind === 'read')
          for (const { value } of reading.reading.counters) expect(value).toBeGreaterThanOrEqual(0);
        else expect(reading.why.kind).toBe('unexpected');
      const parsed = parseSs(output);
      if (parsed.kind === 'connections')
        for (const { receivedBytes, idleMs = 0 } of parsed.list)
          expect(receivedBytes + idleMs).toBeGreaterThanOrEqual(0);
      atPath(parseJson(output), other);
    }),
    { numRuns: 2000 },
  );
});
