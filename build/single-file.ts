import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import about from '../package.json' with { type: 'json' };
import { common } from './bundle.ts';
import { lateBuiltins } from './late-builtins.ts';
import { type BundledPackage, bundledPackages, thirdPartyText } from './third-party.ts';
import { withoutSymbols } from './without-symbols.ts';

export const architectures = ['x64', 'arm64'] as const;
export type Architecture = (typeof architectures)[number];

export type SingleFile = {
  readonly path: string;
  readonly bytes: number;
  /** Of the Node in it, as it is published. */
  readonly nodeBytes: number;
  /** What is in it: of the bundle, and Node. */
  readonly packages: readonly BundledPackage[];
};

/** Some dependencies are CommonJS; in one file none but Node's own modules are left to be asked for. */
const requireOfFile = "const require=process.getBuiltinModule('node:module').createRequire(import.meta.url);";

/**
 * The program with its licences and its Node in one file for Linux, in this directory; no compiler and no network are
 * needed but for another processor than ours, whose Node npm fetches. The same sources and packages give the same bytes.
 */
export async function buildSingleFile(architecture: Architecture, directory: string): Promise<SingleFile> {
  const stage = mkdtempSync(join(tmpdir(), 'nacos-rollout-single-'));
  try {
    const { outputFiles, metafile } = await build({
      ...common,
      entryPoints: ['src/main.ts'],
      outfile: 'dist/main.mjs',
      // Kept with one byte a character: half of what Chinese sentences would make of all of it.
      charset: 'ascii',
      target: `node${about.devDependencies.node}`,
      plugins: [lateBuiltins],
      banner: { js: requireOfFile },
    });
    const node = nodeFor(architecture, stage);
    const packages = [...bundledPackages(metafile), node];
    writeFileSync(join(stage, 'main.mjs'), outputFiles[0]?.contents ?? '');
    writeFileSync(join(stage, 'THIRD-PARTY.txt'), thirdPartyText(packages));
    copyFileSync('LICENSE', join(stage, 'LICENSE'));
    const published = readFileSync(join(node.directory, 'bin', 'node'));
    writeFileSync(join(stage, 'node'), withoutSymbols(published));
    joinInto(stage, architecture);
    const path = join(directory, `${about.name}-linux-${architecture}`);
    mkdirSync(directory, { recursive: true });
    copyFileSync(join(stage, 'joined'), path);
    chmodSync(path, 0o755);
    return { path, bytes: statSync(path).size, nodeBytes: published.length, packages };
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** Joins what lies in the stage to its file `joined`. Paths are relative: they are in it. */
function joinInto(stage: string, architecture: Architecture): void {
  const configuration = {
    main: 'main.mjs',
    mainFormat: 'module',
    executable: 'node',
    output: 'joined',
    assets: { LICENSE: 'LICENSE', 'THIRD-PARTY.txt': 'THIRD-PARTY.txt' },
    // Those of the Node of the machine are not for this one, which would refuse to start with one that it does not know.
    execArgvExtension: 'none',
    // What was compiled is of use to the same processor alone.
    useCodeCache: architecture === process.arch,
    disableExperimentalSEAWarning: true,
  };
  writeFileSync(join(stage, 'sea.json'), JSON.stringify(configuration));
  // What is compiled is kept in an order that comes of random numbers. V8 takes it with any other seed too.
  const words = ['--random-seed=1', '--build-sea', 'sea.json'];
  execFileSync(process.execPath, words, { cwd: stage, stdio: ['ignore', 'ignore', 'inherit'] });
}

function nodeFor(architecture: Architecture, stage: string): BundledPackage {
  const { node: version } = about.devDependencies;
  if (process.versions.node !== version)
    throw new Error(`this is Node ${process.versions.node}, and not ${version}: npm run build:single`);
  const name = `node-linux-${architecture}`;
  const directory = architecture === process.arch ? installed(name) : fetched(`${name}@${version}`, stage);
  return { name: 'node', version, license: 'MIT', directory };
}

/** Beside the package `node`, which installs it. */
function installed(name: string): string {
  return dirname(createRequire(resolve('node_modules/node/package.json')).resolve(`${name}/package.json`));
}

function fetched(spec: string, stage: string): string {
  const packed = execFileSync('npm', ['pack', spec, '--silent', '--pack-destination', stage], {
    encoding: 'utf8',
  });
  execFileSync('tar', ['xzf', packed.trim()], { cwd: stage });
  return join(stage, 'package');
}
