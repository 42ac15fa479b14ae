import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rooms } from '../../oxlint.config.ts';

const root = join(import.meta.dirname, '..', '..');
const filesMax = 16;

/** Every folder of the tree with the names of its files; the languages and recorded answers are lists by nature. */
const folders = new Map<string, string[]>();
for (const top of ['src', 'test', 'build'])
  for (const entry of readdirSync(join(root, top), { recursive: true, withFileTypes: true })) {
    const folder = join(entry.parentPath).slice(root.length + 1);
    if (!entry.isFile() || /(^|\/)(target|fixtures)(\/|$)|^src\/i18n\/(en|zh-cn)$/.test(folder)) continue;
    folders.set(folder, [...(folders.get(folder) ?? []), entry.name]);
  }

const knownTo = (room: string): readonly string[] =>
  (rooms[room] ?? '')
    .split(' ')
    .filter((word) => word !== '')
    .flatMap((word) =>
      word === 'core' ? Object.keys(rooms).filter((one) => dirname(one) === 'core') : word,
    );

test('no folder holds more than one can take in', () => {
  const full = [...folders].filter(([, files]) => files.length > filesMax).map(([folder]) => folder);
  expect(full).toEqual([]);
});

describe('the rooms of src', () => {
  test('are those that the lint rule knows', () => {
    const withCode = [...folders]
      .filter(([folder, files]) => folder.startsWith('src') && files.some((name) => name.endsWith('.ts')))
      .map(([folder]) => folder.slice('src/'.length));
    const known = Object.keys(rooms);
    expect(withCode.filter((room) => !known.includes(room))).toEqual([]);
    expect(known.filter((room) => !withCode.includes(room) && !/^i18n\/(en|zh-cn)$/.test(room))).toEqual([]);
  });

  test('are all on the map, from the inside out', () => {
    const page = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
    const onMap = [...page.matchAll(/^\| `src(?:\/([\w/-]+))?` \|/gm)].map(([, room = '']) => room);
    expect(onMap.toSorted()).toEqual(Object.keys(rooms).toSorted());
    const below = onMap.flatMap((room, at) =>
      knownTo(room)
        .filter((known) => onMap.indexOf(known) > at)
        .map((known) => `${room} knows ${known}`),
    );
    expect(below).toEqual([]);
  });

  test('know one another in one direction', () => {
    const above = new Set<string>();
    const circles: string[] = [];
    const visit = (room: string, path: readonly string[]): void => {
      if (path.includes(room)) circles.push([...path.slice(path.indexOf(room)), room].join(' > '));
      else if (!above.has(room)) for (const next of knownTo(room)) visit(next, [...path, room]);
      above.add(room);
    };
    for (const room of Object.keys(rooms)) visit(room, []);
    expect(circles).toEqual([]);
  });
});
