import type { drainDoubts as doubtsEn } from '../en/calls.ts';
import type { CallsSeen } from '../../core/drain/calls-seen.ts';
import { timeZhCn as time } from '../grammar/time-words.ts';

/** When the last call arrived that any source saw; empty where none did. */
export function lastCall(calls: CallsSeen | undefined): string {
  const lastMs = Math.max(...(calls?.callers ?? []).map((caller) => caller.lastMs));
  if (!Number.isFinite(lastMs)) return '';
  return lastMs > 0 ? `；最后一次调用在下线后 ${time(lastMs)}` : '；下线后没有见到再被调用';
}

/** Who called since it went off. */
export function stillCalling({ callers }: CallsSeen): string {
  return callersText(callers.filter(({ callsSince }) => callsSince > 0));
}

export function callersText(late: readonly { readonly caller: string; readonly source: string }[]): string {
  if (late.length === 0) return '';
  if (late.every(({ caller }) => caller === 'all'))
    return `（${late.map(({ source }) => source).join('、')}）`;
  const told = late
    .slice(0, 5)
    .map(({ caller, source }) => (caller === 'all' ? source : `${caller}（${source}）`));
  return `，调用者：${told.join('、')}${late.length > told.length ? '…' : ''}`;
}

export const drainDoubts: typeof doubtsEn = {
  'not-watched': '证据有中断',
  'unknown-consumers': '不知道有谁订阅',
  'several-consumers': '证据分不清各个消费者',
  'unseen-consumer': '有消费者不为人知，或其调用几乎没有见到',
  uncovered: '有一个注册没有任何证据',
};
