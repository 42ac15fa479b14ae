import { parseArgs } from 'node:util';

export const parts = ['lists', 'idle', 'rollout', 'real'] as const;
export type Part = (typeof parts)[number];

export type Options = {
  readonly only: readonly Part[];
  readonly runs: number;
  /** For which a console is left alone, to count what it asks. */
  readonly idleSeconds: number;
  /** How many targets the rollout has. */
  readonly targets: number;
  /** How many instances its service has, at least. */
  readonly of: number;
  /** How many of the targets at once. */
  readonly batch: number;
  /** Instead of all of that: for so long under load, with readings of the memory. */
  readonly minutes: number | undefined;
};

export const usage = `npm run bench:scale -- [--only PART,…] [--runs N] [--idle SECONDS] [--targets N] [--of N] [--batch N] | --minutes N
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
        of: { type: 'string', default: '1' },
        batch: { type: 'string', default: '50' },
        minutes: { type: 'string' },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const only = values.only.split(',');
  const stranger = only.find((word) => !parts.some((part) => part === word));
  if (stranger !== undefined) return `--only: '${stranger}' is none of ${parts.join(', ')}`;
  const counted = { runs: 0, idle: 0, targets: 0, of: 0, batch: 0 };
  for (const name of ['runs', 'idle', 'targets', 'of', 'batch'] as const) {
    const count = whole(values[name]);
    if (count === undefined) return `--${name}: '${values[name]}' is no number from 1 to 9999`;
    counted[name] = count;
  }
  const minutes = values.minutes === undefined ? undefined : whole(values.minutes);
  if (values.minutes !== undefined && minutes === undefined)
    return `--minutes: '${values.minutes}' is no number from 1 to 9999`;
  const { idle: idleSeconds, ...others } = counted;
  return { only: parts.filter((part) => only.includes(part)), idleSeconds, ...others, minutes };
}

function whole(text: string): number | undefined {
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : undefined;
}
