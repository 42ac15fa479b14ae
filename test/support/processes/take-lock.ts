import { takeLocks } from '../../../src/runner/store/lock.ts';
import { markOf } from '../../../src/world/process-mark.ts';

// One taker of the race in lock.test.ts: says whether it got the lock, and keeps it until its standard input ends.
const [directory = '', plan = ''] = process.argv.slice(2);
process.stdin.once('data', () => {
  const holder = { ...markOf(process.pid), id: String(process.pid), by: 'racer', since: '' };
  const taken = takeLocks(directory, JSON.parse(plan).reached, JSON.parse(plan).plan, holder);
  process.stdout.write(taken.ok ? 'taken\n' : `held by ${taken.holder.id}\n`);
});
process.stdout.write('ready\n');
