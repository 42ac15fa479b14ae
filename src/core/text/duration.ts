import * as z from 'zod';

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `500ms`, `40s`, `2m`, `1h`; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,16}(?:\.\d{1,3})?)(ms|s|m|h)$/.exec(text.trim());
  const unit = match?.[2] === undefined ? undefined : unitMs[match[2]];
  if (match?.[1] === undefined || unit === undefined) return undefined;
  const ms = Math.round(Number(match[1]) * unit);
  return Number.isSafeInteger(ms) ? ms : undefined;
}

/** Of what a schema has made sure to be a duration. */
export function millisecondsOf(text: string | undefined, otherwiseMs: number): number {
  return text === undefined ? otherwiseMs : (parseDuration(text) ?? otherwiseMs);
}

const form = ({ input }: { readonly input?: unknown }): string | undefined => {
  if (input === undefined) return undefined;
  const near = nearDuration(typeof input === 'number' ? String(input) : input);
  return `a duration is written 500ms, 40s, 2m or 1h${near === undefined ? '' : `; did you mean ${near}?`}`;
};

export const durationSchema = z
  .string({ error: form })
  .refine((text) => parseDuration(text) !== undefined, { error: form });

const longUnits: readonly (readonly [RegExp, string])[] = [
  [/^(ms|msecs?|millis|milliseconds?|毫秒)$/, 'ms'],
  [/^(|s|secs?|seconds?|秒)$/, 's'],
  [/^(m|mins?|minutes?|分钟?)$/, 'm'],
  [/^(h|hrs?|hours?|小时)$/, 'h'],
];

/** What was meant by `10`, `10 s`, `10sec`, `5 minutes`, `PT10S` or `1m30s`; undefined for anything else. */
function nearDuration(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/^pt(?=\d)/, '');
  const parts = [...bare.matchAll(/(\d+(?:\.\d+)?)\s*([^\d\s.]*)\s*/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== bare) return undefined;
  const all = parts.flatMap(([, digits = '', word = '']) => {
    const unit = longUnits.find(([words]) => words.test(word))?.[1];
    const short = `${digits}${unit ?? ''}`;
    return parseDuration(short) === undefined ? [] : [short];
  });
  const [only] = all;
  if (only === undefined || all.length !== parts.length) return undefined;
  return all.length === 1
    ? only
    : formatDuration(all.reduce((sum, one) => sum + (parseDuration(one) ?? 0), 0));
}

/** The shortest of the forms that `parseDuration` reads back to the same number. */
export function formatDuration(ms: number): string {
  const unit = (['h', 'm', 's'] as const).find((name) => ms > 0 && ms % (unitMs[name] ?? 1) === 0);
  return unit === undefined ? `${ms}ms` : `${ms / (unitMs[unit] ?? 1)}${unit}`;
}
