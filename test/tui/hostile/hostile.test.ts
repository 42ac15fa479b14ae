import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { cellsOf } from '../../../src/core/text/cells.ts';
import { visible } from '../../../src/core/text/visible.ts';
import { lineText } from '../../../src/tui/draw/line.ts';
import type { Model } from '../../../src/tui/model/model.ts';
import { front } from '../../../src/tui/model/navigation.ts';
import { frame } from '../../../src/tui/screens/frame.ts';
import { crawl, placeNames } from './crawl.ts';
import { hostileStrings } from './hostile-strings.ts';
import { mark, markedConsole, markedRollouts, withText } from './marked.ts';
import { type Watched, sizes, watched } from './watched.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 1e9));

let models: readonly Model[] = [];

beforeAll(async () => {
  const starts = [await markedConsole(), ...(await markedRollouts())];
  const found: Model[] = [];
  for (const { opened, seeds } of starts) found.push(...(await crawl(opened, seeds)));
  models = found;
});

test('there is a picture of every place that the keymap names, and the mark stands on most', () => {
  const shown = models.filter((model) => frame(model).some((line) => lineText(line).includes(mark)));
  const seen = new Set(shown.map((model) => front(model).name));
  expect(placeNames.filter((name) => !seen.has(name))).toEqual([]);
  expect(shown.length / models.length).toBeGreaterThan(0.7);
});

/** What is wrong with what the places show, or with what a terminal makes of it. */
async function check(at: Watched, model: Model, text: string): Promise<string | undefined> {
  const { frozen, ...hostile } = { ...withText(model, text), size: at.size };
  // It froze what was shown then.
  const lines = frame(frozen === undefined ? hostile : { ...hostile, frozen: frame(hostile) });
  const texts = lines.map(lineText);
  const unseen = texts.find((shown) => visible(shown) !== shown);
  const wide = texts.find((shown) => cellsOf(shown) > at.size.columns);
  if (unseen !== undefined) return `hides or obeys: ${JSON.stringify(unseen)}`;
  if (wide !== undefined) return `too wide: ${JSON.stringify(wide)}`;
  return await at.draw(lines);
}

type Case = { readonly model: Model; readonly what: string; readonly text: string; readonly at: Watched };

async function allWrong(cases: Iterable<Case>): Promise<readonly string[]> {
  const wrong = new Set<string>();
  for (const { model, what, text, at } of cases) {
    const why = await check(at, model, text);
    if (why !== undefined) wrong.add(`${front(model).name}, ${at.size.columns} columns, ${what}: ${why}`);
  }
  return [...wrong];
}

/** A place shows each so many-th string, and the next place the ones after: every string is on several. */
const turns = 4;

function* everyStringInTurn(): Iterable<Case> {
  const terminals = sizes.map(watched);
  const places = [...Map.groupBy(models, (model) => front(model).name)];
  for (const [turn, [place, alike]] of places.entries())
    for (const [index, [what, text]] of hostileStrings.entries()) {
      if ((index + turn) % turns !== 0) continue;
      const at = terminals[(index + place.length) % terminals.length];
      const model = alike[index % alike.length];
      if (model !== undefined && at !== undefined) yield { model, what, text, at };
    }
}

test('no string of the table is obeyed, hidden or too wide, on places in turn', async () => {
  expect(await allWrong(everyStringInTurn())).toEqual([]);
});

function* everyPicture(): Iterable<Case> {
  const terminals = sizes.map(watched);
  for (const [index, model] of models.entries()) {
    const at = terminals[index % terminals.length];
    // Stepping by a prime, so that pictures that are alike come to differ.
    const [what, text] = hostileStrings[(index * 7) % hostileStrings.length] ?? ['', ''];
    if (at !== undefined) yield { model, what, text, at };
  }
}

test('no picture that keys lead to obeys, hides or is too wide', async () => {
  expect(await allWrong(everyPicture())).toEqual([]);
});

test(`no generated string is obeyed, hidden or too wide (seed ${seed})`, async () => {
  const pieces = fc.constantFrom(...hostileStrings.map(([, text]) => text.slice(0, 40)));
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.array(pieces, { maxLength: 4 }).map((some) => some.join('')),
  );
  const terminals = sizes.map(watched);
  const property = fc.asyncProperty(
    fc.constantFrom(...models),
    texts,
    fc.constantFrom(...terminals),
    async (model, text, at) => {
      expect(await check(at, model, text), `on ${front(model).name}`).toBeUndefined();
    },
  );
  await fc.assert(property, { seed, numRuns: 300 });
});
