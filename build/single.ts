// `npm run build:single`: the program and its Node in one file of `dist`, for machines that have none; `-- arm64` for
// another processor. Prints its size and, where it runs here, how long it takes to start.
import { spawnSync } from 'node:child_process';
import { argv, execPath, exit, stderr, stdout } from 'node:process';
import { architectures, buildSingleFile } from './single-file.ts';

const times = 7;

const [wish = 'x64', directory = 'dist'] = argv.slice(2);
const architecture = architectures.find((one) => one === wish);
if (architecture === undefined) {
  stderr.write(`npm run build:single -- [${architectures.join('|')}] [DIRECTORY]\n`);
  exit(2);
}
const { path, bytes, nodeBytes } = await buildSingleFile(architecture, directory);
stdout.write(`${path}: ${inMb(bytes)}, of which Node, ${inMb(nodeBytes)} with its symbols, is the most\n`);
if (architecture === process.arch) {
  const started = medianMs(path, '--version');
  const node = medianMs(execPath, '-e', '0');
  stdout.write(
    `--version in ${started.toFixed(0)} ms, beside ${node.toFixed(0)} ms for node -e 0 (medians of ${times})\n`,
  );
}

function inMb(size: number): string {
  return `${(size / 1e6).toFixed(1)} MB`;
}

function medianMs(program: string, ...words: readonly string[]): number {
  const taken = Array.from({ length: times }, () => {
    const began = performance.now();
    const { status } = spawnSync(program, words, { stdio: 'ignore' });
    if (status !== 0) throw new Error(`${program} ended with ${status}`);
    return performance.now() - began;
  });
  return taken.toSorted((a, b) => a - b)[times >> 1] ?? NaN;
}
