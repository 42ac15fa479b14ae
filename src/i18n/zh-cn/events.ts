import { foundText } from '../../core/plan/companion-rules.ts';
import type { Facts } from '../../core/event/event.ts';
import type { Purpose, ChangeCause } from '../../core/event/event-parts.ts';
import type { EventWords } from '../en/events.ts';
import { endpointText } from '../../core/registry/service.ts';
import { say } from '../grammar/say.ts';
import { hookNames } from './hooks.ts';
import { stepNames } from './steps.ts';
import { timeZhCn as time } from '../grammar/time-words.ts';
import { certaintyText } from '../en/calls.ts';
import { callersText, lastCall } from './calls.ts';
import { forecastText } from './forecast.ts';
import { restReasons } from './limits.ts';
import { registryErrors } from './registry-errors.ts';
import { commandResults, readings, stepFailures } from './step-failures.ts';
import { notWarmed } from './not-warmed.ts';
import { gateFailure, gateName } from './gates.ts';
import { noticeFailed } from './notices.ts';
import { who } from './who.ts';

const purposes: Record<Purpose, string> = {
  disable: '',
  enable: '',
  restore: '（恢复原状）',
  'keep-out': '（防止提前上线）',
  'hold-absent': '（离开期间保持下线）',
  'warm-up': '（预热）',
};

const writeOutcomes = { accepted: '已接受', refused: '被拒绝', unknown: '结果未知' } as const;

const pauseReasons = {
  'terminal-lost': '终端已断开',
  'registry-lost': '与 Nacos 失去联系',
  'lease-lost': '租约丢失',
} as const;

const causes: Record<ChangeCause, string> = {
  'new-version': '：随重启而来',
  'override-dropped':
    '：有人在 Nacos 控制台设置的值，在它离开期间被我们保持下线的写入覆盖掉了，请在那里重新设置',
  'new-version-or-override-dropped': '：随重启而来；若是有人在 Nacos 控制台设置的，请在那里重新设置',
  unknown: '',
};

const decisions = {
  retry: '重试该步骤',
  'retry-target': '重新开始该目标',
  'leave-off': '保持下线并继续',
  'put-on': '按现状上线',
  'take-as-done': '视该步骤为完成',
  'take-new': '认定新实例就是它',
  'roll-back': '回滚该目标',
} as const;

const outcomes = {
  done: '发布完成。',
  'done-with-some-failed': '发布已走完，但有目标未成功发布就已上线。',
  'done-with-some-off': '发布已走完，但有实例保持下线。',
  aborted: '发布已中止。',
  abandoned: '发布已放弃。',
} as const;

/** What consumers were told, by node. */
function toldText(told: Facts['read-back']['told']): string {
  if (told === undefined) return '';
  const texts = told.map(({ node, ms }) => `${node}（${ms === undefined ? '没有及时' : time(ms)}）`);
  return `；消费者得到通知：${texts.join('、')}`;
}

