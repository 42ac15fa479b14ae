import {
  chmodSync,
  existsSync,
  lstatSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { newDirectory } from '../../support/new-directory.ts';
import { type Stage, setStage } from '../support/stage.ts';

const good = 'version: 1\nstages:\n  - services:\n      - service: orders\n        batch: 1\n';

function written(text = good): string {
  const path = join(newDirectory('edit'), 'plan.yaml');
  writeFileSync(path, text);
  return path;
}

/** A stage at a terminal whose editor is this script: `$1` is the copy, `$n` the how-manieth time it is opened. */
function stageWith(script: string): Stage & { readonly seen: string } {
  const directory = newDirectory('editor');
  const editor = join(directory, 'editor.sh');
  const lines = [
    '#!/bin/sh',
    `n=$(ls ${directory}/seen.* 2>/dev/null | wc -l)`,
    `cp "$1" ${directory}/seen.$n`,
  ];
  writeFileSync(editor, [...lines, script].join('\n'));
  chmodSync(editor, 0o700);
  const stage = setStage();
  stage.isTerminal = true;
  stage.env = { VISUAL: editor, EDITOR: 'false' };
  return Object.assign(stage, { seen: directory });
}

const seen = ({ seen }: { readonly seen: string }, time: number): string =>
  readFileSync(join(seen, `seen.${time}`), 'utf8');
const edit = (stage: Stage, path: string, ...more: string[]) =>
  stage.run('plan', 'edit', '-f', path, ...more);
/** Where a sentence says that the copy lies. */
const copyIn = (err: string): string => / lies in (\/\S+plan\.yaml)\./.exec(err)?.[1] ?? '';

test('a good change takes the place of the file, whole, behind its link, as open to others as it was', async () => {
  const place = written();
  chmodSync(place, 0o640);
  const path = join(newDirectory('edit'), 'plan.yaml');
  symlinkSync(place, path);
  const { code, out, err } = await edit(stageWith('sed -i s/batch:.1/batch:\\ 2/ "$1"'), path);
  expect({ code, out }).toEqual({ code: 0, out: '' });
  expect(err).toContain(`${path} is kept.`);
  expect(readFileSync(place, 'utf8')).toBe(good.replace('batch: 1', 'batch: 2'));
  expect(statSync(place).mode & 0o777).toBe(0o640);
  expect(lstatSync(path).isSymbolicLink()).toBe(true);
  expect(readdirSync(dirname(place))).toEqual(['plan.yaml']);
});

test('what is wrong stands above its line, until nothing is', async () => {
  const path = written();
  const stage = stageWith(
    [
      'case $n in',
      '0) sed -i "s/batch: 1/bacth: 2/; s/version: 1/version: 1\\nonFailure: stpo/" "$1";;',
      '1) sed -i "s/bacth/batch/" "$1";;',
      '2) sed -i "s/stpo/stop/" "$1";;',
      'esac',
    ].join('\n'),
  );
  const { code } = await edit(stage, path);
  expect(code).toBe(0);
  expect(seen(stage, 0)).toBe(good);
  expect(seen(stage, 1).split('\n').slice(0, 8)).toEqual([
    '#!! What is wrong stands above its line. Saved once more as it is, all is left as it was.',
    'version: 1',
    '#!! onFailure: there is no stpo; did you mean stop?',
    'onFailure: stpo',
    'stages:',
    '  - services:',
    '      - service: orders',
    '        #!! stages[0].services[0]: there is no key bacth; did you mean batch?',
  ]);
  expect(seen(stage, 2)).not.toContain('bacth');
  expect(readFileSync(path, 'utf8')).toBe(
    good.replace('version: 1', 'version: 1\nonFailure: stop').replace('batch: 1', 'batch: 2'),
  );
});

test('what cannot be is told too, and what is saved again as it is is given up and kept', async () => {
  const path = written();
  const stage = stageWith('[ $n = 0 ] && sed -i "s/batch: 1/drain: { time: 5s, floor: 1s }/" "$1"; true');
  const { code, err } = await edit(stage, path);
  expect(code).toBe(2);
  expect(seen(stage, 1)).toContain(
    '        #!! The drain of DEFAULT_GROUP@@orders is not right: a floor beside',
  );
  expect(err).toContain(`${path} is as it was; what you wrote is not right and lies in`);
  expect(readFileSync(path, 'utf8')).toBe(good);
  expect(readFileSync(copyIn(err), 'utf8')).toContain('time: 5s');
  rmSync(dirname(copyIn(err)), { recursive: true });
});

test.each([
  ['the same mistake each time', `printf 'version: 1\\nstages: [' >"$1"`],
  ['a new mistake each time', 'echo "bogus$n: 1" >>"$1"'],
  ['the mistake once more each time', 'echo "bogus: 1" >>"$1"'],
])('an editor that nobody sits at and that makes %s is given up', async (_, script) => {
  const path = written();
  const { code, err } = await edit(stageWith(script), path);
  expect(code).toBe(2);
  expect(err).toContain(`${path} is as it was; what you wrote is not right and lies in`);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
  rmSync(dirname(copyIn(err)), { recursive: true });
  expect(readFileSync(path, 'utf8')).toBe(good);
});

test('nothing changed is nothing done, and the copy is gone', async () => {
  const path = written();
  const where = join(newDirectory('where'), 'where');
  const { code, err } = await edit(stageWith(`echo "$1" >${where}`), path);
  expect({ code, err }).toEqual({ code: 0, err: `${path} is as it was: nothing was changed.\n` });
  const copy = readFileSync(where, 'utf8').trim();
  expect(copy).toMatch(/plan\.yaml$/);
  expect(existsSync(dirname(copy))).toBe(false);
});

test('an editor that ends badly leaves all as it was', async () => {
  const path = written();
  const { code, err } = await edit(stageWith('echo x >"$1"; exit 1'), path);
  expect(code).toBe(2);
  expect(err).toContain(`: 1): ${path} is as it was`);
  rmSync(dirname(copyIn(err)), { recursive: true });
  expect(readFileSync(path, 'utf8')).toBe(good);
});

test('what somebody else changed meanwhile is left', async () => {
  const path = written();
  const { code, err } = await edit(stageWith(`echo '# theirs' >>${path}; sed -i s/orders/shop/ "$1"`), path);
  expect(code).toBe(2);
  expect(err).toContain(`${path} was changed by somebody else meanwhile`);
  expect(readFileSync(path, 'utf8')).toBe(`${good}# theirs\n`);
  const copy = copyIn(err);
  expect(existsSync(copy)).toBe(true);
  expect(statSync(dirname(copy)).mode & 0o777).toBe(0o700);
  rmSync(dirname(copy), { recursive: true });
});

test('a broken file can be opened, and mended', async () => {
  const path = written('version: 1\nstages: [');
  const { code } = await edit(stageWith(`printf '${good.replaceAll('\n', '\\n')}' >"$1"`), path);
  expect(code).toBe(0);
  expect(readFileSync(path, 'utf8')).toBe(good);
});

test('without a terminal one sentence says what to do instead', async () => {
  const stage = stageWith('');
  stage.isTerminal = false;
  const { code, err } = await edit(stage, written());
  expect({ code, err }).toEqual({
    code: 2,
    err: 'plan edit opens an editor and needs a terminal and a file; without a terminal change the file and try it: nacos-rollout plan check -f FILE\n',
  });
  expect((await edit(stage, written(), '--lang', 'zh-CN')).err).toMatch(/^plan edit 会打开编辑器.*\n$/);
});
