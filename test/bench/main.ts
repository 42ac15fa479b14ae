import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { startLiveNacos, whyNoLiveNacos } from '../live/servers/live-nacos.ts';
import { type Stage, oneRun } from './one-run.ts';
import { type Options, parseOptions, usage } from './options.ts';
import { picture } from './results/picture.ts';
import { type Report, reportSchema, type RunResult } from './results/run-result.ts';
import { table } from './results/table.ts';
import { buildApp } from './stage/app.ts';
import { removeWithUs } from './stage/end-with-us.ts';
import { startFleet } from './stage/fleet.ts';
import { startGateway } from './stage/gateways.ts';
import { startLoad } from './stage/load.ts';

// `npm run bench:rollout`: ways to roll three instances behind a gateway, side by side, on a real Nacos.
const service = 'orders';
const instanceCount = 3;

const options = parseOptions(process.argv.slice(2));
if (typeof options === 'string') {
  process.stderr.write(`${options}\n${usage}`);
  process.exit(2);
}
if (options.isDrawing) draw(options.out, readReport(options.out));
else if (whyNoLiveNacos() !== undefined) process.exitCode = 1;
else await bench(options);
process.exit();

async function bench(options: Options): Promise<void> {
  buildApp('orders');
  buildApp('gateway');
  const nacos = await startLiveNacos({ version: '2.2.4' });
  const directory = mkdtempSync(join(tmpdir(), 'bench-rollout-'));
  removeWithUs(directory);
  const address = `127.0.0.1:${nacos.port}`;
  const common = { nacos: address, service, directory };
  const runs = options.isAdding && existsSync(options.out) ? [...readReport(options.out).runs] : [];
  try {
    const fleet = await startFleet({ ...common, count: instanceCount });
    for (const kind of options.gateways) {
      const gateway = await startGateway({ ...common, kind });
      const load = startLoad(gateway.url, options.rate);
      const stage = { url: nacos.url, service, directory, fleet, kind, load };
      await eachMethod(stage, options, runs);
      load.stop();
      await gateway.stop();
    }
    await fleet.close();
  } finally {
    await nacos.stop();
  }
  console.log(`\n${table(reportOf(options, runs))}`);
}

async function eachMethod(stage: Stage, options: Options, runs: RunResult[]): Promise<void> {
  const { kind } = stage;
  for (let time = 0; time < options.runs; time += 1)
    for (const method of options.methods) {
      const run = runs.filter((one) => one.gateway === kind && one.method === method).length;
      const { result, events } = await oneRun(stage, method, run);
      runs.push(result);
      draw(options.out, reportOf(options, runs));
      const journal = events.map((event) => `${JSON.stringify(event)}\n`).join('');
      if (journal !== '')
        writeFileSync(options.out.replace(/json$/, `${kind}.${method}.${run + 1}.jsonl`), journal);
      const { exitCode, failed, requests, totalSeconds } = result;
      console.log(
        `${kind}, ${method}, ${run + 1}: ${failed} of ${requests} failed, ${totalSeconds} s, exit ${exitCode}`,
      );
      if (exitCode !== 0) process.exitCode = 1;
    }
}

function reportOf({ rate }: Options, runs: readonly RunResult[]): Report {
  const processors = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const machine = `${processors.length} x ${processors[0]?.model ?? 'unknown'}, ${gigabytes} GB, Node ${process.version}`;
  return { at: new Date().toISOString(), machine, requestsPerSecond: rate, runs: [...runs] };
}

function readReport(file: string): Report {
  return reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The report, and beside it the table and the picture that are made of it. */
function draw(out: string, report: Report): void {
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, `${JSON.stringify(report)}\n`);
  writeFileSync(out.replace(/json$/, 'md'), table(report));
  writeFileSync(out.replace(/json$/, 'svg'), picture(report));
}
