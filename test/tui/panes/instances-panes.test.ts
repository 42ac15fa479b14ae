import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineText } from '../../../src/tui/draw/line.ts';
import { replaceFront, screenNamed } from '../../../src/tui/model/navigation.ts';
import { screenOf } from '../../../src/tui/model/navigation.ts';
import { layoutFor, panesIn } from '../../../src/tui/panes/layouts.ts';
import { frame } from '../../../src/tui/screens/frame.ts';
import { atInstances } from '../support/at-instances.ts';
import { instanceOf, orders } from '../support/fake-registry.ts';
import type { OpenOptions, Opened } from '../support/open-console.ts';
import { expectHarmless, hostile, windows } from './hostile-frame.ts';

const size = { columns: 110, rows: 30 };

function open(options: OpenOptions = {}): Promise<Opened> {
  return atInstances({ size, ...options });
}

/** One more than the usual three, off, with a key of its own. */
function withFourth(): OpenOptions {
  return {
    prepare: ({ instances }) => {
      const metadata = { version: '41', zone: 'a', build: 'hotfix' };
      instances.list = [
        ...instances.list,
        instanceOf(orders, '10.0.0.14', 8080, { enabled: false, metadata }),
      ];
    },
  };
}

test('the metadata of the pointed instance stands beside what others have, and what differs is marked', async () => {
  const opened = await open(withFourth());
  expect(opened.screen()).toMatch(/10\.0\.0\.11:8080 \+1 +10\.0\.0\.13:8080 +10\.0\.0\.14:8080/);
  expect(opened.screen()).toMatch(/≠ version +41 +≠ 40 +41/);
  expect(opened.screen()).toMatch(/≠ zone +a +≠ b +a/);
  expect(opened.screen()).toMatch(/≠ build +not there +not there +≠ hotfix/);
  await opened.press('down', 'down');
  expect(opened.screen()).toMatch(/10\.0\.0\.13:8080 +10\.0\.0\.11:8080 \+1/);
  expect(opened.screen()).toMatch(/≠ version +40 +≠ 41 +≠ 41/);
});

test('what all have alike has no mark, and a key that objects have is no value', async () => {
  const opened = await open({
    prepare: ({ instances }) => {
      const metadata = { zone: 'a', constructor: 'mine' };
      instances.list = [
        instanceOf(orders, '10.0.0.11', 8080, { metadata }),
        instanceOf(orders, '10.0.0.12', 8080, { metadata: { zone: 'a' } }),
      ];
    },
  });
  expect(opened.screen()).toMatch(/^ {2}zone +a +a/m);
  expect(opened.screen()).toMatch(/≠ constructor +mine +≠ not there/);
  expect(opened.screen()).not.toContain('native code');
});

test('those whose metadata has no room are counted, and still mark a key', async () => {
  const opened = await open({
    prepare: ({ instances }) => {
      instances.list = Array.from({ length: 12 }, (_, at) =>
        instanceOf(orders, `10.0.0.${at + 1}`, 8080, {
          metadata: { version: at === 11 ? '2' : '1', at: `${at}` },
        }),
      );
    },
  });
  expect(opened.screen()).toMatch(/≠ version +1 +1 +1/);
  expect(opened.screen()).toMatch(/… \d+ more, with other metadata/);
});

test('the bar has as much as is on and well, and the minimum that the plan would have', async () => {
  const opened = await open(withFourth());
  expect(opened.screen()).toContain('3 of 4 on and well');
  expect(opened.screen()).toContain('never fewer than 1');
  expect(opened.screen()).toContain('2 may be off at once');
  expect(opened.screen()).toMatch(/ █{9}│█{17}░{8}$/m);
  const draft = opened.store.model().draft;
  if (draft === undefined) throw new Error('nothing is drafted');
  const shown = (minimum: string): string =>
    frame({ ...opened.store.model(), draft: { ...draft, settings: { ...draft.settings, minimum } } })
      .map(lineText)
      .join('\n');
  expect(shown('75%')).toContain('never fewer than 3');
  expect(shown('75%')).toContain('none may go off now');
  expect(shown('5')).toContain('2 too few');
  expect(shown('most')).not.toContain('never fewer');
  const known = { 'public/DEFAULT_GROUP@@orders': { minimum: 2 } };
  expect(
    frame({ ...opened.store.model(), draft: { ...draft, known } })
      .map(lineText)
      .join('\n'),
  ).toContain('never fewer than 2');
});

test('a smaller window has the table and the metadata of one, as before', async () => {
  const opened = await open();
  expect(opened.screen()).toContain('▸ Instances ─');
  expect(opened.screen()).toContain('─ Metadata side by side ─');
  for (const [columns, rows] of [
    [109, 30],
    [110, 29],
  ] as const) {
    opened.resize(columns, rows);
    expect(opened.screen()).not.toContain('Capacity');
    expect(opened.screen()).toContain('10.0.0.11:8080  metadata  version=41 zone=a');
  }
});

test('the keys of the table are the same, and tab scrolls the metadata', async () => {
  const opened = await open({
    prepare: ({ instances }) => {
      const metadata = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`key-${at + 10}`, 'x']));
      instances.list = [instanceOf(orders, '10.0.0.11', 8080, { metadata })];
    },
  });
  await opened.press('space');
  expect(opened.screen()).toContain('1 chosen');
  await opened.press('tab', 'end');
  expect(opened.screen()).toContain('▸ Metadata');
  expect(opened.screen()).toContain('key-49');
  expect(screenNamed(opened.store.model(), 'instances')).toMatchObject({ cursor: 0 });
});

test('in Chinese, and without UTF-8 or colour, the marks are there', async () => {
  const chinese = await open({ ...withFourth(), language: 'zh-CN' });
  expect(chinese.screen()).toMatch(/≠ build +没有 +没有 +≠ hotfix/);
  expect(chinese.screen()).toContain('4 个中 3 个上线且健康');
  expect(chinese.screen()).toContain('─ 元数据对照 ─');
  const ascii = await open({ ...withFourth(), isUtf8: false });
  expect(ascii.screen()).toMatch(/!= version +41 +!= 40 +41/);
  expect(ascii.screen()).toMatch(/#{9}\|#{17}\.{8}/);
});

test.each([
  ['en', true],
  ['zh-CN', false],
] as const)(
  'whatever is registered, no pane is too wide or obeys it, in %s, UTF-8 %s',
  async (language, isUtf8) => {
    const much = hostile.repeat(9);
    const opened = await open({
      language,
      isUtf8,
      prepare: ({ instances }) => {
        instances.list = Array.from({ length: 9 }, (_, at) =>
          instanceOf(orders, `10.0.0.${at + 1}`, 8080, {
            enabled: at % 2 === 0,
            ephemeral: at % 3 > 0,
            metadata: { [much]: `${at}${much}`, version: much, zone: `${at}` },
          }),
        );
      },
    });
    const model = opened.store.model();
    const place = screenNamed(model, 'instances');
    if (place === undefined) throw new Error('not at the instances');
    fc.assert(
      fc.property(...windows, fc.nat({ max: 8 }), (columns, rows, isZoomed, cursor) => {
        const split = layoutFor(screenOf(model), { columns, rows });
        const focused = split && panesIn(split).at(cursor % 3);
        const seen = replaceFront(model, { ...place, cursor, panes: { isZoomed, focused, scrolled: {} } });
        expectHarmless(frame({ ...seen, size: { columns, rows } }), columns, rows);
      }),
      { numRuns: 40 },
    );
  },
);
