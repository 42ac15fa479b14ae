import { spawnSync } from 'node:child_process';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { newDirectory } from '../../support/new-directory.ts';
import { program, startSandboxProcess } from '../../support/processes/sandbox-process.ts';
import { silentServer, slowServer } from './servers.ts';
import { type Command, medianOf, runMs, shownMs } from './time-start.ts';

// `npm run bench:start`: how long it takes until something is there, beside node itself and programs of Go and Rust.
const runs = Number(process.argv[2] ?? 11);
if (!Number.isInteger(runs) || runs < 7) {
  process.stderr.write('npm run bench:start -- [RUNS], at least 7\n');
  process.exit(2);
}

const home = newDirectory('bench-start');
const sandbox = await startSandboxProcess();
const slow = await slowServer(sandbox.demo.nacos, 300);
const silent = await silentServer();
const env = { XDG_CONFIG_HOME: home, XDG_STATE_HOME: home, XDG_CACHE_HOME: home, LANG: 'en_US.UTF-8' };

type Subject = { readonly what: string; readonly measure: () => Promise<Readonly<Record<string, number>>> };

const ours = (...words: readonly string[]): Command => [process.execPath, program, ...words];
const run = (what: string, command: Command): Subject => ({
  what,
  measure: async () => ({ [what]: await runMs(command, env) }),
});
const shown = (whom: string, url: string): Subject => ({
  what: whom,
  measure: async () => {
    const { firstByteMs, screenMs } = await shownMs(ours('--server', url), env);
    return { [`console, first byte: ${whom}`]: firstByteMs, [`console, screen taken: ${whom}`]: screenMs };
  },
});

/** Written in Go and in Rust, where the machine has them. */
const others: readonly Command[] = [
  ['kubectl', 'version', '--client'],
  ['terraform', 'version'],
  ['cargo', '--version'],
];

const subjects: readonly Subject[] = [
  run('`node -e 0`', [process.execPath, '-e', '0']),
  run('`--version`', ours('--version')),
  run('`--help`', ours('--help')),
  run('`completion bash`', ours('completion', 'bash')),
  run('a tab after `run --`', ours('__complete', 'bash', 'nacos-rollout run --', ' :')),
  shown('server on loopback', sandbox.demo.nacos),
  shown('each answer takes 300 ms', slow.url),
  shown('takes the connection, says nothing', silent.url),
  run('`services --json`, 4 services', ours('services', '--json', '--server', sandbox.demo.nacos)),
  ...others.filter(isThere).map((command) => run(`\`${command.join(' ')}\``, command)),
];

try {
  // The first start of each fills caches, the disk's and ours.
  await round();
  const rounds: Readonly<Record<string, number>>[] = [];
  for (let time = 0; time < runs; time += 1) rounds.push(await round());
  print(rounds);
} finally {
  slow.close();
  silent.close();
  await sandbox.end();
}
process.exit();

/** All of them, one after the other: what else the machine does meets all of them alike. */
async function round(): Promise<Readonly<Record<string, number>>> {
  const measured = [];
  for (const { measure } of subjects) measured.push(await measure());
  return Object.assign({}, ...measured) as Readonly<Record<string, number>>;
}

function isThere([name, ...words]: Command): boolean {
  return spawnSync(name, words, { stdio: 'ignore' }).status === 0;
}

function print(rounds: readonly Readonly<Record<string, number>>[]): void {
  const processors = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const [base = NaN] = Object.keys(rounds[0] ?? {}).map((what) => medianOf(valuesOf(rounds, what)));
  console.log(
    `${processors.length} x ${processors[0]?.model ?? 'unknown'}, ${gigabytes} GB, Linux ${release()}, Node ${process.version}; ${runs} runs, side by side`,
  );
  console.log(
    `ours: node ${join('dist', 'nacos-rollout.mjs')} …; other programs: ${others.filter(isThere).join('; ').replaceAll(',', ' ')}\n`,
  );
  console.log('| what | median | of `node -e 0` | from, to |');
  console.log('|---|---|---|---|');
  for (const what of Object.keys(rounds[0] ?? {})) {
    const values = valuesOf(rounds, what);
    const median = medianOf(values);
    const spread = `${Math.min(...values).toFixed(0)}, ${Math.max(...values).toFixed(0)} ms`;
    console.log(`| ${what} | ${median.toFixed(0)} ms | ${(median / base).toFixed(1)} × | ${spread} |`);
  }
}

function valuesOf(rounds: readonly Readonly<Record<string, number>>[], what: string): readonly number[] {
  return rounds.map((one) => one[what] ?? NaN);
}
