import { certaintyText } from '../en/calls.ts';
import type { tuiDrain as en } from '../en/tui-drain.ts';
import { timeZhCn as time } from '../grammar/time-words.ts';

export const tuiDrain: typeof en = {
  timer: (name, took, floor, preset) =>
    `正在排空 ${name}：${took}（至少 ${floor}，没有调用则最多 ${preset}）`,
  lateTimer: (name, took, preset, ceiling) =>
    `正在排空 ${name}：${took}（已超过 ${preset}，最多 ${ceiling}）`,
  rate: (last) => `${last} 次调用/秒`,
  untold: '等待中；证据尚无消息。',
  counting: '等待中；正在统计它的调用，马上就会作出判断。',
  floor: (floorMs) => `至少要等 ${time(floorMs)}，任何证据都不会缩短它。`,
  active: (ceilingMs) => `仍有调用正在处理：等它们结束，最迟到 ${time(ceilingMs)}。`,
  calls: (who, presetMs) =>
    `${who === '' ? '' : `${who} `}仍在调用它：等待其沉默，到 ${time(presetMs)} 为止，有调用则继续等。`,
  silence: (who, silentMs, neededMs, others, certainty) =>
    `等待 ${who}${others === 0 ? ' ' : `（以及另外 ${others} 个）`}沉默满 ${time(neededMs)}（已 ${time(silentMs)}）：届时有 ${certaintyText(certainty)} 的把握不再有调用。`,
  seldom: (who, presetMs) => `要等满 ${time(presetMs)}：${who} 调用得太少，更短的沉默证明不了什么。`,
  preset: (doubts, presetMs) => `要等满 ${time(presetMs)}，因为此处沉默不足为证：${doubts.join('；')}。`,
  late: (who, ceilingMs) =>
    `${who === '' ? '' : `${who} `}仍在调用它：继续等到调用停止，最多 ${time(ceilingMs)}。`,
  everybody: '全部调用方',
  several: (names, more) => `${names.join('、')}${more === 0 ? '' : ` 等另外 ${more} 个`}`,
  callers: {
    title: (target) => `谁在调用 ${target}`,
    columns: {
      caller: '调用方',
      before: '下线前',
      since: '之后',
      last: '最后一次',
      silent: '已沉默',
      needed: '需沉默',
    },
    perSecond: (rate) => `${rate}/秒`,
    last: (ms) => (ms > 0 ? `${time(ms)}后` : `${time(-ms)}前`),
    unknown: '未知',
    none: '没有见到任何调用。',
    doubts: (doubts) => `沉默不足为证：${doubts.join('；')}。`,
  },
};
