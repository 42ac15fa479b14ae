import { expect, test } from 'vitest';
import type { Fact } from '../../../src/core/event/event.ts';
import { reportOf } from '../../../src/core/report/report.ts';
import { wordsOf } from '../../../src/i18n/words.ts';
import { junitOf, junitOfNone } from '../../../src/cli/pipeline/junit.ts';
import { instance } from '../support/fake-registry.ts';
import { allOf, listed, openOf, plannedFact } from '../support/journaled.ts';
import { disableFailed, done, runOrders, stageOrders, target } from '../support/orders-stage.ts';
import { setStage } from '../support/stage.ts';
import { type Element, expectJunit, noParser, parsedXml } from './parsed-xml.ts';

if (noParser !== undefined) console.log(`skipped: ${noParser}`);

const at = '2026-11-21T20:00:00.000Z';
const started: Fact = { type: 'runner-started', pid: 1, host: 'bastion', isAttended: false, lease: 'held' };
const firstDone: readonly Fact[] = [
  { type: 'disable-began', target, attempt: 1 },
  { type: 'disabled', target, attempt: 1, ms: 1500 },
  { type: 'enable-began', target, attempt: 1 },
  { type: 'enabled', target, attempt: 1, ms: 10 },
];
const rested: Fact = { type: 'runner-rested', why: 'stuck', exitCode: 3 };

async function junit(facts: readonly Fact[], service = 'orders'): Promise<Element> {
  const instances = listed.map((one) => ({ ...one, service }));
  const { open, events } = openOf('7f3a', at, [plannedFact(instances), started, ...facts]);
  const root = parsedXml(junitOf(reportOf(open.rollout, events), await wordsOf('en')));
  expectJunit(root);
  return root;
}

const casesOf = (root: Element): object =>
  Object.fromEntries(
    root.inner.flatMap(({ inner }) =>
      inner.map(({ attributes, inner }) => [
        `${attributes['classname']}: ${attributes['name']}`,
        inner
          .filter(({ tag }) => tag !== 'system-out')
          .map(({ tag, attributes }) => `${tag} ${attributes['message']}`),
      ]),
    ),
  );

test.skipIf(noParser !== undefined)(
  'a suite a service, a case a target, and the rollout itself',
  async () => {
    const root = await junit([...firstDone, ...disableFailed.map(onSecond), rested]);
    expect(root.attributes).toMatchObject({ tests: '3', failures: '2', skipped: '0' });
    expect(casesOf(root)).toEqual({
      'nacos-rollout: Rollout 7f3a': ['failure stuck'],
      'orders: 10.0.0.1:8080': [],
      'orders: 10.0.0.2:8080': [
        "failure STUCK; failed: disable: Nacos has no Raft leader, so it takes no changes (x): mend the cluster first; see each server's naming-raft log.",
      ],
    });
    const [first] = root.inner[1]?.inner ?? [];
    expect(first?.inner[0]?.text).toBe(`${at} disable 1.5 s done\n${at} enable 10 ms done`);
  },
);

test.skipIf(noParser !== undefined)(
  'what was not its turn is skipped, what was cut off an error',
  async () => {
    expect(casesOf(await junit([{ type: 'disable-began', target, attempt: 1 }]))).toEqual({
      'nacos-rollout: Rollout 7f3a': ['failure not ended'],
      'orders: 10.0.0.1:8080': ['error under way'],
      'orders: 10.0.0.2:8080': ['skipped to do'],
    });
  },
);

test.skipIf(noParser !== undefined)('hostile names are names', async () => {
  const name = `</testsuite>&amp;<!--]]>"'\u0000\u001B[31m\u202E\uFFFE\uD800 %n`;
  const root = await junit([...disableFailed, rested], name);
  expect(root.inner).toHaveLength(2);
  expect(root.inner[1]?.attributes['name']).toBe(
    `</testsuite>&amp;<!--]]>"'\\x00\\x1b[31m\\u202e\uFFFD\\ud800 %n`,
  );
  expectJunit(parsedXml(junitOfNone('failure', [name], at)));
});

