import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { evidenceRollout } from '../../support/evidence-rollout.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { type Tab, findChromium, openTab } from './headless-browser.ts';
import { hostileNames, pageOf } from './page-of.ts';

const chromium = findChromium();
if (chromium === undefined) console.warn('No Chromium on PATH: the page of a report was not opened in one.');

/** Set: the pictures are kept there, to be looked at. */
const pictures = process.env['REPORT_PICTURES'];

let tab: Tab | undefined;
beforeAll(async () => {
  if (chromium !== undefined) tab = await openTab(chromium);
});
afterAll(async () => tab?.close());

/** Everything that sticks out of the page, and texts that stick out of their element. */
const overflowing = `(() => {
  for (const details of document.querySelectorAll('details')) details.open = true;
  const wide = document.documentElement.clientWidth;
  const out = [...document.body.querySelectorAll('*')].filter((one) => {
    if (one.closest('svg') !== null && one.tagName !== 'svg' && one.tagName !== 'text') return false;
    const { left, right } = one.getBoundingClientRect();
    return left < -0.5 || right > wide + 0.5 || (one.tagName !== 'svg' && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0);
  });
  return [document.documentElement.scrollWidth - wide, ...out.map((one) => one.tagName + ' ' + one.textContent.slice(0, 40))];
})()`;

/** Axis texts that lie over each other. */
const overlapping = `[...document.querySelectorAll('svg.axis')].flatMap((axis) => {
  const boxes = [...axis.querySelectorAll('text')].map((text) => text.getBoundingClientRect());
  return boxes.filter((box, index) => index > 0 && box.left < boxes[index - 1].right).map((box) => box.left);
})`;

const cases = (['en', 'zh-CN'] as const).flatMap((language) =>
  ([400, 1400] as const).map((width) => ({ language, width })),
);

test.skipIf(chromium === undefined).each(cases)(
  'at $width pixels in $language nothing overflows, and nothing is asked for',
  async ({ language, width }) => {
    if (tab === undefined) throw new Error('no tab');
    const kinds = { plain: undefined, hostile: hostileNames } as const;
    for (const [kind, names] of Object.entries(kinds)) {
      const path = join(newDirectory('page'), `${kind}.html`);
      writeFileSync(path, pageOf(evidenceRollout(names), language));
      const scheme = kind === 'plain' ? 'light' : 'dark';
      await tab.open(pathToFileURL(path).href, width, scheme);
      if (pictures !== undefined) {
        mkdirSync(pictures, { recursive: true });
        writeFileSync(join(pictures, `${kind}-${language}-${width}-${scheme}.png`), await tab.picture());
      }
      expect(await tab.evaluate(overflowing)).toEqual([0]);
      expect(await tab.evaluate(overlapping)).toEqual([]);
      // The style that its policy names by a hash is the one that applies.
      expect(await tab.evaluate('getComputedStyle(document.querySelector("rect.drain")).fill')).not.toBe(
        'rgb(0, 0, 0)',
      );
      expect(await tab.evaluate('document.scripts.length + (window.broken ?? 0)')).toBe(0);
      expect(tab.requested).toEqual([pathToFileURL(path).href]);
      expect(tab.complaints).toEqual([]);
    }
  },
);
