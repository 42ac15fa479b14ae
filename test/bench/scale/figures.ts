import { medianOf } from '../start/time-start.ts';

/** What was measured in one run, by what it is: milliseconds, megabytes or a count, as its name says. */
export type Figures = Readonly<Record<string, number>>;

/** A row for each figure: its median over the runs, and the smallest and largest. */
export function rowsOf(what: string, runs: readonly Figures[]): readonly string[] {
  const names = [...new Set(runs.flatMap((run) => Object.keys(run)))];
  return names.map((name) => {
    const values = runs.flatMap((run) => run[name] ?? []);
    const spread = values.length === 1 ? '' : `${shown(Math.min(...values))}, ${shown(Math.max(...values))}`;
    return `| ${what} | ${name} | ${shown(medianOf(values))} | ${spread} | ${values.length} |`;
  });
}

/** Readings over time: whether they grow shows between the second quarter, when all is loaded, and the last. */
export function quartersOf(name: string, readings: readonly number[]): Figures {
  const quarter = Math.max(1, Math.floor(readings.length / 4));
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    [`${name} in the second quarter`]: mean(readings.slice(quarter, 2 * quarter)),
    [`${name} in the last quarter`]: mean(readings.slice(-quarter)),
  };
}

export const head = '| what | figure | median | from, to | runs |\n|---|---|---|---|---|';

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(2)));
}
