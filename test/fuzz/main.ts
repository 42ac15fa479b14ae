import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';
import { targets } from './targets.ts';

// `npm run fuzz -- --seconds 5 --only journal`: so long for each parser, or `--count N` inputs for each, from `--seed N`.
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seconds: { type: 'string' },
    count: { type: 'string' },
    only: { type: 'string', default: '' },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
const seconds = Number(values.seconds ?? (values.count === undefined ? 5 : Number.POSITIVE_INFINITY));
const count = Number(values.count ?? Number.POSITIVE_INFINITY);
const chosen = targets.filter(({ name }) => new RegExp(values.only).test(name));

console.log(`seed ${seed}`);
let total = 0;
for (const target of chosen) {
  const { executions, ms, finding } = await fuzz(target, { seed, count, ms: seconds * 1000 });
  total += executions;
  console.log(
    `${target.name.padEnd(20)} ${String(executions).padStart(9)}  ${Math.round(executions / (ms / 1000))}/s`,
  );
  if (finding === undefined) continue;
  process.exitCode = 1;
  console.log(
    `  FOUND with --seed ${finding.seed} --only '^${target.name}$', ${finding.input.length} characters:`,
  );
  console.log(`  ${JSON.stringify(finding.input).slice(0, 2000)}`);
  console.log(`  ${finding.message.split('\n').slice(0, 6).join('\n  ')}`);
}
console.log(`${total} executions of ${chosen.length} parsers`);
