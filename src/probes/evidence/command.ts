import type { EvidenceReading } from '../../world/world.ts';
import { addressText } from '../../core/registry/address.ts';
import { countOf, failed, numberForm, totalReading, unexpected } from './count.ts';
import { type CommandPlace, runLine } from './run.ts';

/** What a command line counts: one number for all, or a line `CALLER NUMBER` for each. */
export async function readCommand(
  run: string,
  ignore: readonly string[],
  place: CommandPlace,
): Promise<EvidenceReading> {
  const ran = await runLine(run, place);
  return ran.ok ? readCounts(ran.output, ignore) : failed(ran.why);
}

export function readCounts(output: string, ignore: readonly string[]): EvidenceReading {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const [only = ''] = lines;
  if (lines.length === 1 && numberForm.test(only)) {
    const count = countOf(only);
    return count === undefined ? unexpected('counts', only) : totalReading(count);
  }
  if (lines.length === 0) return unexpected('counts', '');
  const sums = new Map<string, number>();
  for (const line of lines) {
    const [, name, number] = /^(\S+)\s+(\S+)$/.exec(line) ?? [];
    const count = countOf(number);
    if (name === undefined || count === undefined) return unexpected('counts', line);
    const caller = addressText(name);
    const sum = countOf((sums.get(caller) ?? 0) + count);
    if (sum === undefined) return unexpected('counts', line);
    sums.set(caller, sum);
  }
  const ignored = new Set(ignore.map(addressText));
  const counters = [...sums]
    .filter(([caller]) => !ignored.has(caller))
    .map(([caller, value]) => ({ caller, key: '', value }));
  return { kind: 'read', reading: { unit: 'calls', isPerCaller: true, counters } };
}
