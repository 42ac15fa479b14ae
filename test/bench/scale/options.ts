import { parseArgs } from 'node:util';

export const parts = ['lists', 'rollout', 'real'] as const;
export type Part = (typeof parts)[number];

export type Options = {
  readonly only: readonly Part[];
  readonly runs: number;
  /** For which a console is left alone, to count what it asks. */
  readonly idleSeconds: number;
  /** How many targets the rollout has. */
  readonly targets: number;
  /** Instead of all of that: for so long under load, with readings of the memory. */
  readonly minutes: number | undefined;
};

export const usage = `npm run bench:scale -- [--only PART,…] [--runs N] [--idle SECONDS] [--targets N] | --minutes N
  parts: ${parts.join(', ')}; real needs Java 17 and Maven
`;

/** What was asked for, or one sentence that says what is wrong with it. */
export function parseOptions(words: readonly string[]): Options | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...words],
      options: {
        only: { type: 'string', default: parts.join(',') },
        runs: { type: 'string', default: '7' },
        idle: { type: 'string', default: '60' },
        targets: { type: 'string', default: '1000' },
        minutes: { type: 'string' },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const only = values.only.split(',');
  const stranger = only.find((word) => !parts.some((part) => part === word));
  if (stranger !== undefined) return `--only: '${stranger}' is none of ${parts.join(', ')}`;
  const [runs, idleSeconds, targets] = [whole(values.runs), whole(values.idle), whole(values.targets)];
  if (runs === undefined) return `--runs: '${values.runs}' is no number from 1 to 9999`;
  if (idleSeconds === undefined) return `--idle: '${values.idle}' is no number from 1 to 9999`;
  if (targets === undefined) return `--targets: '${values.targets}' is no number from 1 to 9999`;
  const minutes = values.minutes === undefined ? undefined : whole(values.minutes);
  if (values.minutes !== undefined && minutes === undefined)
    return `--minutes: '${values.minutes}' is no number from 1 to 9999`;
  return { only: parts.filter((part) => only.includes(part)), runs, idleSeconds, targets, minutes };
}

function whole(text: string): number | undefined {
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : undefined;
}
