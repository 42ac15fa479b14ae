import { parseArgs } from 'node:util';
import { simulateMany } from './simulate-many.ts';
import { simulate } from './simulate.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    count: { type: 'string', default: '1' },
    trace: { type: 'boolean', default: false },
    cores: { type: 'string', default: '2' },
    progress: { type: 'string' },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
const count = Number(values.count);
if (values.trace) {
  const { trace, broken } = await simulate(seed, true);
  for (const line of [...trace, ...broken]) console.log(line);
  process.exitCode = broken.length === 0 ? 0 : 1;
} else {
  const way = { cores: Number(values.cores), progress: values.progress };
  process.exitCode = await simulateMany({ seed, count }, way, (line) => console.log(line));
}
