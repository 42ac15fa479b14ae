import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const room = join(import.meta.dirname, '../../src/i18n');

function linesOf(language: string): readonly string[] {
  return readdirSync(join(room, language)).flatMap((file) =>
    readFileSync(join(room, language, file), 'utf8').split('\n'),
  );
}

test('no sentence writes out how this program is called before a command: it may need npx', () => {
  const lines = [...linesOf('en'), ...linesOf('zh-cn')];
  expect(lines.length).toBeGreaterThan(3000);
  expect(lines.filter((line) => /nacos-rollout (?:--|(?!failed)[a-z])/.test(line))).toEqual([]);
});
