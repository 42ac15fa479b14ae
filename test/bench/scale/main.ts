import { cpus, loadavg, release, totalmem } from 'node:os';
import { newDirectory } from '../../support/new-directory.ts';
import { whyNoLiveNacos } from '../../live/servers/live-nacos.ts';
import { consoleIdle, consoleRun } from './console-run.ts';
import { type Crowded, crowdedNacos, crowdedSandbox } from './crowded.ts';
import { type Figures, head, rowsOf } from './figures.ts';
import { listRun } from './list-run.ts';
import { longRun } from './long-run.ts';
import { type Options, parseOptions, usage } from './options.ts';
import { rolloutRun } from './rollout-run.ts';

// `npm run bench:scale`: long lists, and a rollout of a thousand targets.
const options = parseOptions(process.argv.slice(2));
if (typeof options === 'string') {
  process.stderr.write(`${options}\n${usage}`);
  process.exit(2);
}

const home = newDirectory('bench-scale');
const env = { XDG_CONFIG_HOME: home, XDG_STATE_HOME: home, XDG_CACHE_HOME: home, LANG: 'en_US.UTF-8' };

const crowds: readonly (() => Promise<Crowded>)[] = [
  () => crowdedSandbox('2.x', { services: 10_000, instances: 100_000 }),
  () => crowdedSandbox('3.x', { services: 10_000, instances: 100_000 }),
  () => crowdedSandbox('2.x', { services: 30_000, instances: 60_000 }),
  () => crowdedSandbox('3.x', { services: 30_000, instances: 60_000 }),
];
const real = { services: 2_000, instances: 20_000 };

sayMachine(options);
await bench(options);
process.exit();

async function bench({ only, minutes, runs, targets, of, batch, idleSeconds }: Options): Promise<void> {
  if (minutes !== undefined) {
    console.log(rowsOf(`${minutes} minutes under load`, [await longRun(minutes, env)]).join('\n'));
    return;
  }
  const before = async (nacos: Crowded, isIdle: boolean): Promise<void> => {
    try {
      if (isIdle) await idle(nacos, idleSeconds);
      else await lists(nacos, runs);
    } finally {
      await nacos.close();
    }
  };
  if (only.includes('lists')) for (const open of crowds) await before(await open(), false);
  if (only.includes('idle')) for (const open of crowds) await before(await open(), true);
  if (only.includes('real')) {
    const why = whyNoLiveNacos();
    if (why !== undefined) process.stderr.write(`real is left out: ${why}\n`);
    else {
      const nacos = await crowdedNacos(real);
      await lists(nacos, runs);
      await before(nacos, true);
    }
  }
  if (only.includes('rollout')) {
    // What matters in it is the same in every batch.
    const instances = Math.max(targets, of);
    const figures = [await rolloutRun({ targets, instances, batch })];
    console.log(rowsOf(`rollout of ${targets} of ${instances} in batches of ${batch}`, figures).join('\n'));
  }
}

async function lists(nacos: Crowded, runs: number): Promise<void> {
  const figures: Figures[] = [];
  // The first start of each fills caches, the disk's and ours.
  await listRun(nacos, env);
  await consoleRun(nacos, env);
  for (let run = 0; run < runs; run += 1)
    figures.push({ ...(await listRun(nacos, env)), ...(await consoleRun(nacos, env)) });
  console.log(rowsOf(nameOf(nacos), figures).join('\n'));
}

/** Once: a minute of rest is a minute in any run. */
async function idle(nacos: Crowded, seconds: number): Promise<void> {
  console.log(rowsOf(nameOf(nacos), [await consoleIdle(nacos, env, seconds)]).join('\n'));
}

function nameOf({ what, crowd: { services, instances } }: Crowded): string {
  return `${what}, ${services.toLocaleString('en')} services/${instances.toLocaleString('en')}`;
}

function sayMachine({ runs }: Options): void {
  const processors = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const [load] = loadavg();
  const machine = `${processors.length} x ${processors[0]?.model ?? 'unknown'}, ${gigabytes} GB`;
  console.log(
    `${machine}, Linux ${release()}, Node ${process.version}; ${runs} runs, load ${load?.toFixed(1)} before them\n`,
  );
  console.log(head);
}
