import type { CallsSeen } from '../../core/drain/calls-seen.ts';
import { timeZhCn as time } from '../grammar/time-words.ts';

/** When the last call arrived that any source saw; empty where none did. */
export function lastCall(calls: CallsSeen | undefined): string {
  const lastMs = Math.max(...(calls?.callers ?? []).map((caller) => caller.lastMs));
  if (!Number.isFinite(lastMs)) return '';
  return lastMs > 0 ? `；最后一次调用在下线后 ${time(lastMs)}` : '；下线后没有再被调用';
}

/** Who called since it went off. */
export function stillCalling({ callers }: CallsSeen): string {
  const late = callers.filter(({ callsSince }) => callsSince > 0);
  if (late.length === 0) return '';
  const told = late
    .slice(0, 5)
    .map(({ caller, source }) => (caller === 'all' ? source : `${caller}（${source}）`));
  return `，调用者：${told.join('、')}${late.length > told.length ? '…' : ''}`;
}
