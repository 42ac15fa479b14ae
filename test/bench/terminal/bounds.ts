/** What a console may cost at the most, on any link. */
export type Bound = {
  readonly what: string;
  readonly most: number;
  readonly unit: 'bytes' | 'bytes a second' | 'frames a second' | 'ms' | 'rows';
};

export const bounds = {
  idle: {
    what: 'idle for a minute, 10,000 services, updates that change nothing on the screen',
    most: 0,
    unit: 'bytes',
  },
  inside: {
    what: 'idle for a minute, instances of one service, the same updates',
    most: 0,
    unit: 'bytes',
  },
  scroll: { what: 'a key that scrolls a list of 10,000 by one row, 80×24', most: 600, unit: 'bytes' },
  key: { what: 'from a key to the screen, 95 of 100, 10,000 services that change', most: 50, unit: 'ms' },
  frames: { what: 'in any second in which everything changes by itself', most: 10, unit: 'frames a second' },
  rollout: { what: 'a rollout of 40 instances, in any 10 s of it', most: 1_000, unit: 'bytes a second' },
  resize: { what: 'left of another size after the window has changed', most: 0, unit: 'rows' },
} as const satisfies Record<string, Bound>;

export type Measured = Readonly<Record<keyof typeof bounds, number>>;

export const head = '| what | measured | at most |\n|---|---|---|';

export function rowsOf(measured: Partial<Measured>): readonly string[] {
  return namesOf(measured).map((name) => {
    const { what, most, unit } = bounds[name];
    return `| ${what} | ${shown(measured[name] ?? NaN)} ${unit} | ${shown(most)} |`;
  });
}

/** What is over its bound, in words. */
export function broken(measured: Partial<Measured>): readonly string[] {
  return namesOf(measured)
    .filter((name) => !((measured[name] ?? NaN) <= bounds[name].most))
    .map((name) => `${bounds[name].what}: ${shown(measured[name] ?? NaN)} ${bounds[name].unit}`);
}

function namesOf(measured: Partial<Measured>): readonly (keyof Measured)[] {
  return (Object.keys(bounds) as (keyof Measured)[]).filter((name) => name in measured);
}

function shown(value: number): string {
  return Math.round(value).toLocaleString('en');
}
