import { commandText } from '../../core/text/command-text.ts';
import type { planWords as planWordsEn } from '../en/plan-words.ts';
import { hookText, occasionText, retriesText } from './hooks.ts';
import { timeZhCn as time } from '../grammar/time-words.ts';
import { drainTime } from './drain.ts';
import { zonesOneByOne } from './zones.ts';
import { stepNames } from './steps.ts';

export const planWords: typeof planWordsEn = {
  target: (name, services) => `${name}  ${services}`,
  companions: (count) => `${count} 个注册`,
  sameOf: (count) => `另有 ${count} 个服务相同。`,
  goingWith: (targets, count) => `与 ${targets} 一同上下线的 ${count} 个注册：`,
  steps: (count, watched) =>
    `${count} 个目标，每个依次：${['下线 → 排空 → 部署 → 检查 → 上线', ...watched.map((step) => stepNames[step])].join(' → ')}`,
  batches: (sizes) => `每批  ${sizes}`,
  zones: (zones) => `可用区  ${zonesOneByOne(zones)}`,
  zoneMinimum: (service, minimum, by) => `最小数量  每个可用区 ${minimum} 个 ${service}（${by}）`,
  drain: ({ watch, ...drain }) =>
    `排空  ${watch === undefined ? `${time(drain.ms)}${drain.consumers === undefined ? '' : `（${drain.consumers}）`}` : `到不再有调用为止：${drainTime({ ...drain, watch })}`}`,
  deploy: (command) =>
    `部署  ${commandText(command)}（最多 ${time(command.timeoutMs)}${retriesText(command)}）`,
  hook: (step, hook) => `钩子  ${hookText(step, hook)}`,
  on: (key, command) => `on    ${occasionText(key, command)}`,
  leave: (call, isInstead) => `自行下线  ${call}${isInstead ? '（代替 enabled=false）' : ''}`,
  back: (call) => `自行上线  ${call}`,
  warmUp: (ms, percents, what) =>
    `预热  权重先为原来的 ${percents.map((percent) => `${percent}%`).join('、')}，各 ${time(ms / percents.length)}，期间${what ?? '其检查'}须持续正常，然后全部恢复`,
  soak: (ms, what) => `观察  上线后${what ?? '其检查'}持续正常 ${time(ms)}，才开始下一个`,
  check: (what, successes, withinMs) => `检查  ${what}，${time(withinMs)}内连续 ${successes} 次通过`,
  drainAhead: '提前排空  前一批部署和检查期间，下一批先下线排空（最小数量允许时）',
  registrationCheck: '注册信息保持健康',
  changedCheck: (what, to) => (to === undefined ? `${what} 已改变` : `${what} 为 ${to}`),
  minimum: (service, minimum) => `最小数量  ${minimum} 个 ${service}`,
  notify: (receiver, on) => `通知  ${receiver}：${on.join('、')}`,
  maxFailures: (count) =>
    `失败上限  ${count === 0 ? '0：首个失败即停下' : `${count} 个，失败者保持现状；再多一个即停下`}`,
  deadline: (deadline) =>
    `截止时间  ${'at' in deadline ? (deadline.typed ?? deadline.at) : `开始后 ${time(deadline.afterMs)}`}：此后不再开始新的目标`,
  override: (service) => `越过最小数量  ${service} 可以低于最小数量`,
};
