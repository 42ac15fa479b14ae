import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { replay } from '../../../src/core/apply/apply.ts';
import { leftOff } from '../../../src/core/report/left-off.ts';
import { reportOf } from '../../../src/core/report/report.ts';
import { parseJournal } from '../../../src/runner/store/journal.ts';

const path = join(import.meta.dirname, '../../runner/fixtures/journal-v1.jsonl');
const read = parseJournal(readFileSync(path, 'utf8'));
const events = read.ok ? read.events : [];
const rollout = replay(events);
if (rollout === undefined) throw new Error('the fixture is no journal');
const report = reportOf(rollout, events);

test('tells each target step by step, with what failed and was tried again', () => {
  expect(report.targets.map(({ result, retries }) => [result, retries])).toEqual([
    ['done', 0],
    // It drained again before the second deploy, which is no retry of the drain.
    ['done', 1],
    ['done', 0],
  ]);
  const steps = report.targets[1]?.steps.map(({ step, attempt, outcome }) => `${step} ${attempt} ${outcome}`);
  expect(steps).toEqual([
    'disable 1 done',
    'drain 1 done',
    'deploy 1 failed',
    'drain 2 done',
    'deploy 2 done',
    'check 1 done',
    'enable 1 done',
  ]);
  expect(report.targets[1]?.decisions).toMatchObject([{ decision: 'retry', by: 'deployer@bastion' }]);
});

test('durations are those of the journal', () => {
  const [first] = report.targets;
  const own = events.filter((event) => 'target' in event && event.target === first?.name);
  const from = own.find(({ type }) => type === 'disable-began')?.at ?? '';
  const to = own.findLast(({ type }) => type === 'enabled')?.at ?? '';
  expect(first?.tookMs).toBe(Date.parse(to) - Date.parse(from));
});

test('every write is there with what became of it', () => {
  expect(report.requests).toHaveLength(events.filter(({ type }) => type === 'write-began').length);
  expect(new Set(report.requests.map(({ outcome }) => outcome))).toEqual(new Set(['accepted']));
  expect(JSON.stringify(report)).not.toContain('accessToken');
});

test('each write has the next outcome of its own registration, and none where it was begun anew before', () => {
  const [first, second] = events.filter((event) => event.type === 'write-ended');
  const told = events
    .filter((event) => event !== first)
    .map((event) => (event === second ? { ...second, outcome: 'unknown' as const } : event));
  const { requests } = reportOf(rollout, told);
  expect(requests.map(({ outcome }) => outcome).slice(0, 3)).toEqual(['open', 'unknown', 'accepted']);
  expect(requests.map(({ at }) => at)).toEqual(report.requests.map(({ at }) => at));
});

test('a journal that breaks off has steps without an end, and names what is off since when', () => {
  const at = events.findIndex(({ type }) => type === 'deploy-began') + 1;
  const cut = replay(events.slice(0, at));
  if (cut === undefined) throw new Error('no rollout');
  expect(reportOf(cut, events.slice(0, at)).targets[0]?.steps.at(-1)).toMatchObject({
    step: 'deploy',
    outcome: 'open',
  });
  const left = leftOff(cut, events.slice(0, at));
  const began = events.find(({ type }) => type === 'write-began');
  expect(left).toHaveLength(2);
  expect(left[0]).toMatchObject({
    since: began?.at,
    isHalfDeployed: true,
    isDeployOpen: true,
    step: 'deploy',
    by: 'deployer@bastion',
  });
});
