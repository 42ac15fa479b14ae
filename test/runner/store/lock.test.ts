import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Reached } from '../../../src/core/registry/connection-spec.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { type Holder, takeLocks } from '../../../src/runner/store/lock.ts';
import { markOf } from '../../../src/world/process-mark.ts';

const service = { namespace: 'public', group: 'DEFAULT_GROUP', service: 'orders' };
const plan = { targets: [{ registrations: [service] }] } as unknown as Plan;
const reached = { servers: ['http://127.0.0.1:8848'] } as unknown as Reached;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const holderOf = (id: string, pid = process.pid): Omit<Holder, 'service'> => ({
  ...markOf(pid),
  id,
  by: 'me',
  since: '',
});

test('one holds a service until it is released', () => {
  const first = takeLocks(directory, reached, plan, holderOf('first'));
  expect(takeLocks(directory, reached, plan, holderOf('second'))).toMatchObject({
    ok: false,
    holder: { id: 'first', service: 'orders' },
  });
  if (first.ok) first.release();
  expect(takeLocks(directory, reached, plan, holderOf('second')).ok).toBe(true);
});

test('whoever holds a service is refused too until it is released, and frees only what it took itself', () => {
  const first = takeLocks(directory, reached, plan, holderOf('one'));
  expect(takeLocks(directory, reached, plan, holderOf('one'))).toMatchObject({
    ok: false,
    holder: { id: 'one' },
  });
  if (!first.ok) throw new Error('free');
  first.release();
  expect(takeLocks(directory, reached, plan, holderOf('one')).ok).toBe(true);
  first.release();
  expect(takeLocks(directory, reached, plan, holderOf('one')).ok).toBe(false);
});

test('two spellings of one server are one lock', () => {
  const twice = { ...reached, servers: ['http://a:8848', 'HTTP://A:8848/'] };
  expect(takeLocks(directory, twice, plan, holderOf('first')).ok).toBe(true);
});

test('another spelling of the server is the same service; another server is another', () => {
  const at = (server: string): Reached => ({ ...reached, servers: [server] });
  takeLocks(directory, at('http://[fd00::1]:8848'), plan, holderOf('first'));
  const spelled = at('HTTP://[FD00:0:0:0:0:0:0:1]:8848/');
  expect(takeLocks(directory, spelled, plan, holderOf('second')).ok).toBe(false);
  expect(takeLocks(directory, at('http://[fd00::2]:8848'), plan, holderOf('third')).ok).toBe(true);
});

test('a lock whose process is gone is taken over, and so is half a file', () => {
  const gone = { ...holderOf('gone'), startTicks: '1' };
  expect(takeLocks(directory, reached, plan, gone).ok).toBe(true);
  expect(takeLocks(directory, reached, plan, holderOf('second')).ok).toBe(true);
  for (const name of readdirSync(directory)) writeFileSync(join(directory, name), '{');
  expect(takeLocks(directory, reached, plan, holderOf('third')).ok).toBe(true);
});

test.each(['nobody', 'somebody who is gone'])(
  'of many who try at once after %s, one gets it',
  async (who) => {
    if (who !== 'nobody') takeLocks(directory, reached, plan, { ...holderOf('gone'), startTicks: '1' });
    const words = [join(import.meta.dirname, '..', '..', 'support', 'processes', 'take-lock.ts'), directory];
    const racers = Array.from({ length: 8 }, () =>
      spawn(process.execPath, [...words, JSON.stringify({ reached, plan })], {
        stdio: ['pipe', 'pipe', 'inherit'],
      }),
    );
    const lines = racers.map(linesOf);
    await Promise.all(lines.map((next) => next()));
    for (const racer of racers) racer.stdin.write('go\n');
    const said = await Promise.all(lines.map((next) => next()));
    for (const racer of racers) racer.kill();
    expect(said.filter((line) => line === 'taken')).toHaveLength(1);
  },
);

function linesOf({ stdout }: ChildProcess): () => Promise<string> {
  if (stdout === null) throw new Error('no standard output');
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return async () => String((await lines.next()).value);
}
