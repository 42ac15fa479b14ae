import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { misfits, type Mutant, mutants, root } from './mutants.ts';

const copied = ['src', 'test', 'package.json', 'tsconfig.json', 'vitest.config.ts'];
const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, runs: { type: 'string', default: '600' } },
});

/** A copy of the tree that may be broken. */
function copyOfTree(): string {
  const directory = mkdtempSync(join(tmpdir(), 'mutation-'));
  for (const name of copied) cpSync(join(root, name), join(directory, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  return directory;
}

function isGreen(directory: string, command: readonly string[], withinMs: number): Promise<boolean> {
  const [program = '', ...words] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules', '.bin', program), words, {
      cwd: directory,
      stdio: 'ignore',
    });
    // What breaks the code may make it run for ever: that is noticed too.
    const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });
}

const vitest = ['vitest', 'run', '--project', 'unit', '--bail', '1'];
const contract = [...vitest, 'test/nacos', 'test/contract'];
const probes = [...vitest, 'test/probes'];
const simulation = ['node', 'test/simulation/main.ts', '--seed', '1', '--count', values.runs, '--cores', '1'];

type Check = { readonly name: string; readonly command: readonly string[] };

/** What has to notice, the quickest first: the engine is simulated, the traps of Nacos are played on the sandbox, probes measure real servers. */
const engineChecks: readonly Check[] = [
  { name: 'simulation', command: simulation },
  { name: 'test/runner', command: [...vitest, 'test/runner/'] },
  { name: 'test/core', command: [...vitest, 'test/core/'] },
];
const trapChecks: readonly Check[] = [{ name: 'contract', command: contract }];

const probeChecks: readonly Check[] = [{ name: 'probes', command: probes }];

/** The tests of its room, which notice most of what is broken in it, and soon. */
function roomChecks(file: string): readonly Check[] {
  const room = dirname(file).replace('src', 'test');
  return existsSync(join(root, room)) ? [{ name: room, command: [...vitest, `${room}/`] }] : [];
}

function checksOf(mutant: Mutant): readonly Check[] {
  return [...roomChecks(mutant.file), ...kindChecks(mutant)];
}

function kindChecks({ file }: Mutant): readonly Check[] {
  if (file.startsWith('src/nacos/')) return trapChecks;
  return file.startsWith('src/probes/') ? probeChecks : engineChecks;
}

/** Which check noticed, if any did. */
async function noticedBy(directory: string, mutant: Mutant, withinMs: number): Promise<string | undefined> {
  const { file, from, to } = mutant;
  const path = join(directory, file);
  const text = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  try {
    for (const check of checksOf(mutant))
      if (!(await isGreen(directory, check.command, withinMs))) return check.name;
    return undefined;
  } finally {
    writeFileSync(path, text);
  }
}

async function work(queue: Mutant[], survivors: Mutant[], withinMs: number): Promise<void> {
  const directory = copyOfTree();
  try {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      const noticed = await noticedBy(directory, mutant, withinMs);
      if (noticed === undefined) survivors.push(mutant);
      console.log(
        `${noticed === undefined ? 'SURVIVED' : `noticed by ${noticed}`}: ${mutant.file}: ${mutant.why}`,
      );
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** How long one check may take, from how long it takes where nothing is broken; undefined: it is red already. */
async function limitMs(): Promise<number | undefined> {
  const directory = copyOfTree();
  const began = performance.now();
  try {
    for (const { name, command } of [...engineChecks, ...trapChecks, ...probeChecks]) {
      if (await isGreen(directory, command, 600_000)) continue;
      console.log(`${name}: red without any mutant`);
      return undefined;
    }
    return Math.max(60_000, (performance.now() - began) * 4);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function main(): Promise<number> {
  const unfit = misfits(mutants);
  for (const line of unfit) console.log(line);
  if (unfit.length > 0) return 2;
  const withinMs = await limitMs();
  if (withinMs === undefined) return 2;
  const queue = mutants.filter(({ file, why }) => new RegExp(values.only).test(`${file} ${why}`));
  const count = queue.length;
  const survivors: Mutant[] = [];
  await Promise.all([work(queue, survivors, withinMs), work(queue, survivors, withinMs)]);
  console.log(`${count - survivors.length} of ${count} mutants were noticed`);
  for (const { file, from, to, why } of survivors)
    console.log(`SURVIVED ${file}: ${why}\n  - ${from}\n  + ${to}`);
  return survivors.length === 0 ? 0 : 1;
}

process.exitCode = await main();
