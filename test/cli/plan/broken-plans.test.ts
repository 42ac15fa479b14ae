import { expect, test } from 'vitest';
import { answered, ofService } from '../support/broken-plan.ts';

const drains =
  'a drain is written { time: 10s } or { consumers: grpc | dubbo | ribbon | spring-cloud | legacy }, with evidence: connections, floor: 5s, ceiling: 3m, certainty: 99.9% and slowest: 0.5/s beside consumers or time';
const checks =
  'a check is written tcp, none, { http: "http://{ip}:{port}/health", successes: 3, within: 3m }, or with actuator: "http://{ip}:{port}/actuator", grpc: "{ip}:{port}" or run: ./check.sh for http';
const times = 'a duration is written 500ms, 40s, 2m or 1h';

const parts = 'a part of the targets is written 25%, from 1% to 100%';
const batches =
  'a batch is written 2, 25%, or as how far the service has come after each batch: [1, 25%, 100%]';
const zones = 'zones are written { by: cluster } or { by: metadata, key: zone }';

/** What the sixth line has, the column, and what is said of it after the place of the service. */
test.for([
  ['drian: { floor: 10s }', 9, ': there is no key drian; did you mean drain?'],
  ['instance: [10.0.0.1:8080]', 9, ': there is no key instance; did you mean instances?'],
  ['drain: 10s', 16, `.drain: ${drains}.`],
  ['drain: { floor: 10 }', 25, `.drain.floor: ${times}; did you mean 10s?`],
  ['drain: { floor: 10sec }', 25, `.drain.floor: ${times}; did you mean 10s?`],
  ['drain: { floor: 1m30s }', 25, `.drain.floor: ${times}; did you mean 90s?`],
  ['drain: { flor: 10s }', 18, '.drain: there is no key flor; did you mean floor?'],
  ['drain: { consumers: dubo }', 29, '.drain.consumers: there is no dubo; did you mean dubbo?'],
  [
    'drain: { consumers: kafka }',
    29,
    '.drain.consumers: it is written grpc or dubbo or ribbon or spring-cloud or legacy, not kafka.',
  ],
  [
    'drain: { floor: 10s, evidence: conections }',
    40,
    '.drain.evidence: there is no conections; did you mean connections?',
  ],
  [
    'drain: { time: 30s, evidence: [{ prometheus: { url: "http://x/", metrc: a } }] }',
    74,
    '.drain.evidence[0].prometheus: there is no key metrc; did you mean metric?',
  ],
  [
    'drain: { time: 30s, evidence: { actuator: 10.0.0.1 } }',
    51,
    '.drain.evidence.actuator: a URL begins with http:// or https://.',
  ],
  [
    'drain: { time: 30s, evidence: { json: { url: "http://x/" } } }',
    47,
    '.drain.evidence.json.path: it is missing.',
  ],
  [
    'drain: { time: 30s, evidence: connections, certainty: 20% }',
    63,
    '.drain.certainty: a certainty is written 99.9% or 0.999, from 50% up and less than 100%.',
  ],
  [
    'drain: { time: 30s, evidence: connections, slowest: never }',
    61,
    '.drain.slowest: slowest is the calls a second of the rarest consumer, written 0.5, 0.5/s, 30/m or 2/h.',
  ],
  ['check: tpc', 16, '.check: there is no tpc; did you mean tcp?'],
  ['check: { htpp: "http://{ip}:{port}/" }', 18, '.check: there is no key htpp; did you mean http?'],
  [
    'check: { http: "http://{ip}:{port}/", sucesses: 3 }',
    47,
    '.check: there is no key sucesses; did you mean successes?',
  ],
  ['check: { http: "http://{ip}:{port}/", successes: three }', 58, '.check.successes: it is no number.'],
  ['check: { http: "http://{ip}:{port}/", successes: 0 }', 58, '.check.successes: at least 1.'],
  ['check: { http: "http://{ip}:{port}/", successes: 101 }', 58, '.check.successes: at most 100.'],
  ['check: { http: "http://{ip}:{port}/", successes: 1.5 }', 58, '.check.successes: it is no whole number.'],
  [
    'check: { http: "http://{ip}:{port}/", within: 3 minutes }',
    55,
    `.check.within: ${times}; did you mean 3m?`,
  ],
  ['check: { http: ftp://x }', 24, '.check.http: a URL is written http://HOST:PORT/PATH.'],
  [
    'check: { http: "http://{ip}/", changed: { metdata: v } }',
    51,
    '.check.changed: there is no key metdata; did you mean metadata?',
  ],
  ['check: { grpc: 9090 }', 24, '.check.grpc: it is written {ip}:9090, or true for the instance’s own port.'],
  ['check: { http: "http://{ip}/", tcp: true }', 16, `.check: ${checks}.`],
  ['check: {}', 16, `.check: ${checks}.`],
  [
    'rollback: ./back.sh',
    19,
    '.rollback: a command is written { run: ./redeploy.sh } or { argv: [./redeploy.sh, --fast] }, with timeout: 10m, retries: 2, wait: 10s.',
  ],
  ['rollback: { run: x, retries: 0 }', 38, '.rollback.retries: at least 1.'],
  [
    'rollback: { run: x, wait: 10s }',
    35,
    '.rollback.wait: it is waited between retries: say how many, retries: 2.',
  ],
  [
    'hooks: { afterDisabled: { run: x } }',
    18,
    '.hooks: there is no key afterDisabled; did you mean afterDisable?',
  ],
  [
    'hooks: { afterDisable: { run: x, onFailure: contniue } }',
    53,
    '.hooks.afterDisable.onFailure: there is no contniue; did you mean continue?',
  ],
  ['rollback: { rnu: x }', 21, '.rollback: there is no key rnu; did you mean run?'],
  ['rollback: { argv: ./x }', 27, '.rollback.argv: it is no list: begin each of its entries with a dash.'],
  ['rollback: { run: x, timeout: 600 }', 38, `.rollback.timeout: ${times}; did you mean 600s?`],
  [
    'leave: { http: "http://{ip}/leave" }',
    24,
    '.leave.http: a call is written POST http://{ip}:{port}/path.',
  ],
  [
    'leave: { http: "PSOT http://{ip}/leave" }',
    24,
    '.leave.http: a call is written POST http://{ip}:{port}/path.',
  ],
  [
    'leave: { http: { method: PSOT, url: "http://x/" } }',
    34,
    '.leave.http.method: there is no PSOT; did you mean POST?',
  ],
  ['leave: { run: x, instead: yes please }', 35, '.leave.instead: it is no true or false.'],
  ['back: {}', 15, '.back: write http or run or argv.'],
  ['minimum: "75 %"', 18, '.minimum: it is a number such as 2 or a percent such as 75%.'],
  ['minimum: lots', 18, '.minimum: it is a number such as 2 or a percent such as 75%.'],
  ['minimum: 101%', 18, '.minimum: it is a number such as 2 or a percent such as 75%.'],
  ['minimum: -1', 18, '.minimum: at least 0.'],
  ['batch: 0', 16, '.batch: at least 1.'],
  ['batch: 1001', 16, '.batch: at most 1000.'],
  ['batch: 0%', 16, `.batch: ${parts}.`],
  ['batch: 250%', 16, `.batch: ${parts}.`],
  ['batch: one', 16, `.batch: ${parts}.`],
  ['batch: []', 16, '.batch: it is empty.'],
  ['batch: [25%, 10%]', 16, '.batch: how far it has come grows from batch to batch: [1, 25%, 100%].'],
  ['batch: [1, 1]', 16, '.batch: how far it has come grows from batch to batch: [1, 25%, 100%].'],
  ['batch: [0, 5]', 17, '.batch[0]: at least 1.'],
  ['batch: [1, 25%, all]', 25, `.batch[2]: ${parts}.`],
  ['batch: { first: 1 }', 16, `.batch: ${batches}.`],
  ['zones: zone', 16, '.zones: it is no mapping of keys.'],
  ['zones: { by: metdata, key: zone }', 22, '.zones.by: there is no metdata; did you mean metadata?'],
  ['zones: { by: metadata }', 16, `.zones: ${zones}.`],
  ['zones: { by: cluster, key: zone }', 16, `.zones: ${zones}.`],
  ['zones: { key: zone }', 16, '.zones.by: it is missing.'],
  ['zones: { by: cluster, minimun: 1 }', 31, '.zones: there is no key minimun; did you mean minimum?'],
  [
    'zones: { by: cluster, minimum: 50% }',
    40,
    '.zones.minimum: how many stay on in each zone is a number from 0 to 1000; a percent is for the minimum of the service.',
  ],
  ['zones: { by: cluster, minimum: -1 }', 40, '.zones.minimum: at least 0.'],
  ['zones: { by: cluster, oneAtATime: maybe }', 43, '.zones.oneAtATime: it is no true or false.'],
  ['companions: process', 21, '.companions: it is no list: begin each of its entries with a dash.'],
  ['companions: [proces]', 22, '.companions[0]: there is no proces; did you mean process?'],
  ['companions: [{ servce: x }]', 24, '.companions[0]: there is no key servce; did you mean service?'],
  ['companions: [{ service: x, port: 70000 }]', 42, '.companions[0].port: at most 65535.'],
  [
    'companions: ["pay"]',
    22,
    '.companions[0]: a companion is written { service: "providers:*", group: DUBBO_GROUP }, with port where several are there, or process, or ip.',
  ],
  ['warmUp: { for: 60 }', 24, `.warmUp.for: ${times}; did you mean 60s?`],
  ['warmUp: { for: 60s, steps: [50%, 10%] }', 36, '.warmUp.steps: the parts of its weight grow: [10%, 50%].'],
  [
    'warmUp: { for: 60s, steps: [100%] }',
    37,
    '.warmUp.steps[0]: a part of its weight is written 10%, from 1% to 99%.',
  ],
  ['warmup: { for: 60s }', 9, ': there is no key warmup; did you mean warmUp?'],
  ['soak: 60s', 15, '.soak: it is no mapping of keys.'],
  ['soak: {}', 15, '.soak.for: it is missing.'],
  [
    'soak: { for: 60s, check: { tcp: true, changed: { metadata: v } } }',
    15,
    '.soak: a soak asks whether it stays well: what must have changed is said in the check itself.',
  ],
  ['identity: anynew', 19, '.identity: there is no anynew; did you mean any-new?'],
  ['match: { zone: 1 }', 24, '.match.zone: it is no text (put it in quotes).'],
  ['instances: 10.0.0.1:8080', 20, '.instances: it is no list: begin each of its entries with a dash.'],
  ['instances: []', 20, '.instances: it is empty.'],
  [
    'instances: [10.0.0.1]',
    21,
    '.instances[0]: an instance is written 10.0.0.1:8080, an IPv6 address in brackets: [2001:db8::1]:8080.',
  ],
  ['order: ip', 16, '.order: it is no mapping of keys.'],
  ['order: { by: metdata }', 22, '.order.by: there is no metdata; did you mean metadata?'],
  ['group: 5', 16, '.group: it is no text (put it in quotes).'],
  ['group: ""', 16, '.group: it is empty.'],
] as const)('a plan with %j: column %i', async ([setting, column, what]) => {
  const text = ofService(setting);
  expect(await answered(text, 'en')).toBe(
    `The plan plan.yaml is not right: line 6, column ${column}, stages[0].services[0]${what}\n`,
  );
  expect(await answered(text, 'zh-CN')).toContain(
    `计划 plan.yaml 有误：第 6 行第 ${column} 列，stages[0].services[0]`,
  );
});
