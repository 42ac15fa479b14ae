import { chmodSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeJournal } from '../../src/runner/store/lock.ts';
import { markOf } from '../../src/world/process-mark.ts';
import { type Machine, gone, machine } from '../cli/support/journal-machine.ts';
import { server } from '../cli/support/stage.ts';
import { one } from '../cli/support/switched-orders.ts';

const directoryOf = (root: string): string => {
  const [id = ''] = readdirSync(join(root, 'rollouts'));
  return join(root, 'rollouts', id);
};

const journalOf = (root: string): string => join(directoryOf(root), 'journal.jsonl');

/** A colleague's hand in Nacos. */
const setAll = ({ stage }: Machine, enabled: boolean): void => {
  stage.registry.list = stage.registry.list.map((each) =>
    each.ip === '10.0.0.5' ? { ...each, enabled } : each,
  );
};

test('nobody is said to have decided what was only seen', async () => {
  const there = machine();
  const { stage, root } = there;
  await stage.run('disable', ...one, ...server);
  const before = readFileSync(journalOf(root), 'utf8');
  setAll(there, true);
  await stage.run('status');
  const added = readFileSync(journalOf(root), 'utf8').slice(before.length).trimEnd().split('\n');
  expect(added.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { type: 'read-back', target: '10.0.0.5:8080', registration: 0, enabled: true },
  ]);
});

test('seen on by one server node alone, it stays ours', async () => {
  const there = machine();
  const { stage, root } = there;
  await stage.run('disable', ...one, ...server);
  const before = readFileSync(journalOf(root), 'utf8');
  setAll(there, true);
  Object.assign(stage.registry, { nodeAddresses: [...stage.registry.nodeAddresses, 'late:8848'] });
  const instances = stage.registry.instances.bind(stage.registry);
  stage.registry.instances = async (service, options) => {
    const answer = await instances(service, options);
    if (options?.node !== 'late:8848' || !answer.ok || answer.value === undefined) return answer;
    const items = answer.value.items.map((each) => ({ ...each, enabled: each.ip !== '10.0.0.5' }));
    return { ...answer, value: { ...answer.value, items } };
  };
  await stage.run('status');
  expect(readFileSync(journalOf(root), 'utf8')).toBe(before);
});

test('a write that may still be applied is waited for', async () => {
  const there = machine(undefined, gone);
  const { stage, root } = there;
  await stage.run('disable', ...one, ...server);
  const lines = readFileSync(journalOf(root), 'utf8').split('\n');
  const write = lines.findIndex((line) => line.includes('"write-began"'));
  writeFileSync(journalOf(root), `${lines.slice(0, write + 1).join('\n')}\n`);
  setAll(there, true);
  await stage.run('status');
  setAll(there, false);
  expect((await stage.run('status')).code).toBe(3);
  setAll(there, true);
  await stage.clock.advance(61_000);
  await stage.run('status');
  setAll(there, false);
  expect((await stage.run('status')).code).toBe(0);
});

test.each([
  ['has not ended here', process.pid, 'bastion'],
  ['may run on another host', gone, 'elsewhere'],
])('what a command took off that %s is left to it', async (_, pid, host) => {
  const there = machine(undefined, pid);
  const { stage, root } = there;
  await stage.run('disable', ...one, ...server);
  const lines = readFileSync(journalOf(root), 'utf8').split('\n');
  const end = lines.findIndex((line) => line.includes('"rollout-ended"'));
  const open = `${lines.slice(0, end).join('\n').replace('"host":"bastion"', `"host":"${host}"`)}\n`;
  writeFileSync(journalOf(root), open);
  setAll(there, true);
  await stage.clock.advance(61_000);
  expect((await stage.run('status')).code).toBe(0);
  await stage.run('doctor', ...server);
  expect(readFileSync(journalOf(root), 'utf8')).toBe(open);
});

test('a held journal, or one that others may write, changes nothing and is no error', async () => {
  const there = machine();
  const { stage, root } = there;
  await stage.run('disable', ...one, ...server);
  const before = readFileSync(journalOf(root), 'utf8');
  setAll(there, true);
  const writer = { ...markOf(process.pid), id: 'x', by: 'bob@bastion', since: '2026-11-21T20:00:00.000Z' };
  const lock = takeJournal(directoryOf(root), writer);
  expect(await stage.run('status')).toMatchObject({
    code: 0,
    out: '',
    err: expect.not.stringContaining('x'),
  });
  expect((await stage.run('doctor', ...server)).code).toBe(0);
  if (lock.ok) lock.release();
  chmodSync(journalOf(root), 0o666);
  expect((await stage.run('status')).code).toBe(0);
  expect(readFileSync(journalOf(root), 'utf8')).toBe(before);
});
