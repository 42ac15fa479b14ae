import { expect, test } from 'vitest';
import { programOf } from '../../../src/core/text/program.ts';

const node = '/usr/bin/node';

test.each([
  ['installed', '/usr/local/bin/nacos-rollout', '/home/ops', 'nacos-rollout'],
  [
    'installed, on Windows',
    'C:\\npm\\node_modules\\nacos-rollout\\dist\\nacos-rollout.mjs',
    'C:\\',
    'nacos-rollout',
  ],
  [
    'installed, by its file',
    '/usr/lib/node_modules/nacos-rollout/dist/nacos-rollout.mjs',
    '/',
    'nacos-rollout',
  ],
  ['npx in a checkout', '/root/.npm/_npx/28/node_modules/.bin/nacos-rollout', '/src/nr', 'npx nacos-rollout'],
  ['npx beside a package', '/app/node_modules/.bin/nacos-rollout', '/app', 'npx nacos-rollout'],
  ['npm start', '/src/nr/dist/nacos-rollout.mjs', '/src/nr', 'npx nacos-rollout'],
  ['below a checkout', '/src/nr/dist/nacos-rollout.mjs', '/src/nr/test', 'npx nacos-rollout'],
  [
    'beside a checkout',
    '/src/nr/dist/nacos-rollout.mjs',
    '/src/nr-2',
    '/usr/bin/node /src/nr/dist/nacos-rollout.mjs',
  ],
  [
    'a path with spaces',
    '/my src/dist/nacos-rollout.mjs',
    '/',
    "/usr/bin/node '/my src/dist/nacos-rollout.mjs'",
  ],
  [
    'no directory',
    '/src/nr/dist/nacos-rollout.mjs',
    undefined,
    '/usr/bin/node /src/nr/dist/nacos-rollout.mjs',
  ],
  ['a test of ours', '/src/nr/node_modules/vitest/dist/workers/forks.js', '/src/nr', 'nacos-rollout'],
])('tells how the program is started again: %s', (_, script, directory, typed) => {
  expect(programOf({ script, node, typed: 'node', directory, isByNpm: true, path: '' })).toBe(typed);
});

test.each(['nacos-rollout', './nacos-rollout-linux-x64', '/my tools/nr'])(
  'in one file with its Node it is started as it was typed: %s',
  (typed) => {
    const started = programOf({
      script: typed,
      node: '/tools/nacos-rollout-linux-x64',
      typed,
      directory: '/',
      isByNpm: false,
      path: '',
    });
    expect(started).toBe(typed.includes(' ') ? `'${typed}'` : typed);
  },
);

test.each([
  ['found in the PATH', '/usr/bin:/app/node_modules/.bin', 'nacos-rollout'],
  ['found in the PATH, written with a slash', '/app/node_modules/.bin/:/usr/bin', 'nacos-rollout'],
  ['by its path', '/usr/bin:/other/node_modules/.bin', '/app/node_modules/.bin/nacos-rollout'],
])('without npx nobody is told to type it: %s', (_, path, told) => {
  const script = '/app/node_modules/.bin/nacos-rollout';
  expect(programOf({ script, node, typed: 'node', directory: '/app', isByNpm: false, path })).toBe(told);
});
