import { type BuildOptions, type Metafile, type OutputFile, build } from 'esbuild';
import { basename } from 'node:path';
import about from '../package.json' with { type: 'json' };

/** The file that is started. What it loads lies beside it, in `chunks`. */
export const program = 'nacos-rollout.mjs';

export type Bundle = {
  /** By path below the directory of the program. */
  readonly files: ReadonlyMap<string, string>;
  readonly metafile: Metafile;
};

export const common = {
  bundle: true,
  minify: true,
  legalComments: 'none',
  platform: 'node',
  format: 'esm',
  metafile: true,
  write: false,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** Some dependencies are CommonJS, and a module has no `require` of its own. */
const requireOfModule =
  "import{createRequire as createRequireOfBundle}from'node:module';const require=createRequireOfBundle(import.meta.url);";

/**
 * The whole program, which needs nothing but Node: a small file that is started, and chunks, of which a process loads
 * what it needs. The same sources and packages give the same bytes.
 */
export async function bundle(): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    ...common,
    entryPoints: { [basename(program, '.mjs')]: 'src/main.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    charset: 'utf8',
    target: `node${about.engines.node.replace('>=', '')}`,
  });
  return { files: new Map(outputFiles.map(finished)), metafile };
}

function finished({ path, text }: OutputFile): [string, string] {
  const name = path.slice(path.lastIndexOf('/dist/') + '/dist/'.length);
  const asked = /typeof require/.test(text) ? `${requireOfModule}${text}` : text;
  return [name, name === program ? `#!/usr/bin/env node\n${asked}` : asked];
}
