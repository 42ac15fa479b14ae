import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { headRows } from '../../../src/cli/rollout/report-text.ts';
import { replay } from '../../../src/core/apply/apply.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { reportOf } from '../../../src/core/report/report.ts';
import type { Language } from '../../../src/i18n/language.ts';
import { wordsOf } from '../../../src/i18n/words.ts';
import { parseJournal } from '../../../src/runner/store/journal.ts';

const path = join(import.meta.dirname, '../../runner/fixtures/journal-v1.jsonl');
const read = parseJournal(readFileSync(path, 'utf8'));
const events = read.ok ? read.events : [];

/** The journal of a rollout whose three targets go 1 + 2, or one by one, in two zones, or none. */
async function headOf(batches: readonly number[], zones: readonly string[], language: Language) {
  const changed = events.map((event): Event => {
    if (event.type !== 'rollout-planned') return event;
    const { plan } = event;
    const targets = plan.targets.map((target, at) => {
      const zone = zones[at];
      return { ...target, batch: batches[at] ?? 0, ...(zone !== undefined && { zone }) };
    });
    const rules = plan.minimums.slice(0, 1).map((one) => ({ ...one, by: 'cluster' as const, minimum: 1 }));
    return { ...event, plan: { ...plan, targets, ...(zones.length > 0 && { zones: rules }) } };
  });
  const rollout = replay(changed);
  if (rollout === undefined) throw new Error('the fixture is no journal');
  const report = reportOf(rollout, changed);
  return headRows(report, await wordsOf(language)).map(([name, value]) => `${name}: ${value ?? ''}`);
}

test('the report says in which batches and zones it went, and what stayed on in each', async () => {
  expect(await headOf([0, 1, 1], ['a', 'b', 'b'], 'en')).toEqual(
    expect.arrayContaining([
      'batches: 1 + 2',
      'zones: one at a time: zone a → zone b',
      'minimum: orders 1 in each zone (cluster)',
    ]),
  );
  expect(await headOf([0, 1, 1], ['a', '', ''], 'zh-CN')).toEqual(
    expect.arrayContaining([
      '每批: 1 + 2',
      '可用区: 逐个进行：可用区 a → 无可用区的实例',
      '最小数量: orders 每个可用区 1（cluster）',
    ]),
  );
});

test('one at a time and without zones it says nothing of them', async () => {
  const rows = await headOf([0, 1, 2], [], 'en');
  const names = rows.map((row) => row.split(':')[0]);
  expect(names).not.toContain('batches');
  expect(names).not.toContain('zones');
});
