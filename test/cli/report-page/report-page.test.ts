import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ticksOf } from '../../../src/core/report/scale.ts';
import { parseJournal } from '../../../src/runner/store/journal.ts';
import { evidenceRollout } from '../../support/evidence-rollout.ts';
import { hostileNames, pageOf } from './page-of.ts';

const events = evidenceRollout();
const page = pageOf(events);

/** Its texts, tags left out. */
const textOf = (html: string): string => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

test('needs nothing: no script, no address in an attribute, and a policy that would let nothing in', () => {
  expect(page).not.toMatch(/<script|<link|<img|<iframe|<base|@import|url\(|\son\w+=|\sstyle=/i);
  expect(page).not.toMatch(/\s(src|href|action|data)=/i);
  expect(page).toMatch(/content="default-src &#39;none&#39;; style-src &#39;sha256-[\w+/]+=*&#39;;/);
});

test.each(['en', 'zh-CN'] as const)(
  'whatever was named in the registry is text, and adds no element (%s)',
  (language) => {
    const tagsOf = (html: string): readonly string[] => html.match(/<\/?[a-z][^\s>]*/gi) ?? [];
    const hostile = pageOf(evidenceRollout(hostileNames), language);
    expect(tagsOf(hostile)).toEqual(tagsOf(pageOf(events, language)));
    // Neither is anything obeyed that is not seen.
    for (const unseen of ['\u0000', '\u001b', '\u202e']) expect(hostile).not.toContain(unseen);
    expect(hostile).toContain('&lt;script&gt;broken=1&lt;/script&gt;');
  },
);

test('draws a lane of every target, its calls, when the last came and when it was called quiet', () => {
  const [, quiet = '', timed = '', called = ''] = page.split('<h2>').slice(1);
  for (const section of [quiet, timed, called])
    for (const step of ['disable', 'drain', 'deploy', 'check', 'enable'])
      expect(section).toContain(`<rect class="${step} `);
  // The lane and the chart below it.
  expect(quiet.match(/<line class="quiet"/g)).toHaveLength(2);
  expect(quiet.match(/<line class="last"/g)).toHaveLength(1);
  expect(timed).not.toContain('<line class="quiet"');
  expect(called).toContain('<rect class="drain failed"');
  expect(called).toContain('<circle class="decided"');
  expect(quiet).toContain('<rect class="exposed"');
  expect(quiet.match(/<rect class="calls"/g)?.length).toBeGreaterThan(20);
});

test('tells what a reader must know, in order', () => {
  const text = textOf(page);
  for (const sentence of [
    'done · 3 of 3 targets through · 4 min 42 s',
    'The drains took 52 s, 28 s less than by timer alone.',
    'consumers were told that 10.0.0.11:8080 is off: by 10.0.0.1:8848 after 0.6 s, by 10.0.0.2:8848 after 1 s',
    'drain called quiet after 12 s (by timer 40 s), 99.9% sure',
    '18:01:07 3 calls arrived within 0.4 s after the drain had ended',
    'decided: take the step as done (deployer@bastion-1)',
    'Requests that wrote (6)',
  ])
    expect(text).toContain(sentence);
  expect(text.indexOf('is off: by')).toBeLessThan(text.indexOf('drain called quiet'));
});

test('a rollout under way is drawn up to its last event, a step without an end included', () => {
  const cut = events.slice(
    0,
    events.findIndex(({ type }) => type === 'drain-ended'),
  );
  const text = textOf(pageOf(cut));
  expect(text).toContain('not ended · 0 of 3 targets through');
  expect(text).toContain('Still off because of us: 10.0.0.11:8080 orders');
  expect(pageOf(cut)).toContain('<rect class="drain open"');
  // Nothing was done yet.
  expect(textOf(pageOf(events.slice(0, 1)))).toContain('Rollout 7f3a');
});

test('a journal of an older version, without calls, has lanes and no chart', () => {
  const path = join(import.meta.dirname, '../../runner/fixtures/journal-v1.jsonl');
  const read = parseJournal(readFileSync(path, 'utf8'));
  if (!read.ok) throw new Error('the fixture is no journal');
  const old = pageOf(read.events);
  expect(old).toContain('<rect class="deploy failed"');
  expect(old).not.toContain('class="chart"');
});

test.each([
  [10_000, [0, 2000, 4000, 6000, 8000, 10_000]],
  [61_000, [0, 15_000, 30_000, 45_000, 60_000]],
  [0, [0]],
])('names round times, a few of them: %i ms', (toMs, ticks) => {
  expect(ticksOf({ fromMs: 0, toMs }, 0)).toEqual(ticks);
});

test('names times before the beginning too, and days', () => {
  expect(ticksOf({ fromMs: -30_000, toMs: 20_000 }, 0)).toEqual([
    -30_000, -20_000, -10_000, 0, 10_000, 20_000,
  ]);
  expect(ticksOf({ fromMs: 0, toMs: 3_000_000_000 }, 0).length).toBeLessThan(8);
});
