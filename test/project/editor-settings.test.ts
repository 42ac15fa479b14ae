import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import biome from '../../biome.json' with { type: 'json' };

test('editors and the formatter are told the same', () => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', '.editorconfig'), 'utf8');
  const [, forAll = ''] = text.split(/^\[.*\]$/m);
  const told = new Map([...forAll.matchAll(/^(\w+) = (.+)$/gm)].map(([, name, value]) => [name, value]));
  expect({
    indentStyle: told.get('indent_style'),
    indentWidth: Number(told.get('indent_size')),
    lineWidth: Number(told.get('max_line_length')),
  }).toEqual(biome.formatter);
});
