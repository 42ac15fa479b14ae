import { expect, test } from 'vitest';
import { compileGates, type GatedPlan, idleGates } from '../../../src/core/gate/compile-gates.ts';
import type { FileGate } from '../../../src/core/gate/gate-file.ts';

type Level = { readonly plan?: FileGate[]; readonly stage?: FileGate[]; readonly service?: FileGate[] };

/** A back end of two services with two and one batches, a command, and a front end with one. */
function planWith({ plan, stage, service }: Level): GatedPlan {
  return {
    gates: plan,
    stages: [
      {
        name: 'back',
        gates: stage,
        services: [
          { name: 'orders', gates: service, batches: [0, 1] },
          { name: 'stock', batches: [2] },
        ],
      },
      { name: 'cache', command: { run: './flush.sh' }, services: [] },
      { name: 'front', services: [{ name: 'shop', batches: [3] }] },
    ],
  };
}

/** `2 after stage back`: before the targets of batch 2. */
function placesOf(level: Level): readonly string[] {
  return compileGates(planWith(level))
    .filter(({ name }) => name !== 'cache')
    .map(({ batch, place }) => {
      const { side, of, stage, service, batch: number } = place;
      return [batch, side, of, service ?? stage, number].filter((one) => one !== undefined).join(' ');
    });
}

const pause = 'look';

test.for<[Level, readonly string[]]>([
  [{ plan: [{ before: 'rollout', pause }] }, ['0 before rollout']],
  [{ plan: [{ after: 'rollout', pause }] }, ['4 after rollout']],
  [
    { plan: [{ before: 'stage', pause }] },
    ['0 before stage back', '3 before stage cache', '3 before stage front'],
  ],
  [{ plan: [{ between: 'stages', pause }] }, ['3 after stage back', '3 after stage cache']],
  [
    { plan: [{ after: 1, pause }] },
    ['1 after batch orders 1', '3 after batch stock 1', '4 after batch shop 1'],
  ],
  [{ plan: [{ before: 2, pause }] }, ['1 before batch orders 2']],
  [{ plan: [{ between: 'batches', pause }] }, ['1 after batch orders 1']],
  [{ stage: [{ between: 'services', pause }] }, ['2 after service orders']],
  [{ stage: [{ after: 'stage', pause }] }, ['3 after stage back']],
  [{ stage: [{ before: 'service', pause }] }, ['0 before service orders', '2 before service stock']],
  [{ service: [{ after: 'batch', pause }] }, ['1 after batch orders 1', '2 after batch orders 2']],
  [{ service: [{ after: 'service', pause }] }, ['2 after service orders']],
  [{ service: [{ before: 3, pause }] }, []],
])('%j stands at %j', ([level, expected]) => {
  expect(placesOf(level)).toEqual(expected);
});

test('what has no place in the plan never comes', () => {
  const level: Level = {
    plan: [
      { before: 99, pause },
      { between: 'stages', pause },
      { before: 'rollout', pause },
    ],
    stage: [{ after: 2, pause }],
    service: [
      { after: 3, sleep: '1s' },
      { between: 'batches', pause },
    ],
  };
  expect(idleGates(planWith(level))).toEqual([
    { before: 99, pause },
    { after: 3, sleep: '1s' },
  ]);
});

test('what is outside begins first and ends last', () => {
  const both = (part: 'before' | 'after'): Level => ({
    plan: [{ [part]: 'service', pause: 'plan' }],
    stage: [{ [part]: 'service', pause: 'stage' }],
    service: [{ [part]: 'service', pause: 'service' }],
  });
  const texts = (level: Level): readonly string[] =>
    compileGates(planWith(level)).flatMap((gate) =>
      gate.kind === 'person' && gate.place.service === 'orders' ? [gate.text] : [],
    );
  expect(texts(both('before'))).toEqual(['plan', 'stage', 'service']);
  expect(texts(both('after'))).toEqual(['service', 'stage', 'plan']);
});

test('a stage that is a command is a gate between the stages around it', () => {
  expect(compileGates(planWith({}))).toEqual([
    {
      kind: 'command',
      name: 'cache',
      batch: 3,
      place: { side: 'at', of: 'stage', stage: 'cache' },
      command: { run: './flush.sh', timeoutMs: 600_000 },
    },
  ]);
});

test('services that go side by side end their stage with the last of them', () => {
  const services = [
    { name: 'orders', batches: [0, 1, 2] },
    { name: 'stock', batches: [0], gates: [{ after: 'service' as const, pause }] },
  ];
  const stages = [{ name: 'back', services, gates: [{ after: 'stage' as const, pause }] }];
  expect(compileGates({ stages }).map(({ batch, place }) => [batch, place.of])).toEqual([
    [1, 'service'],
    [3, 'stage'],
  ]);
});

test('each has a name of its own: what was given, or its number', () => {
  const level: Level = {
    plan: [
      { after: 'batch', name: 'smoke', run: './smoke.sh' },
      { before: 'rollout', pause },
      { after: 'rollout', name: '6', sleep: '1m' },
    ],
  };
  const names = compileGates(planWith(level)).map(({ name }) => name);
  expect(names).toEqual(['1', 'smoke', 'smoke (2)', 'smoke (3)', 'cache', 'smoke (4)', '6']);
});

test('says of each kind what it needs', () => {
  const gates = compileGates(
    planWith({
      service: [
        { after: 1, sleep: '90s' },
        { after: 1, soak: '10m', onFailure: 'continue' },
        {
          after: 1,
          argv: ['./smoke', '--all'],
          timeout: '1m',
          retries: 3,
          wait: '5s',
          onFailure: 'stop',
        },
      ],
    }),
  );
  expect(gates.slice(0, 3)).toMatchObject([
    { kind: 'time', ms: 90_000 },
    { kind: 'soak', ms: 600_000, onFailure: 'continue' },
    {
      kind: 'command',
      command: { argv: ['./smoke', '--all'], timeoutMs: 60_000, retries: 3, waitMs: 5000 },
      onFailure: 'stop',
    },
  ]);
});
