import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Event } from '../../../src/core/event/event.ts';
import { journalPath, openJournal, parseJournal, readJournal } from '../../../src/runner/store/journal.ts';
import { plainScenario } from '../../simulation/run-plain.ts';
import { plannedLine } from '../../simulation/world/simulated-world.ts';

const { plan, nodes } = plainScenario(1);
const first = plannedLine(plan, nodes, true);
const second = `${JSON.stringify({ v: 1, seq: 1, at: 'now', rollout: 'simulated', type: 'continued', by: 'me' })}\n`;

test('whole lines are events; a torn last one is set aside', () => {
  for (let cut = 1; cut < second.length; cut += 7) {
    const read = parseJournal(first + second.slice(0, cut));
    expect(read).toMatchObject({ ok: true, torn: second.slice(0, cut), goodBytes: Buffer.byteLength(first) });
    expect(read.ok && read.events).toHaveLength(1);
  }
  expect(parseJournal(first + second)).toMatchObject({ ok: true, torn: '' });
});

test('a line that cannot be read is named by its number, never skipped', () => {
  expect(parseJournal(`${first}{"half\n${second}`)).toMatchObject({
    ok: false,
    problem: { kind: 'unreadable-journal', line: 2 },
  });
  expect(parseJournal(`${first}${second.replace('continued', 'unheard-of')}`)).toMatchObject({
    ok: false,
    problem: { kind: 'unreadable-journal', line: 2 },
  });
});

test('a journal of a newer version is told apart', () => {
  expect(parseJournal(second.replace('"v":1', '"v":2'))).toEqual({
    ok: false,
    problem: { kind: 'newer-journal', version: 2 },
  });
});

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

test('a journal is readable by its owner only, and what was appended is read again', () => {
  const journal = openJournal(directory);
  journal.append(JSON.parse(first) as Event);
  journal.append(JSON.parse(second) as Event);
  journal.close();
  expect(statSync(journalPath(directory)).mode & 0o777).toBe(0o600);
  const read = readJournal(directory);
  expect(read.ok && read.events.map((event) => event.type)).toEqual(['rollout-planned', 'continued']);
});

test('opened again after a crash, the torn line lies in a file of its own', () => {
  writeFileSync(journalPath(directory), `${first}{"v":1,"seq":1,"ty`);
  const journal = openJournal(directory);
  journal.append(JSON.parse(second) as Event);
  journal.close();
  expect(readFileSync(journalPath(directory), 'utf8')).toBe(first + second);
  expect(readFileSync(join(directory, 'journal.torn'), 'utf8')).toBe('{"v":1,"seq":1,"ty\n');
});
