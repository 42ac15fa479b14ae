/** One series of a metric: its tags, and what each statistic says. */
export type Sample = {
  readonly tags: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, number>>;
};

export type Metric = {
  readonly name: string;
  readonly description?: string;
  readonly baseUnit: string;
  /** At least one: a metric that has none does not exist yet. */
  readonly samples: readonly Sample[];
};

type Tag = { readonly name: string; readonly value: string };

/** What a metric says of the series that have all these tags, as the body of Actuator's answer; nothing without one. */
export function metricBody(metric: Metric, tags: readonly Tag[]): string | undefined {
  const { name, description, baseUnit } = metric;
  const samples = metric.samples.filter((one) => tags.every((tag) => one.tags[tag.name] === tag.value));
  const [first] = samples;
  if (first === undefined) return undefined;
  const measurements = Object.keys(first.values).map((statistic) => {
    const values = samples.map((one) => one.values[statistic] ?? 0);
    const value = statistic === 'MAX' ? Math.max(...values) : values.reduce((sum, one) => sum + one, 0);
    return `{"statistic":"${statistic}","value":${javaDouble(value)}}`;
  });
  const availableTags = Object.keys(first.tags)
    .filter((tag) => tags.every((asked) => asked.name !== tag))
    .map((tag) => ({ tag, values: [...new Set(samples.map((one) => one.tags[tag]))] }));
  const head = JSON.stringify({ name, description, baseUnit }).slice(0, -1);
  const listed = JSON.stringify(availableTags);
  return `${head},"measurements":[${measurements.join(',')}],"availableTags":${listed}}`;
}

/** A number of JSON as Java writes its doubles: `2.0`, `1.795717093665E9`. */
function javaDouble(value: number): string {
  if (value === 0 || (value >= 1e-3 && value < 1e7))
    return Number.isInteger(value) ? `${value}.0` : String(value);
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}
