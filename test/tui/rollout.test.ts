import { expect, test } from 'vitest';
import { deployFailed, disabledAndDraining, first, openRollout, second } from './support/open-rollout.ts';
import { observed } from './support/usual-plan.ts';

test('counts the drain down, says why it waits and which key changes that', async () => {
  const opened = await openRollout();
  disabledAndDraining(opened.link, first);
  await opened.second();
  await opened.second();
  expect(opened.screen()).toContain('Draining 10.0.0.11:8080: 2 s of 40 s');
  expect(opened.screen()).toContain('Waiting 38 s more: consumers of kind spring-cloud may still call it');
  await opened.press('e');
  expect(opened.link.orders).toEqual([{ type: 'extend-drain', target: first, byMs: 10_000 }]);
});

test('who only watches is told of no keys that decide', async () => {
  const opened = await openRollout({ mayDecide: false });
  disabledAndDraining(opened.link, first);
  await opened.second();
  expect(opened.screen()).toContain('Waiting 39 s more: consumers of kind spring-cloud may still call it.');
  expect(opened.screen()).not.toContain('s skips');
});

test('skips a drain only after another key', async () => {
  const opened = await openRollout();
  disabledAndDraining(opened.link, first);
  await opened.press('s');
  await opened.sees('Consumers that still know this instance will get errors');
  expect(opened.link.orders).toEqual([]);
  await opened.press('enter', 's', 'esc', 's', 'y');
  expect(opened.link.orders).toEqual([{ type: 'skip-drain', target: first }]);
});

test('shows what Nacos says beside what we did', async () => {
  const opened = await openRollout({ size: { columns: 120, rows: 30 } });
  disabledAndDraining(opened.link, first);
  opened.link.observe(observed(['a', 'b'], ({ ip }) => ({ enabled: ip !== '10.0.0.11' })));
  expect(opened.screen()).toMatch(/10\.0\.0\.11:8080 .*✓ 0\.6s.*◔.*│ ○ off w5 v41/);
});

test.each([80, 60])(
  'says in words, whole, where the two disagree for longer than lists lag, at %i',
  async (columns) => {
    const opened = await openRollout({ size: { columns, rows: 30 } });
    disabledAndDraining(opened.link, first);
    const onOne = observed(['a', 'b'], ({ ip }, node) => ({ enabled: ip !== '10.0.0.11' || node === 'b' }));
    opened.link.observe(onOne);
    await opened.second();
    opened.link.observe(onOne);
    expect(opened.screen()).not.toContain('≠');
    await opened.second();
    opened.link.observe(onOne);
    expect(opened.screen()).toMatch(/10\.0\.0\.11:8080 .*≠ ○ off/);
    expect(opened.screen()).toContain('≠ 10.0.0.11:8080: Nacos says off, and we did otherwise');
    opened.link.observe(observed(['a', 'b'], ({ ip }) => ({ enabled: ip !== '10.0.0.11' })));
    expect(opened.screen()).not.toContain('≠');
  },
);

test('takes no decision for the first second, then asks once more with another key', async () => {
  const opened = await openRollout();
  deployFailed(opened.link, first);
  await opened.sees('deploy failed (attempt 1)');
  await opened.press('r');
  await opened.sees('This has only just appeared');
  await opened.second();
  // Who is told to read gets the time for it.
  expect(opened.screen()).toContain('This has only just appeared');
  await opened.press('r');
  await opened.sees('Try the failed step again?');
  await opened.press('r', 'enter');
  expect(opened.link.orders).toEqual([]);
  await opened.press('y');
  expect(opened.link.orders).toEqual([{ type: 'decide', target: first, decision: 'retry', attempt: 1 }]);
});

test('says what each decision leaves behind', async () => {
  const opened = await openRollout({ size: { columns: 100, rows: 30 } });
  deployFailed(opened.link, first);
  expect(opened.screen()).toContain('It is off now: 10.0.0.11:8080, 10.0.0.11:20880');
  expect(opened.screen()).toMatch(/x +leave off +it stays off until somebody enables it/);
  expect(opened.screen()).toMatch(/o +put on +consumers get it back as it is, unchecked/);
});

test('pauses on the first Ctrl-C, stops on the second, and says so', async () => {
  const opened = await openRollout();
  disabledAndDraining(opened.link, first);
  await opened.press('ctrl-c');
  await opened.sees('Ctrl-C again stops now');
  expect(opened.link.orders).toEqual([{ type: 'pause' }]);
  await opened.press('ctrl-c');
  await opened.sees('Stopping now');
  expect(opened.link.orders).toEqual([{ type: 'pause' }, { type: 'stop' }]);
  expect(opened.ends).toEqual([]);
});

test('does not leave a running rollout by esc, and asks on q', async () => {
  const opened = await openRollout();
  disabledAndDraining(opened.link, first);
  await opened.press('esc');
  await opened.sees('d detaches');
  await opened.press('q');
  await opened.sees('A rollout runs.');
  await opened.press('esc', 'd');
  await opened.sees('y    close the console');
  // The key that asked does not answer.
  await opened.press('d');
  expect(opened.link.orders).toEqual([]);
  await opened.press('y');
  expect(opened.link.orders).toEqual([{ type: 'detach' }]);
  expect(opened.ends).toEqual([{ exitCode: 0, exitSummary: { kind: 'goes-on', id: '7f3a' } }]);
});

test('does not say any more that it runs once it does not', async () => {
  const opened = await openRollout();
  disabledAndDraining(opened.link, first);
  await opened.press('esc');
  await opened.sees('The rollout runs: d detaches');
  await opened.second();
  expect(opened.screen()).toContain('The rollout runs: d detaches');
  opened.link.say({ type: 'rollout-ended', outcome: 'done', exitCode: 0 });
  expect(opened.screen()).not.toContain('The rollout runs');
});

