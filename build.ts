// `npm run build`: the whole program in one file, `dist/nacos-rollout.mjs`, which needs nothing but Node.
import { chmodSync, rmSync, symlinkSync } from 'node:fs';
import { build } from 'esbuild';
import about from './package.json' with { type: 'json' };

const program = about.bin['nacos-rollout'];

await build({
  entryPoints: ['src/main.ts'],
  outfile: program,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: `node${about.engines.node.replace('>=', '')}`,
  // React's production half; and Ink asks for its development tools only in the other one.
  define: { 'process.env.NODE_ENV': '"production"' },
  external: ['*/devtools.js'],
  banner: {
    js: [
      '#!/usr/bin/env node',
      // Some dependencies are CommonJS, and a module has no `require` of its own.
      "import{createRequire as createRequireOfBundle}from'node:module';const require=createRequireOfBundle(import.meta.url);",
    ].join('\n'),
  },
  logLevel: 'warning',
});
chmodSync(program, 0o755);

// In a checkout, `npx nacos-rollout` is what was just built.
const link = 'node_modules/.bin/nacos-rollout';
rmSync(link, { force: true });
symlinkSync(`../../${program}`, link);
