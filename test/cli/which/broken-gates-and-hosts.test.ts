import { expect, test } from 'vitest';
import { answered, atTop, ofService } from '../support/broken-plan.ts';

const kinds =
  'a gate says one thing: pause: "look at the dashboards", sleep: 10m, soak: 10m, or run: ./smoke.sh (argv: for words)';
const places =
  'a gate has one place: before or after service, batch or the number of a batch, or between: batches';
const ofKinds = 'timeout, retries and wait go with run or argv, and onFailure with these or soak';
const times = 'a duration is written 500ms, 40s, 2m or 1h';
const conditions =
  'a condition is written zone=a, zone=a,b, version!=2.3.*, ip=10.0.1.*, cluster=DEFAULT or weight>0; what is neither ip, cluster nor weight is a key of the metadata';
const noList = 'it is no list: begin each of its entries with a dash';

/** What the sixth line has, the column, and what is said of it after the place of the service. */
test.for([
  ['gates: { pause: look, after: 1 }', 16, `.gates: ${noList}.`],
  ['gates: []', 16, '.gates: it is empty.'],
  ['gates: [{ after: 1 }]', 17, `.gates[0]: ${kinds}.`],
  ['gates: [{ pause: look, sleep: 1m, after: 1 }]', 17, `.gates[0]: ${kinds}.`],
  ['gates: [{ pause: look }]', 17, `.gates[0]: ${places}.`],
  ['gates: [{ pause: look, after: 1, before: 2 }]', 17, `.gates[0]: ${places}.`],
  ['gates: [{ pause: look, between: batches, before: 1 }]', 17, `.gates[0]: ${places}.`],
  ['gates: [{ puase: look, after: 1 }]', 19, '.gates[0]: there is no key puase; did you mean pause?'],
  ['gates: [{ pause: "", after: 1 }]', 26, '.gates[0].pause: it is empty.'],
  [
    'gates: [{ pause: look, after: stage }]',
    39,
    '.gates[0].after: it is written service, batch, or the number of a batch.',
  ],
  ['gates: [{ pause: look, after: bach }]', 39, '.gates[0].after: there is no bach; did you mean batch?'],
  ['gates: [{ pause: look, after: 0 }]', 39, '.gates[0].after: at least 1.'],
  [
    'gates: [{ pause: look, between: services }]',
    41,
    '.gates[0].between: it is written batches, not services.',
  ],
  [
    'gates: [{ pause: look, betwen: batches }]',
    32,
    '.gates[0]: there is no key betwen; did you mean between?',
  ],
  ['gates: [{ sleep: 10, after: 1 }]', 26, `.gates[0].sleep: ${times}; did you mean 10s?`],
  ['gates: [{ soak: 10min, after: 1 }]', 25, `.gates[0].soak: ${times}; did you mean 10m?`],
  [
    'gates: [{ run: ./x, after: 1, onFailure: ask }]',
    50,
    '.gates[0].onFailure: it is written stop or continue, not ask.',
  ],
  ['gates: [{ sleep: 1m, after: 1, timeout: 1m }]', 17, `.gates[0]: ${ofKinds}.`],
  ['gates: [{ pause: look, after: batch, onFailure: stop }]', 17, `.gates[0]: ${ofKinds}.`],
  [
    'gates: [{ run: ./x, after: 1, wait: 10s }]',
    45,
    '.gates[0].wait: it is waited between retries: say how many, retries: 2.',
  ],
  ['gates: [{ run: ./x, retries: 0, after: 1 }]', 38, '.gates[0].retries: at least 1.'],
  ['gates: [{ argv: ./x, after: 1 }]', 25, `.gates[0].argv: ${noList}.`],
  ['where: zone=a', 16, `.where: ${noList}.`],
  ['where: []', 16, '.where: it is empty.'],
  ['where: [zone]', 17, `.where[0]: ${conditions}.`],
  ['where: ["weight>heavy"]', 17, `.where[0]: ${conditions}.`],
  ['where: [{ zone: a }]', 17, '.where[0]: it is no text (put it in quotes).'],
  ['notOn: 2.3', 16, '.notOn: it is no text (put it in quotes).'],
  ['notOn: ""', 16, '.notOn: it is empty.'],
  ['hosts: 10.0.0.1', 16, `.hosts: ${noList}.`],
  [
    'hosts: [10.0.0.1:8080]',
    17,
    '.hosts[0]: a host is written 10.0.0.5, as it is registered, without a port.',
  ],
] as const)('a plan with %j: column %i', async ([setting, column, what]) => {
  const text = ofService(setting);
  expect(await answered(text)).toBe(
    `The plan plan.yaml is not right: line 6, column ${column}, stages[0].services[0]${what}\n`,
  );
  expect(await answered(text, 'zh-CN')).toContain(
    `计划 plan.yaml 有误：第 6 行第 ${column} 列，stages[0].services[0]`,
  );
});

const stage = (first: string): string =>
  `version: 1\nstages:\n  - ${first}\n    services: [{ service: orders, deploy: { run: x } }]\n`;
const stages = 'a stage has services, or in place of them one command: run: ./deploy-front-end.sh, or argv';

test.for([
  [
    atTop('gates: [{ pause: look, between: stage }]'),
    2,
    33,
    'gates[0].between: there is no stage; did you mean stages?',
  ],
  [
    atTop('gates: [{ pause: look, after: rolout }]'),
    2,
    31,
    'gates[0].after: there is no rolout; did you mean rollout?',
  ],
  [stage('run: ./front.sh'), 3, 5, `stages[0]: ${stages}.`],
  [stage('rnu: ./front.sh'), 3, 5, 'stages[0]: there is no key rnu; did you mean run?'],
  [stage('sideBySide: 2'), 3, 17, 'stages[0].sideBySide: it is no true or false.'],
  [
    'version: 1\nstages:\n  - run: ./front.sh\n',
    3,
    3,
    'stages: a plan has at least one stage with services.',
  ],
  [
    'version: 1\nstages:\n  - services: [{ service: "*", deploy: { run: x } }]\n',
    3,
    27,
    'stages[0].services[0].service: * means any service, with hosts beside it.',
  ],
] as const)('a plan file with %j: line %i, column %i', async ([text, line, column, what]) => {
  expect(await answered(text)).toBe(
    `The plan plan.yaml is not right: line ${line}, column ${column}, ${what}\n`,
  );
  expect(await answered(text, 'zh-CN')).toContain(`计划 plan.yaml 有误：第 ${line} 行第 ${column} 列`);
});

/** What parses, and cannot be. */
test.for([
  [
    ofService('where: [zone=c]'),
    6,
    17,
    'No instance of DEFAULT_GROUP@@orders has zone in its metadata; there is version.',
  ],
  [ofService('hosts: [10.0.0.99]'), 6, 17, 'DEFAULT_GROUP@@orders is not registered at 10.0.0.99.'],
] as const)('a plan with %j: line %i, column %i', async ([text, line, column, sentence]) => {
  expect(await answered(text)).toBe(`plan.yaml, line ${line}, column ${column}: ${sentence}\n`);
});
