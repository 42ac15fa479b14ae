import { counted, gatewayTitles, type Group, groupRuns, methodTitles, sum } from './group-runs.ts';
import type { Report } from './run-result.ts';

const heads = [
  'gateway',
  'method',
  'runs',
  'requests',
  'failed',
  'p99 ms',
  'total s',
  'last call after s',
  'waited s',
  'beyond s',
  'weights after',
];
const rightAligned = new Set(heads.slice(2, -1));

/** A Markdown table: a row for each method behind each gateway. Where runs or targets differ, the least and the most. */
export function table({ runs }: Report): string {
  const lines = [heads, heads.map((head) => (rightAligned.has(head) ? '--:' : '---'))];
  return [...lines, ...groupRuns(runs).map(row)].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

function row({ gateway, method, runs }: Group): readonly string[] {
  const targets = runs.flatMap((run) => run.targets);
  const failed = sum(runs.map((run) => run.failed));
  const exits = runs.filter(({ exitCode }) => exitCode !== 0).map(({ exitCode }) => `exit ${exitCode}`);
  return [
    gatewayTitles[gateway] ?? gateway,
    [methodTitles[method] ?? method, ...exits].join(', '),
    String(runs.length),
    counted(sum(runs.map((run) => run.requests))),
    failed === 0 ? '**0**' : counted(failed),
    range(runs.map((run) => run.p99Ms)),
    range(runs.map((run) => run.totalSeconds)),
    range(targets.map((target) => target.lastCallSeconds)),
    range(targets.map((target) => target.waitedSeconds)),
    range(targets.map((target) => target.beyondSeconds)),
    [...new Set(runs.map((run) => run.weights.join(' ') + (run.isAllOn ? '' : ', not all on')))].join('; '),
  ];
}

function range(values: readonly (number | undefined)[]): string {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return '';
  const [least, most] = [Math.min(...known), Math.max(...known)];
  return least === most ? String(least) : `${least} to ${most}`;
}
