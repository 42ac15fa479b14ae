import { expect, test } from 'vitest';
import { frame } from '../../../src/tui/screens/frame.ts';
import { openCanvas } from '../../../src/tui/paint/canvas.ts';
import { emulator } from '../../support/terminal/emulator.ts';
import { screenSvg } from '../../support/terminal/screen-svg.ts';
import type { Opened } from '../support/open-console.ts';
import { small, wide } from './pictures.ts';

/** What a terminal of this size shows, in the sixteen colours. */
async function pictureOf({ store }: Opened, title: string): Promise<string> {
  const { size } = store.model();
  const terminal = emulator(size.columns, size.rows);
  const written: string[] = [];
  const canvas = openCanvas(
    { write: (bytes) => written.push(bytes) },
    { hasColor: true, theme: 'terminal', depth: 4 },
  );
  canvas.open();
  canvas.draw(frame(store.model()), size.columns);
  await terminal.write(written.join(''));
  return screenSvg(terminal, title);
}

const pictures = [
  ...small.map((picture) => ({ ...picture, folder: 'small', size: { columns: 80, rows: 24 } })),
  ...wide.map((picture) => ({ ...picture, folder: 'wide', size: { columns: 160, rows: 40 } })),
];

// Where a screen is meant to change, `npm run test:unit -- test/tui/album -u` draws it anew, and whoever reviews looks at it.
test.each(pictures)('$folder: $name', async ({ name, language, walk, folder, size }) => {
  const opened = await walk({ language, size, hasColor: true });
  const drawn = await pictureOf(opened, `${name}, ${size.columns}×${size.rows}`);
  await expect(drawn).toMatchFileSnapshot(`${folder}/${name.replaceAll(' ', '-')}.svg`);
});
