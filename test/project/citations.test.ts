import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import about from '../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '..', '..');

const files: readonly string[] = ['src', 'test', 'build'].flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .map((name) => `${room}/${name}`)
    .filter((name) => !name.includes('/target/')),
);
const names = new Set(files.map((file) => basename(file)));
const pages = [...readdirSync(root), ...files].filter((file) => file.endsWith('.md'));
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The paths of this project that a page names in backquotes or links to; a name alone is that of some file. */
function missingFrom(page: string): readonly string[] {
  const text = textOf(page);
  const quoted = [...text.matchAll(/`((?:src|test)\/[^`\s*{]+)`/g)].map(([, path = '']) => path);
  const linked = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, path = '']) =>
    join(dirname(page), path),
  );
  const alone = [...text.matchAll(/`([\w.-]+\.(?:ts|jsonl?))`/g)].map(([, name = '']) => name);
  return [
    ...[...quoted, ...linked].filter((path) => !existsSync(join(root, path))),
    ...alone.filter((name) => !names.has(name) && !existsSync(join(root, name))),
  ];
}

describe('what a page names is there', () => {
  test.each(pages)('%s', (page) => {
    expect(missingFrom(page)).toEqual([]);
  });
});

test('every script that is named is one of package.json', () => {
  const named = [...pages, ...files, 'vitest.config.ts', '.ci/run']
    .filter((file) => /\.(md|ts)$|\.ci/.test(file))
    .flatMap((file) =>
      [...textOf(file).matchAll(/npm run (?:--?\w+ )*([\w:]+)/g)].map(([, script = '']) => ({
        file,
        script,
      })),
    );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter(({ script }) => !Object.hasOwn(about.scripts, script))).toEqual([]);
});

const cited = /((?:[\w-]+\/)*README\.md), ([^):;"'`]+)/g;

test('a comment cites a section that is there', () => {
  const sections = new Map(
    pages.map((page) => [page, [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, title]) => title)]),
  );
  const found = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      [...textOf(file).matchAll(cited)].map(([, page = '', title = '']) => ({ file, page, title })),
    );
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter(({ page, title }) => sections.get(page)?.includes(title) !== true)).toEqual([]);
});

test('no comment cites a page that is not in the project', () => {
  const found = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      [...textOf(file).matchAll(/\b([\w-]+\/)*[\w-]+\.md\b/g)].map(([page]) => ({ file, page })),
    );
  const known = new Set([...pages, ...pages.map((page) => basename(page)), 'ticket.md']);
  expect(found.filter(({ page }) => !known.has(page))).toEqual([]);
});
