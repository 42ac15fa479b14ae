import { counted, gatewayTitles, type Group, groupRuns, methodTitles, middleRun, sum } from './group-runs.ts';
import type { Report, TargetResult } from './run-result.ts';

const width = 920;
const nameWidth = 190;
const lossWidth = 236;
const barHeight = 18;
const rowHeight = 28;
const headHeight = 40;
const legendHeight = 44;
const colours = { called: '#e08a00', beyond: '#f3d9a4', deploy: '#4a7dbd', good: '#1a7f37', lost: '#c0272d' };

/** An SVG: for each gateway a bar for each method, as long as it took, and beside it how many requests were lost. */
export function picture(report: Report): string {
  const groups = groupRuns(report.runs);
  const gateways = [...new Set(groups.map(({ gateway }) => gateway))];
  const longest = Math.max(1, ...groups.map((group) => middleRun(group).totalSeconds));
  const scale = (width - nameWidth - lossWidth) / longest;
  const parts: string[] = [];
  let y = 12;
  for (const gateway of gateways) {
    parts.push(text(16, y + 22, `Gateway: ${gatewayTitles[gateway] ?? gateway}`, 'font-weight="bold"'));
    y += headHeight;
    for (const group of groups.filter((one) => one.gateway === gateway)) {
      parts.push(...bar(group, y, scale));
      y += rowHeight;
    }
  }
  parts.push(...legend(y + 22));
  const height = y + legendHeight;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="14">`,
    '<title>Time and lost requests of each way to roll three instances</title>',
    `<rect width="${width}" height="${height}" rx="6" fill="#ffffff" stroke="#d0d7de"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

function bar(group: Group, y: number, scale: number): readonly string[] {
  const { totalSeconds, targets } = middleRun(group);
  const failed = sum(group.runs.map((run) => run.failed));
  const requests = counted(sum(group.runs.map((run) => run.requests)));
  const box = (from: number, to: number, fill: string): string => {
    const x = nameWidth + from * scale;
    return `<rect x="${x.toFixed(1)}" y="${y}" width="${Math.max(0, (to - from) * scale).toFixed(1)}" height="${barHeight}" fill="${fill}"/>`;
  };
  const end = nameWidth + totalSeconds * scale + 8;
  const loss = failed === 0 ? `0 of ${requests} lost` : `${counted(failed)} of ${requests} lost`;
  const colour = failed === 0 ? colours.good : colours.lost;
  return [
    text(nameWidth - 8, y + 14, methodTitles[group.method] ?? group.method, 'text-anchor="end"'),
    box(0, totalSeconds, colours.deploy),
    ...targets.flatMap((target) => drained(target, box)),
    text(end, y + 14, `${Math.round(totalSeconds)} s,`),
    text(end + 50, y + 14, loss, `fill="${colour}" font-weight="bold"`),
  ];
}

/** What was waited: until the last call, and from then on. */
function drained(
  { beganSeconds, lastCallSeconds = 0, waitedSeconds = 0 }: TargetResult,
  box: (from: number, to: number, fill: string) => string,
): readonly string[] {
  const called = Math.min(lastCallSeconds, waitedSeconds);
  return [
    box(beganSeconds, beganSeconds + called, colours.called),
    box(beganSeconds + called, beganSeconds + waitedSeconds, colours.beyond),
  ];
}

function legend(y: number): readonly string[] {
  const entries = [
    ['off, and still called', colours.called],
    ['off, and called no more', colours.beyond],
    ['deploy, check, enable', colours.deploy],
  ] as const;
  return entries.flatMap(([words, colour], at) => {
    const x = nameWidth + at * 190;
    return [
      `<rect x="${x}" y="${y - 10}" width="12" height="12" fill="${colour}"/>`,
      text(x + 18, y + 1, words, 'fill="#57606a" font-size="12"'),
    ];
  });
}

function text(x: number, y: number, words: string, more = ''): string {
  const fill = more.includes('fill=') ? '' : 'fill="#1f2328" ';
  return `<text x="${x.toFixed(1)}" y="${y}" ${fill}${more}>${words}</text>`;
}
