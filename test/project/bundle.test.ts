import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { type Bundle, bundle, program } from '../../build/bundle.ts';
import { chunkOf, loadedWith, packagesIn } from '../../build/loads.ts';
import { newDirectory } from '../support/new-directory.ts';

const heavy = ['zod', 'undici', '@grpc/grpc-js', 'protobufjs', 'yaml'];

let made: Bundle;
let directory = '';

beforeAll(async () => {
  made = await bundle();
  directory = newDirectory('bundle');
  for (const [name, text] of made.files) {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
});

const outputs = (): Bundle['metafile']['outputs'] => made.metafile.outputs;
const packagesOf = (source: string, late = false): ReadonlySet<string> =>
  packagesIn(outputs(), loadedWith(outputs(), chunkOf(outputs(), source), late));

/** What of these files draws the console. */
function drawnWith(source: string, late = false): readonly string[] {
  const files = [...loadedWith(outputs(), chunkOf(outputs(), source), late)];
  return files
    .flatMap((file) => Object.keys(outputs()[file]?.inputs ?? {}))
    .filter((input) => /^src\/tui\/(paint|screens|start-console)\b/.test(input));
}

/** Tells on standard error what Node loads. */
const telling = `data:text/javascript,${encodeURIComponent(
  `import { registerHooks } from 'node:module';
   import { writeSync } from 'node:fs';
   registerHooks({ load: (url, context, next) => (writeSync(2, url + '\\n'), next(url, context)) });`,
)}`;

/** Files of the bundle that the program loads when it is started with these words. */
function loadedBy(...words: readonly string[]): { out: string; files: readonly string[] } {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', telling, join(directory, program), ...words],
    { encoding: 'utf8', env: { HOME: directory, LANG: 'C' } },
  );
  expect(status).toBe(0);
  const files = stderr.split('\n').filter((url) => url.startsWith('file:'));
  return { out: stdout, files: files.map((url) => `dist/${relative(directory, fileURLToPath(url))}`) };
}

test.each([
  ['--version', []],
  ['--help', ['commander']],
  ['run --help', ['commander']],
  ['completion bash', ['commander']],
  ['__complete zsh run --d', ['commander']],
  ['__complete zsh instances o', ['commander']],
])('%s loads only what it needs', (words, needed) => {
  const { out, files } = loadedBy(...words.split(' '));
  expect(out).not.toBe('');
  expect(files).toContain(`dist/${program}`);
  expect([...packagesIn(outputs(), files)]).toEqual(needed);
});

test('the version is asked for most often, and takes three small files', () => {
  expect(loadedBy('--version').files.length).toBeLessThanOrEqual(3);
});

test('what is known of the console is said before anything heavy is loaded', () => {
  for (const source of ['src/start.ts', 'src/cli/program.ts', 'src/cli/commands/console.ts'])
    expect(heavy.filter((name) => packagesOf(source).has(name))).toEqual([]);
});

test('no command loads what draws the console, nor does the runner, however late', () => {
  const commands = Object.values(outputs())
    .map(({ entryPoint }) => entryPoint ?? '')
    .filter((source) => source.startsWith('src/cli/commands/'));
  expect(commands.length).toBeGreaterThan(10);
  for (const source of [...commands, 'src/wiring/commands/open-command-ports.ts'])
    expect([source, ...drawnWith(source)]).toEqual([source]);
  expect(drawnWith('src/wiring/runner-main.ts', true)).toEqual([]);
});

test('a command loads gRPC only when it is asked for', () => {
  expect([...packagesOf('src/wiring/commands/open-command-ports.ts')]).not.toContain('@grpc/grpc-js');
});

test('a runner loads nothing after it has begun: its files may be gone by then', () => {
  const runner = chunkOf(outputs(), 'src/wiring/runner-main.ts');
  const later = [...loadedWith(outputs(), runner)].flatMap((file) =>
    (outputs()[file]?.imports ?? []).filter(({ kind }) => kind === 'dynamic-import').map(({ path }) => path),
  );
  const sources = new Set(later.map((path) => outputs()[path]?.entryPoint ?? path));
  // Loaded by `loadTheRest` of src/wiring/runner-main.ts, and the words of one language by `openNotifier`.
  expect([...sources].toSorted()).toEqual([
    'src/i18n/en/words.ts',
    'src/i18n/zh-cn/words.ts',
    'src/nacos/grpc/follow-node.ts',
    'src/probes/grpc-health.ts',
  ]);
});

test('of zod there is what is used: none of its languages but English', () => {
  const languages = Object.values(outputs())
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([path, { bytesInOutput }]) => /zod\/.*\/locales\/(?!en\.)/.test(path) && bytesInOutput > 0);
  expect(languages.map(([path]) => path)).toEqual([]);
});

test('the same sources give the same bytes', async () => {
  expect(await bundle()).toEqual(made);
});
