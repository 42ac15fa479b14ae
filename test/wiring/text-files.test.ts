import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeText } from '../../src/wiring/text-files.ts';
import { newDirectory } from '../support/new-directory.ts';

test('a report is written over nothing, nor through a link to where nothing is', async () => {
  const directory = newDirectory('report');
  const [kept, link, beyond] = ['kept', 'link', 'beyond'].map((name) => join(directory, name));
  if (kept === undefined || link === undefined || beyond === undefined) throw new Error('three names');
  writeFileSync(kept, 'mine');
  symlinkSync(beyond, link);
  for (const path of [kept, link])
    expect(await writeText(path, 'page')).toEqual({ ok: false, detail: 'EEXIST' });
  expect(readFileSync(kept, 'utf8')).toBe('mine');
  expect(existsSync(beyond)).toBe(false);
});
