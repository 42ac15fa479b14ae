import { expect, test } from 'vitest';
import { answered, atTop, ofService } from '../support/broken-plan.ts';

test.for([
  [ofService('deploy: { run: y }'), 6, 9, 'the key deploy stands there twice: keep one.'],
  [ofService('  drain: { floor: 10s }'), 6, 1, 'All mapping items must start at the same column.'],
  [ofService('\tdrain: { floor: 10s }'), 6, 9, 'a tab indents it, and YAML is indented with spaces only.'],
  [
    ofService('drain: { floor: 10s'),
    7,
    1,
    'Flow map in block collection must be sufficiently indented and end with a }.',
  ],
  [atTop('onFailur: stop'), 2, 1, 'there is no key onFailur; did you mean onFailure?'],
  [atTop('onFailure: explode'), 2, 12, 'onFailure: it is written stop or continue, not explode.'],
  [atTop('onUnknown: agian'), 2, 12, 'onUnknown: there is no agian; did you mean again?'],
  [atTop('alreadyOff: takealong'), 2, 13, 'alreadyOff: there is no takealong; did you mean take-along?'],
  [
    atTop('decideWithin: 8'),
    2,
    15,
    'decideWithin: a duration is written 500ms, 40s, 2m or 1h; did you mean 8s?',
  ],
  [atTop('profile: 5'), 2, 10, 'profile: it is no text (put it in quotes).'],
  [atTop('defaults: []'), 2, 11, 'defaults: it is no mapping of keys.'],
  [
    atTop('defaults: { drain: { floor: 3s }, check: tcpp }'),
    2,
    42,
    'defaults.check: there is no tcpp; did you mean tcp?',
  ],
  [
    atTop('defaults: { drian: { floor: 3s } }'),
    2,
    13,
    'defaults: there is no key drian; did you mean drain?',
  ],
  [atTop('version: 1'), 2, 1, 'the key version stands there twice: keep one.'],
  ['', 1, 1, 'it is no mapping of keys; a plan begins with version: 1 (nacos-rollout plan prints one).'],
  ['- a\n', 1, 1, 'it is no mapping of keys; a plan begins with version: 1 (nacos-rollout plan prints one).'],
  ['version: 1\n', 1, 1, 'stages: it is missing.'],
  ['version: 2\nstages: []\n', 1, 10, 'version: it is written 1, not 2.'],
  [
    'version: "1"\nstages: [{ services: [{ service: orders }] }]\n',
    1,
    10,
    'version: it is written 1, without quotes.',
  ],
  [
    'verson: 1\nstages: [{ services: [{ service: orders }] }]\n',
    1,
    1,
    'there is no key verson; did you mean version?',
  ],
  ['version: 1\nstages: []\n', 2, 9, 'stages: a plan has at least one stage.'],
  [
    'version: 1\nstages: { services: [] }\n',
    2,
    9,
    'stages: it is no list: begin each of its entries with a dash.',
  ],
  [
    'version: 1\nstages:\n  - service: orders\n',
    3,
    5,
    'stages[0]: there is no key service; did you mean services?',
  ],
  ['version: 1\nstages:\n  - services: []\n', 3, 15, 'stages[0].services: it is empty.'],
  [
    'version: 1\nstages:\n  - services:\n      - orders\n',
    4,
    9,
    'stages[0].services[0]: it is no mapping of keys.',
  ],
  [
    'version: 1\nstages:\n  - services:\n      - servce: orders\n',
    4,
    9,
    'stages[0].services[0]: there is no key servce; did you mean service?',
  ],
  [
    'version: 1\nstages:\n  - services:\n      - group: x\n',
    4,
    9,
    'stages[0].services[0].service: it is missing.',
  ],
  [
    'version: 1\nstages:\n  - services:\n      service: orders\n',
    4,
    7,
    'stages[0].services: it is no list: begin each of its entries with a dash.',
  ],
  [
    'version: 1\nstages: [',
    2,
    10,
    'Flow sequence in block collection must be sufficiently indented and end with a ].',
  ],
  [
    'version: 1\ndefaults: &d { flor: 1 }\nstages: *x\n',
    3,
    9,
    'an alias (*name) in it names no anchor (&name), or they multiply; write out what they stand for.',
  ],
  ['version: 1\n---\nversion: 1\n', 2, 1, 'it holds several documents, divided by ---; a plan is one.'],
  ['stages: 5\nbatch: 3\n', 1, 1, 'version: it is missing.'],
  [
    'version: 1\nstages:\n  - name: 5\n    services: [{ service: orders, drain: { floor: 5 }, batch: no }]\n',
    3,
    11,
    'stages[0].name: it is no text (put it in quotes).',
  ],
  [
    'version: 1\nstages:\n  - nmae: back\n    services: [{ service: orders }]\n',
    3,
    5,
    'stages[0]: there is no key nmae; did you mean name?',
  ],
] as const)('a plan file with %j: line %i, column %i', async ([text, line, column, what]) => {
  const before = `line ${line}, column ${column}`;
  // What else is wrong comes after it.
  const [first = ''] = (await answered(text)).split('\n');
  expect(first.replace(`${before}, `, `${before}: `)).toBe(
    `The plan plan.yaml is not right: ${before}: ${what}`,
  );
  expect(await answered(text, 'zh-CN')).toContain(`计划 plan.yaml 有误：第 ${line} 行第 ${column} 列`);
});