export const events: EventWords = {
  'rollout-planned': ({ plan, by, world }) =>
    `${by} 计划了${world === 'rehearsal' ? '演练' : '发布'}，共 ${plan.targets.length} 个目标${plan.rollsBack === undefined ? '' : `，用于撤回发布 ${plan.rollsBack}`}`,
  'runner-started': ({ pid, host, lease, leaseError, leaseMs }) =>
    `执行进程 ${pid} 已在 ${host} 启动${leaseMs === undefined ? '' : `；取得租约用时 ${time(leaseMs)}`}${lease === 'awaited' ? '；Nacos 无响应：持有租约之前不写入任何内容' : ''}${lease === 'unavailable' ? `；无法持有租约，只有本机的锁在保护服务${leaseError ? `：${say(registryErrors, leaseError)}` : ''}` : ''}`,
  'disable-began': ({ attempt, isAhead }) => `${isAhead === true ? '提前' : ''}开始下线${again(attempt)}`,
  'called-back': ({ why }) =>
    `先恢复上线，轮到它时再下线：${why === 'stuck' ? '前面的目标失败了' : '无人值守'}`,
  forecast: ({ services }) => services.map(forecastText).join('；'),
  'write-began': ({ target, registration, enabled, purpose }, nameOf) =>
    `正在将 ${nameOf(target, registration)} ${onOff(enabled)}${purposes[purpose]}`,
  'write-ended': ({ target, registration, enabled, outcome, ms, error }, nameOf) =>
    `将 ${nameOf(target, registration)} ${onOff(enabled)}：${time(ms)}后${writeOutcomes[outcome]}${error ? `：${say(registryErrors, error)}` : ''}`,
  'read-back': ({ target, registration, enabled, nodes, told }, nameOf) =>
    `${nameOf(target, registration)} 显示已${onOff(enabled)}：${nodes.map(({ node, ms }) => `${node}（${time(ms)}）`).join('、')}${toldText(told)}`,
  'call-began': ({ purpose, call }) => `请应用自行${purpose === 'leave' ? '下线' : '上线'}：${call}`,
  'call-ended': ({ purpose, reading }) =>
    `应用自行${purpose === 'leave' ? '下线' : '上线'}的调用有了结果：${say(readings, reading)}`,
  disabled: ({ ms }) => `已下线，用时 ${time(ms)}`,
  'drain-began': ({ totalMs, attempt, evidence }) =>
    evidence === undefined
      ? `开始排空，${time(totalMs)}${again(attempt)}`
      : `开始排空，直到无人调用，通常在 ${time(totalMs)}内${again(attempt)}`,
  'drain-prolonged': ({ ms, ceilingMs, callers, perSecond, active }) =>
    `${time(ms)}后仍${callers.length === 0 && active > 0 ? `有 ${active} 个请求在处理` : '被调用'}${callersText(callers)}，每秒 ${Math.round(perSecond)} 次：继续排空到调用停止，最多到 ${time(ceilingMs)}`,
  'drain-extended': ({ byMs, by }) => `排空延长 ${time(byMs)}（${who(by)}）`,
  'drain-skipped': ({ by }) => `跳过排空（${who(by)}）`,
  'drain-ended': ({ ms, endedBy, certainty = 0, calls }) =>
    endedBy === undefined
      ? `排空完成 ${time(ms)}`
      : `排空完成 ${time(ms)}：${endedBy === 'quiet' ? `已无人调用（可信度 ${certaintyText(certainty)}）` : '时间已到'}${lastCall(calls)}`,
  'evidence-lost': ({ source, why }) => `${source} 读不到数据（${say(readings, why)}）：改为按时间结束排空`,
  'evidence-returned': ({ source }) => `${source} 又能读到调用数据`,
  'called-after-drain': ({ count, source, ms }) =>
    `排空结束后 ${time(ms)}内又收到 ${count} 次调用（${source}）`,
  'deploy-began': ({ command, attempt }) => `开始部署${again(attempt)}：${command}`,
  'hook-began': ({ step, command, attempt }) => `开始执行${hookNames[step]}${again(attempt)}：${command}`,
  'hook-ended': ({ step, ms, result, mayFail }) =>
    `${hookNames[step]} 结束，用时 ${time(ms)}：${say(commandResults, result)}${mayFail === true ? '；允许失败' : ''}`,
  'retry-awaited': ({ step, ms, left }) =>
    `${stepNames[step]}将在 ${time(ms)} 后自动重试；${left === 1 ? '这是最后一次' : `还剩 ${left} 次`}`,
  'deploy-ended': ({ ms, result }) => `部署结束，用时 ${time(ms)}：${say(commandResults, result)}`,
  'check-began': ({ attempt }) => `开始检查${again(attempt)}`,
  'check-passed': ({ ms, isRestarted }) => `检查通过，用时 ${time(ms)}${isRestarted ? '' : '；没有看到重启'}`,
  identified: ({ registrations, by, isRespelled }) =>
    isRespelled === true
      ? `它的地址现在注册为 ${registrations.map(({ ip }) => ip).join('、')}：同一地址，写法不同`
      : `该进程现在是 ${registrations.map((one) => endpointText(one)).join('、')}（${who(by)}）`,
  joined: ({ registrations }) =>
    `新版本另外注册了 ${registrations.map(foundText).join('、')}：同样保持下线，直到检查通过`,
  dropped: ({ target, registrations }, nameOf) =>
    `新版本不再注册 ${registrations.map((one) => nameOf(target, one)).join('、')}：不再等待`,
  'mark-cleared': ({ instance, outcome }) =>
    outcome === 'accepted'
      ? `${instance} 处没有留下我们的标记`
      : `${instance} 处的标记未能确定清除：之后在该地址注册的实例可能一开始就是下线状态`,
  'enable-began': ({ attempt }) => `开始上线${again(attempt)}`,
  enabled: ({ ms }) => `已上线，用时 ${time(ms)}`,
  'warm-up-began': ({ totalMs, attempt }) => `开始 ${time(totalMs)} 的预热${again(attempt)}`,
  'weight-set': ({ percent }) => (percent === 100 ? '权重已全部恢复' : `权重为原来的 ${percent}%`),
  'warm-up-passed': ({ ms }) => `预热完成，用时 ${time(ms)}`,
  'weight-overridden': ({ target, registration, full, found }, nameOf) =>
    `${nameOf(target, registration)} 在预热期间被别人改为权重 ${found}：予以保留（原为 ${full}）`,
  'warm-up-left-out': ({ target, registrations, why }, nameOf) =>
    notWarmed(
      registrations.map((one) => nameOf(target, one)),
      why,
    ),
  'soak-began': ({ totalMs, attempt }) => `开始 ${time(totalMs)} 的观察${again(attempt)}`,
  'soak-passed': ({ ms }) => `观察期 ${time(ms)} 内一直正常`,
  'step-failed': ({ step, why }) => `${stepNames[step]}失败：${say(stepFailures, why)}`,
  exposed: ({ target, registration, sources }, nameOf) =>
    `${nameOf(target, registration)} 应保持下线却出现在线（${sources.join('、')}）`,
  'exposure-ended': ({ target, registration, ms, isAtLeast }, nameOf) =>
    `${nameOf(target, registration)} 已重新下线，${isAtLeast ? `至少暴露了 ${time(ms)}：此前无人查看` : `暴露了 ${time(ms)}`}`,
  unwatched: ({ target, registration, ms }, nameOf) =>
    `${time(ms)} 内没有任何服务端节点告知 ${nameOf(target, registration)} 的状态：其间消费者得到的可能不同`,
  'went-away': ({ target, registration }, nameOf) => `${nameOf(target, registration)} 已从 Nacos 离开`,
  'came-back': ({ target, registration, isEnabled }, nameOf) =>
    `${nameOf(target, registration)} 已回来，状态为${onOff(isEnabled)}`,
  changed: ({ target, registration, what, before, after, cause = 'unknown' }, nameOf) =>
    `${nameOf(target, registration)} 的 ${what} 由 ${before || '空'} 变为 ${after || '空'}${causes[cause]}`,
  decided: ({ decision, by, via = '决定' }) => `${via}：${decisions[decision]}（${who(by)}）`,
  paused: ({ by, why }) =>
    why === 'asked' ? `${who(by)} 要求暂停` : `已暂停：${pauseReasons[why]}（${who(by)}）`,
  continued: ({ by }) => `已继续（${who(by)}）`,
  'node-lost': ({ node, error }) => `服务端节点 ${node} 失联，暂不开始新步骤：${say(registryErrors, error)}`,
  'node-returned': ({ node }) => `服务端节点 ${node} 恢复应答，重新计入`,
  'node-dropped': ({ node, by }) => `不再等待服务端节点 ${node}，继续（${who(by)}）`,
  'services-noted': ({ services }) => `已记录 Nacos 中 ${services.length} 个服务的设置`,
  'consumers-noted': ({ services }) =>
    `已记录消费者：${services.map(({ service, consumers }) => `${service} ${consumers.length} 个`).join('、')}`,
  'consumers-changed': ({ service, came, left }) =>
    [
      ...(came.length > 0 ? [`发布期间新增的 ${service} 消费者：${came.join('、')}`] : []),
      ...(left.length > 0 ? [`不再消费 ${service}：${left.join('、')}`] : []),
    ].join('；'),
  'service-changed': ({ service, what, before, after, request }) =>
    `服务 ${service} 的 ${what} 由 ${before} 变为 ${after}；可用此请求恢复：${request.method} ${request.url}`,
  'abort-asked': ({ how, by, via }) =>
    `${via === undefined ? '' : `${via}：`}中止，${how === 'put-back' ? '将正常的实例重新上线' : '全部保持现状'}（${who(by)}）`,
  'deadline-passed': ({ deadline }) => `截止时间 ${deadline} 已过：不再开始新的目标`,
  'deadline-set': ({ deadline, by }) => `${deadline} 之后不再开始新的目标（${who(by)}）`,
  'stop-asked': ({ by }) => `立即停止（${who(by)}）`,
  'face-lost': ({ by }) => `${by} 的终端已断开`,
  'face-joined': ({ by }) => `${by} 正在查看`,
  'runner-rested': ({ why }) => `发布停在原处：${restReasons[why]}。`,
  'rollout-ended': ({ outcome }) => outcomes[outcome],
  'requests-counted': ({ requests }) =>
    `对 Nacos 共请求 ${requests.reduce((sum, { count }) => sum + count, 0)} 次`,
  'occasion-began': ({ on, about, attempt, command }) =>
    `on ${on}（事件 ${about}）开始执行${again(attempt)}：${command}`,
  'occasion-ended': ({ on, about, ms, result }) =>
    `on ${on}（事件 ${about}）结束，用时 ${time(ms)}：${say(commandResults, result)}`,
  'notification-sent': ({ receiver, about }) => `已把事件 ${about} 通知到 ${receiver}`,
  'notification-failed': ({ receiver, about, tries, why }) => noticeFailed(receiver, about, tries, why),
  'gate-reached': ({ gate, place, kind, attempt, text = '', totalMs = 0, command = '' }) => {
    const what = {
      person: `等人放行：${text}`,
      time: `等待 ${time(totalMs)}`,
      soak: `已发布的目标须保持正常 ${time(totalMs)}`,
      command: `执行 ${command}`,
    }[kind];
    return `${gateName(gate, place)}${again(attempt)}：${what}`;
  },
  'gate-passed': ({ gate, place, ms, by }) =>
    by === undefined
      ? `${gateName(gate, place)}已通过，用时 ${time(ms ?? 0)}`
      : `${gateName(gate, place)}已放行（${who(by)}）`,
  'gate-failed': ({ gate, place, ms, why, instance, againInMs }) =>
    `${gateName(gate, place)}在 ${time(ms)}后未通过：${instance === undefined ? '' : `${instance} `}${gateFailure(why)}${againInMs === undefined ? '' : `；${time(againInMs)}后重试`}`,
  'gate-retried': ({ gate, place, by }) => `${gateName(gate, place)}重试（${who(by)}）`,
  'request-listed': ({ wasSent, request }) =>
    `${wasSent ? '已发送' : '将发送'} ${request.method} ${request.url}`,
};

function again(attempt: number): string {
  return attempt === 1 ? '' : `，第 ${attempt} 次`;
}

function onOff(enabled: boolean): string {
  return enabled ? '上线' : '下线';
}
