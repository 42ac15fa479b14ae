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

const latin = /[A-Za-z0-9]/;
const chinese = '[\\u4e00-\\u9fff]';

/** What stands in a template: the texts that it may put there, as far as they are written out in the same file. */
function textsOf(source: string, expression: string): readonly string[] {
  const [, table] = /^(\w+)\[/.exec(expression) ?? [];
  const written =
    table === undefined ? expression : (new RegExp(`const ${table}\\b[^}]*}`).exec(source)?.[0] ?? '');
  const after = table === undefined ? /(?:[?:]) ['`]([^'`]+)['`]/g : /: ['`]([^'`]+)['`]/g;
  return [...written.matchAll(after)].map(([, text = '']) => text);
}

test('Chinese and Latin have a space between them, also where one is put into the other', () => {
  const crowded: string[] = [];
  for (const file of readdirSync(join(room, 'zh-cn'))) {
    const source = readFileSync(join(room, 'zh-cn', file), 'utf8');
    const plain = new RegExp(`(${chinese}[A-Za-z0-9]|[A-Za-z0-9%]${chinese})`, 'g');
    crowded.push(...[...source.matchAll(plain)].map(([text]) => `${file}: ${text}`));
    for (const [, expression = ''] of source.matchAll(new RegExp(`${chinese}\\$\\{([^{}]*)`, 'g')))
      crowded.push(
        ...textsOf(source, expression)
          .filter((text) => latin.test(text[0] ?? ''))
          .map((text) => `${file}: …${text}`),
      );
    for (const [, expression = ''] of source.matchAll(new RegExp(`\\$\\{([^{}]*)\\}${chinese}`, 'g')))
      crowded.push(
        ...textsOf(source, expression)
          .filter((text) => latin.test(text.at(-1) ?? ''))
          .map((text) => `${file}: ${text}…`),
      );
  }
  expect(crowded).toEqual([]);
});
