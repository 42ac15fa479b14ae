import type { tuiReview as en } from '../en/tui-review.ts';
import { commandText } from '../../core/text/command-text.ts';
import { drainTime } from './drain.ts';
import { hookText, occasionText, retriesText } from './hooks.ts';
import { timeZhCn as time } from '../grammar/time-words.ts';
import { zonesOneByOne } from './zones.ts';

const watchedSteps = { 'warm-up': '预热', soak: '观察' } as const;

/** The review of a plan, before a rollout. */
export const tuiReview: typeof en = {
  title: (service) => `审查：发布 ${service}`,
  nothingYet: '尚未改变任何实例。',
  looking: '正在检查有何不妥…',
  targets: (n, batches, sizes, registrations, watched) =>
    `${n} 个目标，分 ${batches} 批${sizes === '' ? '' : `（${sizes}）`}，每个：下线 ${registrations} 个注册 → ${['排空 → 部署 → 检查 → 上线', ...watched.map((step) => watchedSteps[step])].join(' → ')}。`,
  labels: {
    order: '顺序',
    drain: '排空',
    drainAhead: '提前排空',
    deploy: '部署',
    hook: '钩子',
    leave: '自行下线',
    check: '检查',
    warmUp: '预热',
    soak: '观察',
    minimum: '最小数量',
    zones: '可用区',
    notify: '通知',
  },
  zones: zonesOneByOne,
  zoneMinimum: (service, minimum) => `${service} 每个可用区 ${minimum}`,
  drain: (time, { watch, ...drain }) =>
    watch === undefined
      ? `${time}${drain.consumers === undefined ? '' : `：${drain.consumers} 类消费者会保留列表这么久`}`
      : `到不再有调用为止：${drainTime({ ...drain, watch })}`,
  drainAhead: '前一批部署和检查期间，下一批先下线排空（最小数量允许时）',
  deploy: (command) =>
    `${commandText(command)}（最多 ${time(command.timeoutMs)}，之后终止${retriesText(command)}）`,
  hook: hookText,
  on: (key, command) => `on ${occasionText(key, command)}`,
  checks: {
    http: (url, times) => `GET ${url} 连续 ${times} 次正常，且重新注册`,
    tcp: (times) => `端口连续 ${times} 次可连，且重新注册`,
    command: (run, times) => `${run} 连续 ${times} 次以 0 退出，且重新注册`,
    actuator: (url, times) => `${url} 连续 ${times} 次为 UP，且重新注册`,
    grpc: (address, times) => `${address} 连续 ${times} 次为 SERVING，且重新注册`,
    registration: () => '注册连续 35 秒保持健康',
  },
  warmUp: (time, percents, what) =>
    `${time}内权重依次为原来的 ${percents.map((percent) => `${percent}%`).join('、')}，期间${what ?? '其检查'}须持续正常，然后全部恢复`,
  soak: (time, what) => `上线后${what ?? '其检查'}持续正常 ${time}，才开始下一个`,
  changed: (what, to) => (to === undefined ? `，且 ${what} 已改变` : `，且 ${what} 为 ${to}`),
  within: (time) => `，限 ${time}内`,
  drainsAlone: (time, isByEvidence) => `仅排空就需要 ${time}${isByEvidence ? '，视证据可长可短' : ''}。`,
  leave: (call, isInstead) => `${call}${isInstead ? '（代替 enabled=false）' : ''}`,
  back: (call) => `自行上线：${call}`,
  goingWith: (targets, n) => `与 ${targets} 一同上下线的 ${n} 个注册：`,
  sameOf: (n) => `另有 ${n} 个服务相同。`,
  otherMinimums: (n, minimum) => `其余 ${n} 个服务 ${minimum}`,
  overridden: (services) => `已人工越过最小数量：${services}。`,
};
