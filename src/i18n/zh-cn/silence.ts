import type { silence as inEnglish } from '../en/silence.ts';
import { timeZhCn as time } from '../grammar/time-words.ts';

export const silence: typeof inEnglish = ({ address, limitMs, next }, forMs) => {
  const still = forMs === undefined ? '尚无应答' : `已 ${time(forMs)}没有应答`;
  const then = next === undefined ? '' : next === address ? '，然后再问一次' : `，然后改问 ${next}`;
  return `正在等待 ${address}，${still}；满 ${time(limitMs)}后放弃${then}。`;
};
