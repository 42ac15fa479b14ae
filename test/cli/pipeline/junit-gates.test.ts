import { expect, test } from 'vitest';
import type { Fact } from '../../../src/core/event/event.ts';
import type { Gate } from '../../../src/core/gate/gate.ts';
import { reportOf } from '../../../src/core/report/report.ts';
import { wordsOf } from '../../../src/i18n/words.ts';
import { junitOf } from '../../../src/cli/pipeline/junit.ts';
import { openOf, plannedFact } from '../support/journaled.ts';
import { type Element, expectJunit, noParser, parsedXml } from './parsed-xml.ts';

if (noParser !== undefined) console.log(`skipped: ${noParser}`);

const place = { side: 'after', of: 'batch', service: 'orders', batch: 1 } as const;
const about = { gate: 'smoke', place, attempt: 1 } as const;
const smoke: Gate = {
  kind: 'command',
  name: 'smoke',
  batch: 1,
  place,
  command: { run: 'exit 3', timeoutMs: 1000 },
  onFailure: 'continue',
};
const look: Gate = { kind: 'person', name: 'look', batch: 2, place, text: 'look' };
const reached: Fact = {
  type: 'gate-reached',
  ...about,
  kind: 'command',
  command: 'exit 3',
  directory: 'gate/1-1',
};
const code = (of: number) => ({ kind: 'command', result: { kind: 'exited', code: of } }) as const;
const failed: Fact = { type: 'gate-failed', ...about, ms: 5, why: code(3) };
const passed: Fact = { type: 'gate-passed', ...about, ms: 5 };
const retried: Fact = { type: 'gate-retried', gate: 'smoke', place, by: 'ann@bastion' };
const byNobody: Fact = { type: 'gate-passed', ...about, by: 'nobody' };
const asked: Fact = { ...about, type: 'gate-reached', gate: 'look', kind: 'person', text: 'look' };

function reportAfter(facts: readonly Fact[]) {
  const planned = plannedFact();
  if (planned.type !== 'rollout-planned') throw new Error('that is no plan');
  const fact = { ...planned, plan: { ...planned.plan, gates: [smoke, look] } };
  const { open, events } = openOf('7f3a', '2026-11-21T20:00:00.000Z', [fact, ...facts]);
  return reportOf(open.rollout, events);
}

async function gateCases(facts: readonly Fact[]): Promise<readonly (readonly unknown[])[]> {
  const root: Element = parsedXml(junitOf(reportAfter(facts), await wordsOf('en')));
  expectJunit(root);
  const [, ...gates] = root.inner[0]?.inner ?? [];
  return gates.map(({ attributes, inner }) => [
    attributes['name'],
    ...inner
      .filter(({ tag }) => tag !== 'system-out')
      .map((one) => `${one.tag}: ${one.attributes['message']}`),
  ]);
}

const name = 'gate smoke (after batch 1 of orders)';
test.skipIf(noParser !== undefined).each<[string, readonly Fact[], readonly (readonly string[])[]]>([
  ['not reached', [], []],
  ['good', [reached, passed], [[name]]],
  ['failed', [reached, failed], [[name, 'failure: it ended with exit code 3']]],
  [
    'failed, and it says itself to go on',
    [reached, failed, byNobody],
    [[name, 'failure: it ended with exit code 3']],
  ],
  [
    'good at another try',
    [reached, failed, retried, { ...reached, attempt: 2 }, { ...passed, attempt: 2 }],
    [[name]],
  ],
  [
    'waiting for a person',
    [reached, passed, asked],
    [
      [name],
      [name.replace('smoke', 'look'), `skipped: ${name.replace('smoke', 'look')}: waits for a person: look`],
    ],
  ],
])('a gate is a case of its own: %s', async (_, facts, cases) => {
  expect(await gateCases(facts)).toEqual(cases);
});

test('the report tells who let a gate go on, how often it was begun, and why it failed', () => {
  const again = [retried, { ...reached, attempt: 2 }, { ...failed, attempt: 2, why: code(4) }];
  expect(
    reportAfter([reached, failed, ...again, { ...byNobody, attempt: 2, by: 'bob@there' }]).gates,
  ).toEqual([
    expect.objectContaining({
      name: 'smoke',
      phase: 'passed',
      attempts: 2,
      passedBy: 'bob@there',
      failure: { why: code(4), target: undefined },
    }),
  ]);
});
