import type { reportPageWords as en } from '../en/report-page.ts';
import { timeZhCn as time } from '../grammar/time-words.ts';
import { tuiDrain } from './tui-drain.ts';

export const reportPageWords: typeof en = {
  summary: (outcome, through, count, took) =>
    `${outcome} · ${count} 个目标中 ${through} 个完成 · 用时 ${took}`,
  stillLowered: (names) => `因我们而权重仍低于原值：${names.join('、')}`,
  stillOff: (names) => `因我们而仍下线：${names.join('、')}`,
  onAgain: (names) => `日志中为下线，但 Nacos 显示在线：${names.join('、')}`,
  notRestarted: (names) => `没有看到重启：${names.join('、')}。是否仍在运行旧版本？`,
  all: '全部目标，同一时间轴',
  on: '在线',
  off: '已下线',
  exposed: '本应保持下线却显示在线',
  decided: '人工决定',
  quiet: '判定不再有调用',
  lastCall: '最后一次调用',
  callsASecond: (most) => `每秒调用次数，最多 ${most}`,
  told: (instance, enabled, nodes) =>
    `已通知消费者 ${instance} ${enabled ? '上线' : '下线'}：${nodes
      .map(({ node, ms }) => `${node}（${ms === undefined ? '未及时通知' : `${time(ms)}后`}）`)
      .join('、')}`,
  callers: tuiDrain.callers,
  everybody: tuiDrain.everybody,
};
