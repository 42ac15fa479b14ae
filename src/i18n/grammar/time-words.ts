/** How a number of milliseconds is read by people, in one language. */
export type TimeWords = (ms: number) => string;

export const timeEn: TimeWords = (ms) => timeWith(ms, { ms: ' ms', s: ' s', min: ' min', h: ' h', gap: ' ' });
export const timeZhCn: TimeWords = (ms) =>
  timeWith(ms, { ms: ' 毫秒', s: ' 秒', min: ' 分钟', h: ' 小时', gap: ' ' });

type Units = {
  readonly ms: string;
  readonly s: string;
  readonly min: string;
  readonly h: string;
  readonly gap: string;
};

function timeWith(ms: number, units: Units): string {
  if (ms > 0 && ms < 100) return `${Math.ceil(ms)}${units.ms}`;
  if (ms < 10_000) return `${trimmed(ms / 1000)}${units.s}`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds}${units.s}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return joined(minutes, units.min, seconds % 60, units.s, units.gap);
  return joined(Math.floor(minutes / 60), units.h, minutes % 60, units.min, units.gap);
}

function trimmed(seconds: number): string {
  return String(Math.round(seconds * 10) / 10);
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string, gap: string): string {
  return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit}${gap}${small}${smallUnit}`;
}
