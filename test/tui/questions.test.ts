import { expect, test } from 'vitest';
import { openConsole } from './support/open-console.ts';
import { deployFailed, disabledAndDraining, first, openRollout } from './support/open-rollout.ts';
import { observed } from './support/usual-plan.ts';

test('closes a question that is settled meanwhile, and says so', async () => {
  const opened = await openRollout();
  disabledAndDraining(opened.link, first);
  await opened.press('s');
  await opened.sees('End the drain now?');
  opened.link.say({ type: 'drain-ended', target: first, attempt: 1, ms: 40_000 });
  expect(opened.screen()).toContain('That question is settled');
  await opened.press('y', 'A');
  await opened.sees('Abort this rollout?');
  opened.link.say({ type: 'rollout-ended', outcome: 'aborted', exitCode: 3 });
  expect(opened.screen()).toContain('That question is settled');
  expect(opened.screen()).not.toContain('Abort this rollout?');
  expect(opened.link.orders).toEqual([]);
});

test('a key on its way to a question that is gone does nothing, and the next one does', async () => {
  const opened = await openRollout();
  disabledAndDraining(opened.link, first);
  await opened.press('q');
  await opened.sees('y detach');
  opened.link.say({ type: 'rollout-ended', outcome: 'aborted', exitCode: 3 });
  await opened.press('y');
  expect(opened.screen()).toContain('That question is settled');
  expect([opened.copies, opened.ends]).toEqual([[], []]);
  await opened.press('?');
  expect(opened.screen()).not.toContain('That question is settled');
  await opened.press('esc', 'y');
  expect(opened.copies).toHaveLength(1);
});

test('a while after a question is gone a key is no answer to it', async () => {
  const opened = await openRollout();
  disabledAndDraining(opened.link, first);
  await opened.press('q');
  opened.link.say({ type: 'rollout-ended', outcome: 'aborted', exitCode: 3 });
  for (let second = 0; second < 6; second += 1) await opened.second();
  await opened.press('y');
  expect(opened.copies).toHaveLength(1);
});

test('at 80 columns the footer names what may be done next, and how to detach', async () => {
  const footerAfter = async (happens: typeof deployFailed): Promise<string> => {
    const opened = await openRollout({ size: { columns: 80, rows: 24 } });
    happens(opened.link, first);
    // What has only just appeared takes no decision.
    await opened.second();
    return opened.screen().split('\n').at(-1) ?? '';
  };
  const draining = await footerAfter(disabledAndDraining);
  for (const hint of ['p pause', 's skip', 'd detach', 'q quit', '? ']) expect(draining).toContain(hint);
  const stuck = await footerAfter(deployFailed);
  for (const hint of ['r again', 'x leave', 'd detach', 'q quit', '? ']) expect(stuck).toContain(hint);
});

test.each([
  [60, 20],
  [80, 24],
  [200, 50],
] as const)('says whole what each decision leaves behind, the abort too, at %i×%i', async (columns, rows) => {
  const opened = await openRollout({ size: { columns, rows } });
  deployFailed(opened.link, first);
  const text = opened.screen().replaceAll(/\s+/g, ' ');
  expect(text).toContain('consumers get it back as it is, unchecked; on to the next');
  expect(text).toContain('put back what is well, or leave all as it is; asks which');
  expect(text).toContain('It is off now: 10.0.0.11:8080, 10.0.0.11:20880.');
});

test('takes no other key while a runner is being started', async () => {
  const opened = openConsole({ prepare: (ports) => (ports.open = []) });
  await opened.sees('prod-sh');
  const model = opened.store.model();
  opened.ports.launcher.start = () => new Promise(() => undefined);
  await opened.press('enter');
  await opened.sees('orders');
  await opened.press('enter');
  await opened.sees('10.0.0.13:8080');
  await opened.press('space', 'enter', 'v');
  await opened.sees('✓ The server has a Raft leader');
  await opened.press('G');
  await opened.sees('about 1 s');
  await opened.press('esc');
  await opened.sees('The runner is being started');
  for (const key of ['p', 'd', 'Z']) {
    await opened.press('down');
    expect(opened.screen()).not.toContain('The runner is being started');
    await opened.press(key);
    await opened.sees('The runner is being started');
  }
  expect(opened.screen()).toContain('Review of a rollout');
  expect(model.waitingFor).toBeUndefined();
});

test('counts at the end what Nacos says at the end', async () => {
  const opened = await openRollout({ size: { columns: 100, rows: 24 } });
  const forecast = {
    service: 'orders',
    now: 3,
    after: 2,
    minimum: 1,
    weightPercent: 67,
    protectThreshold: 0,
  };
  opened.link.say({ type: 'forecast', target: first, isGo: true, services: [forecast] });
  await opened.sees('on and well 2, minimum 1');
  opened.link.say({ type: 'rollout-ended', outcome: 'done', exitCode: 0 });
  opened.link.observe(observed(['a']));
  await opened.sees('on and well 3, minimum 1');
});

test('a rollout whose runner rests is carried on, or put back, from its own screen', async () => {
  const opened = await openRollout();
  deployFailed(opened.link, first);
  opened.link.say({ type: 'runner-rested', why: 'interrupted', exitCode: 3 });
  opened.link.die();
  await opened.sees('c carries this rollout on');
  await opened.press('c');
  await opened.sees('Carry on with this rollout?');
  await opened.press('y');
  await opened.sees('no script');
  await opened.press('A', 'y');
  await opened.sees('no script');
  expect(opened.ports.asked).toEqual([
    expect.objectContaining({ resume: '7f3a', isPuttingBack: false }),
    expect.objectContaining({ resume: '7f3a', isPuttingBack: true }),
  ]);
});

test('says how to put on what an aborted rollout left off', async () => {
  const opened = await openRollout({ size: { columns: 140, rows: 30 } });
  deployFailed(opened.link, first);
  opened.link.say({ type: 'abort-asked', how: 'leave', by: 'me' });
  opened.link.say({ type: 'rollout-ended', outcome: 'aborted', exitCode: 3 });
  await opened.sees('nacos-rollout enable DEFAULT_GROUP@@orders --instance 10.0.0.11:8080 --profile prod-sh');
  expect(opened.screen()).toContain(
    'nacos-rollout enable DUBBO_GROUP@@providers:com.acme.Orders:1.0.0: --instance 10.0.0.11:20880',
  );
});

test('a rehearsal says what its Nacos column is, how fast it goes, and that nothing was written', async () => {
  const opened = await openRollout({ world: 'rehearsal', size: { columns: 120, rows: 30 } });
  disabledAndDraining(opened.link, first);
  expect(opened.screen()).toContain('│ as if Nacos said');
  expect(opened.screen()).toContain('nothing is written; time runs 10 times as fast');
  expect(opened.screen()).toMatch(/ \+0:00 .*draining for 40 s/);
  opened.link.say({ type: 'rollout-ended', outcome: 'done', exitCode: 0 });
  await opened.sees('REHEARSED: nothing was written');
  expect(opened.screen()).not.toContain('DONE');
});

test('says why a decision is not possible for this failure', async () => {
  const opened = await openRollout();
  deployFailed(opened.link, first);
  await opened.second();
  await opened.press('t');
  await opened.sees('Only where nobody knows how the deploy ended');
  await opened.press('b');
  await opened.sees('The plan has no rollback command');
});