/** What parses, and cannot be. */
test.for([
  [
    ofService('drain: { time: 10s, consumers: dubbo }'),
    6,
    24,
    'The drain of DEFAULT_GROUP@@orders is not right: consumers (dubbo) and time (10s) both say how long is waited without evidence; give one of them.',
  ],
  [
    ofService('drain: { floor: 5s, ceiling: 3s, evidence: connections }'),
    6,
    25,
    'The drain of DEFAULT_GROUP@@orders is not right: its floor of 5 s is over its ceiling of 3 s; give a smaller floor or a larger ceiling.',
  ],
  [
    ofService('drain: { consumers: dubbo, floor: 5s }'),
    6,
    43,
    'The drain of DEFAULT_GROUP@@orders is not right: a floor beside a time or a kind of consumer needs evidence; give evidence, or leave floor out.',
  ],
  [
    ofService('check: { http: "http://{ipp}:{port}/" }'),
    6,
    16,
    'The check of DEFAULT_GROUP@@orders has {ipp}, and there is no such placeholder; did you mean {ip}? There are {ip}, {port}, {management.port}, {instance}, {service}, {group}, {namespace}, {cluster}.',
  ],
  [
    ofService('check: { http: "http://ann:secret@{ip}/" }'),
    6,
    16,
    'The check of DEFAULT_GROUP@@orders has a login in its URL (http://…@{ip}/), which would stand in the journal; give a command that takes it from where it is kept, as \'curl -fsS -K login.curl "http://$NACOS_ROLLOUT_IP:$NACOS_ROLLOUT_PORT/…"\'.',
  ],
  [
    ofService('companions: [{ service: paymnets }]'),
    6,
    22,
    'The companion DEFAULT_GROUP@@paymnets (--companion, or companions in a plan file) is no service of this namespace; did you mean DEFAULT_GROUP@@payments?',
  ],
  [
    ofService('instances: [10.0.0.9:8080]'),
    6,
    21,
    'DEFAULT_GROUP@@orders has no instance 10.0.0.9:8080; it has 10.0.0.1:8080, 10.0.0.2:8080.',
  ],
  [
    ofService('exclude: [10.0.0.1:8080, 10.0.0.2:8080]'),
    6,
    18,
    'Every instance of DEFAULT_GROUP@@orders is excluded: nothing is left to roll.',
  ],
  [ofService('cluster: C9'), 6, 18, 'DEFAULT_GROUP@@orders has no instance in cluster C9; it has DEFAULT.'],
  [
    ofService('order: { by: metadata }'),
    6,
    16,
    'DEFAULT_GROUP@@orders is ordered by metadata without saying which key: give metadata:KEY, or key in the plan.',
  ],
  [
    ofService('zones: { by: metadata, key: zon }'),
    6,
    37,
    'No instance of DEFAULT_GROUP@@orders has zon in its metadata, which was to say its zone; they have version.',
  ],
  [
    atTop('defaults: { zones: { by: metadata, key: zon } }'),
    2,
    41,
    'No instance of DEFAULT_GROUP@@orders has zon in its metadata, which was to say its zone; they have version.',
  ],
  [
    atTop('defaults: { drain: { time: 5s, floor: 4s } }'),
    2,
    39,
    'The drain of DEFAULT_GROUP@@orders is not right: a floor beside a time or a kind of consumer needs evidence; give evidence, or leave floor out.',
  ],
  [
    'version: 1\nstages: [{ services: [{ service: oders, deploy: { run: x } }] }]\n',
    2,
    34,
    'There is no service DEFAULT_GROUP@@oders in this namespace; did you mean DEFAULT_GROUP@@orders?',
  ],
  [
    'version: 1\nstages: [{ services: [{ service: orders }] }]\n',
    2,
    23,
    "There is no deploy command for DEFAULT_GROUP@@orders: give --deploy 'COMMAND', or deploy in the plan or the profile.",
  ],
  [
    'version: 1\nstages:\n  - services:\n      - &a { service: orders, deploy: { run: x } }\n      - *a\n',
    5,
    9,
    '10.0.0.1:8080 of DEFAULT_GROUP@@orders stands in two targets, 10.0.0.1:8080 DEFAULT_GROUP@@orders and 10.0.0.1:8080 DEFAULT_GROUP@@orders: name it in one only.',
  ],
] as const)('a plan with %j: line %i, column %i', async ([text, line, column, sentence]) => {
  expect(await answered(text)).toBe(`plan.yaml, line ${line}, column ${column}: ${sentence}\n`);
  expect(await answered(text, 'zh-CN')).toMatch(new RegExp(`^plan.yaml 第 ${line} 行第 ${column} 列：`));
});

test('the frame, the kind of mistake and the word that was meant are said in Chinese', async () => {
  expect(await answered(ofService('drian: { floor: 10s }'), 'zh-CN')).toBe(
    '计划 plan.yaml 有误：第 6 行第 9 列，stages[0].services[0]：没有键 drian；是不是想写 drain？\n',
  );
  expect(await answered(ofService('soak: { for: 5s, check: { tcp: true, successes: two } }'), 'zh-CN')).toBe(
    '计划 plan.yaml 有误：第 6 行第 57 列，stages[0].services[0].soak.check.successes：它不是数字。\n',
  );
});