test('aborts with a choice of what happens to what is off', async () => {
  const opened = await openRollout();
  disabledAndDraining(opened.link, first);
  await opened.press('A');
  await opened.sees('put back what is well');
  await opened.press('A', 'enter', 'u');
  expect(opened.link.orders).toEqual([{ type: 'abort', how: 'put-back' }]);
});

test('ends with the exit code of the rollout, and names what is off', async () => {
  const opened = await openRollout();
  deployFailed(opened.link, first);
  opened.link.say({ type: 'decided', target: first, decision: 'leave-off', by: 'me' });
  for (const target of [second, '10.0.0.13:8080'])
    opened.link.say({
      type: 'step-failed',
      target,
      step: 'disable',
      attempt: 1,
      ms: 1,
      why: { kind: 'refused', refusals: [] },
    });
  opened.link.say({ type: 'rollout-ended', outcome: 'aborted', exitCode: 3 });
  await opened.sees('Off because of us: 10.0.0.11:8080, 10.0.0.11:20880');
  await opened.press('q');
  expect(opened.ends[0]).toMatchObject({
    exitCode: 3,
    exitSummary: {
      kind: 'ended',
      off: ['10.0.0.11:8080 orders', '10.0.0.11:20880 DUBBO_GROUP@@providers:com.acme.Orders:1.0.0:'],
    },
  });
});

test('only watches where it may not decide', async () => {
  const opened = await openRollout({ mayDecide: false });
  disabledAndDraining(opened.link, first);
  await opened.press('p');
  await opened.sees('You only watch this rollout');
  await opened.press('ctrl-c');
  expect(opened.link.orders).toEqual([]);
  expect(opened.ends).toHaveLength(1);
});

test('shows the end of the output, with what a terminal would obey made visible', async () => {
  const opened = await openRollout({ prepare: (ports) => (ports.tail = 'copying\n\x1b[2Jrestarting\n') });
  deployFailed(opened.link, first);
  await opened.press('l');
  await opened.sees('\\x1b[2Jrestarting');
  expect(opened.screen()).toContain('/state/7f3a/deploy-1/output.log');
});

test('lists every request as curl', async () => {
  const opened = await openRollout();
  disabledAndDraining(opened.link, first);
  await opened.press('@');
  await opened.sees("curl -X PUT 'http://10.0.0.1:8848/nacos/v1/ns/instance'");
});

test('lists what a rehearsal would send once, as what was not sent', async () => {
  const opened = await openRollout({ world: 'rehearsal' });
  disabledAndDraining(opened.link, first);
  const request = { method: 'PUT', url: 'http://10.0.0.1:8848/nacos/v1/ns/instance', hasToken: true };
  opened.link.say({ type: 'request-listed', wasSent: false, request });
  await opened.press('@');
  const lines = opened.screen().split('\n');
  expect(lines.filter((line) => line.includes('curl -X PUT'))).toEqual([
    expect.stringContaining("# curl -X PUT 'http://10.0.0.1:8848/nacos/v1/ns/instance'"),
  ]);
});

test('says that it rehearses', async () => {
  const opened = await openRollout({ world: 'rehearsal' });
  expect(opened.screen().split('\n')[0]).toMatch(/REHEARSAL *$/);
});

test('says when the runner is gone, and takes no order any more', async () => {
  const opened = await openRollout();
  opened.link.die();
  await opened.sees('The runner of this rollout is gone');
  await opened.press('p');
  await opened.sees('Its runner is not there');
});

test('says that it left a runner that it cannot read, and not that the runner is gone', async () => {
  const opened = await openRollout();
  opened.link.send({ kind: 'broken', problem: { kind: 'unreadable-runner', id: '7f3a', detail: 'kind: x' } });
  await opened.sees('says what this program cannot read');
  opened.link.die();
  await opened.second();
  expect(opened.screen()).toContain('says what this program cannot read');
  expect(opened.screen()).not.toContain('The runner of this rollout is gone');
});

test.each([80, 50])('tells what happened to its end at %i columns', async (columns) => {
  const opened = await openRollout({ size: { columns, rows: 30 } });
  const changed = { what: 'metadata.preserved.heart.beat.timeout', before: '15000', after: 'the end' };
  opened.link.say({ type: 'changed', target: first, registration: 1, ...changed, cause: 'new-version' });
  await opened.sees(/came with the|restart/);
  const sentence =
    'metadata.preserved.heart.beat.timeout of 10.0.0.11:20880 DUBBO_GROUP@@providers:com.acme.Orders:1.0.0: was 15000 and is the end: it came with the restart';
  expect(opened.screen().replaceAll(/\s+/g, '')).toContain(sentence.replaceAll(' ', ''));
});

test('that no command has begun is said only until one has', async () => {
  const opened = await openRollout();
  await opened.press('l');
  await opened.sees('No command of this target has begun yet.');
  deployFailed(opened.link, first);
  await opened.second();
  expect(opened.screen()).not.toContain('No command of this target has begun yet.');
});

test('that it pauses is said only until somebody lets it go on', async () => {
  const opened = await openRollout();
  disabledAndDraining(opened.link, first);
  await opened.press('ctrl-c');
  opened.link.say({ type: 'paused', by: 'ann@bastion', why: 'asked' });
  await opened.second();
  expect(opened.screen()).toContain('Ctrl-C again stops now');
  opened.link.say({ type: 'continued', by: 'ben@elsewhere' });
  await opened.second();
  expect(opened.screen()).not.toContain('Ctrl-C again stops now');
});