test.skipIf(noParser !== undefined)('a deploy command that failed is told with its exit code', async () => {
  const root = await junit([
    { type: 'deploy-began', target, attempt: 1, command: 'x', directory: 'deploy/1' },
    { type: 'deploy-ended', target, attempt: 1, ms: 300, result: { kind: 'exited', code: 7 } },
    rested,
  ]);
  const [one] = root.inner[1]?.inner ?? [];
  expect(one?.attributes['time']).toBe('0.300');
  expect(one?.inner[0]?.attributes['message']).toBe('STUCK; failed: deploy: it ended with exit code 7');
});

function onSecond(fact: Fact): Fact {
  return { ...fact, target: '10.0.0.2:8080' } as Fact;
}

test.skipIf(noParser !== undefined)(
  'run --report junit=FILE has it at its end, and before that an error',
  async () => {
    const { stage, launcher } = stageOrders();
    const running = stage.run(...runOrders, '--yes', '--report', 'junit=build/rollout.xml');
    await launcher.followed;
    const early = parsedXml(stage.written.get('build/rollout.xml') ?? '');
    expect(early.attributes).toMatchObject({ tests: '1', errors: '1' });
    launcher.tell(...firstDone, done);
    expect((await running).code).toBe(0);
    const root = parsedXml(stage.written.get('build/rollout.xml') ?? '');
    expectJunit(root);
    expect(root.attributes).toMatchObject({ tests: '3', failures: '0', errors: '0', skipped: '1' });
  },
);

test.skipIf(noParser !== undefined)('a review that refuses is a failure', async () => {
  const { stage } = stageOrders();
  stage.findings = [
    { level: 'refused', kind: 'guard', refusal: { kind: 'last-one', service: 'orders' }, target },
  ];
  const { code } = await stage.run(...runOrders, '--yes', '--report', 'junit=a.xml');
  expect(code).toBe(4);
  const root = parsedXml(stage.written.get('a.xml') ?? '');
  expectJunit(root);
  expect(root.attributes).toMatchObject({ tests: '1', failures: '1' });
  expect(JSON.stringify(root)).toContain('orders');
});

test.each([
  [['--report', 'a.xml'], '--report a.xml is not right: write junit=FILE.'],
  [['--report', 'junit='], '--report junit= is not right: write junit=FILE.'],
  [['--annotations', 'jenkins'], '--annotations jenkins is not right: write one of github, gitlab, none.'],
  [['--annotations', 'github', '--json'], '--annotations and --json cannot be given together.'],
])('run with %j is exit 2, and nothing begins', async (flags, sentence) => {
  const { stage, launcher } = stageOrders();
  const { code, err } = await stage.run(...runOrders, '--yes', ...flags);
  expect([code, err.trim(), launcher.requests]).toEqual([2, sentence, []]);
});

test('a report that cannot be written is said before anything begins', async () => {
  const { stage, launcher } = stageOrders();
  stage.ports = { ...stage.ports, rewriteText: async () => ({ ok: false, detail: 'ENOENT' }) };
  const { code, err } = await stage.run(...runOrders, '--yes', '--report', 'junit=no/a.xml');
  expect(code).toBe(2);
  expect(err).toBe('no/a.xml cannot be written (its directory is not there): name another file.\n');
  expect(launcher.requests).toEqual([]);
});

test.skipIf(noParser !== undefined)('report --format junit prints the same of any rollout', async () => {
  const stage = setStage([instance('orders', '10.0.0.1', 8080)]);
  const { open, events } = openOf('7f3a', at, [plannedFact(), started, ...firstDone, done]);
  const read = async () => ({ ok: true, open, events }) as const;
  stage.ports = { ...stage.ports, launcher: { ...stage.ports.launcher, all: allOf(open), read } };
  const { code, out } = await stage.run('report', '--format', 'junit');
  expect(code).toBe(0);
  expectJunit(parsedXml(out));
});
