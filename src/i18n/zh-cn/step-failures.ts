import type {
  CommandResult,
  Expectation,
  Failure,
  Reading,
  Refusal,
  TakenOff,
} from '../../core/event/failure.ts';
import { visible } from '../../core/text/visible.ts';
import { type Sayings, say } from '../grammar/say.ts';
import { timeZhCn as time } from '../grammar/time-words.ts';
import { stillCalling } from './calls.ts';
import { registryErrors, speakerNames } from './registry-errors.ts';
import { unread } from './unreadable.ts';
import { registeredTwice, twinAdvice } from './twins.ts';
import { zoneName } from './zones.ts';

export const commandResults: Sayings<CommandResult> = {
  exited: ({ code }) => (code === 0 ? '已正常结束' : `退出码 ${code}`),
  'timed-out': ({ afterMs }) => `超过 ${time(afterMs)}，已被终止`,
  killed: () => '已被终止',
  'not-started': ({ detail }) => `无法启动（${detail}）`,
  'never-began': () => '没有启动',
  lost: () => '已启动但进程不在了，没有留下结果',
};

const expectations: Readonly<Record<Expectation, string>> = {
  json: ' JSON',
  count: '该位置上的一个非负数',
  metric: '所要的指标',
  selector: '能够解析的指标名称或选择器所对应的指标',
  counts: '一个数，或每行一个调用方和一个数',
  connections: ' ss -tinH 输出的连接列表',
  'connection-times': '每个连接收到的字节数（需要 ss 的 -i 参数和 Linux 4.2 以上的内核）',
  health: ' Actuator 的健康状态',
  value: '该位置上的一个值',
  'grpc-health': ' gRPC 健康检查服务的结果',
};

export const readings: Sayings<Reading> = {
  good: ({ ms }) => `正常，用时 ${time(ms)}`,
  'http-status': ({ status }) => `返回 HTTP ${status}，应为 2xx`,
  refused: ({ detail }) =>
    detail === 'UND_ERR_SOCKET' ? '连接未应答就被关闭：该端口是否提供 HTTP？' : `无法连接（${detail}）`,
  unresolved: ({ host, detail }) => `主机名 ${host} 无法解析（${detail}）`,
  'other-speaker': ({ found }) =>
    found === 'no-tls'
      ? '应答没有使用 TLS：请把 https:// 写成 http://'
      : found === 'tls'
        ? '应答使用 TLS：请把 http:// 写成 https://'
        : `那里应答的程序：${speakerNames[found]}`,
  'timed-out': ({ afterMs }) => `${time(afterMs)}内没有应答`,
  'not-started': ({ detail }) => `命令无法启动（${detail}）`,
  'command-failed': ({ code, complaint }) =>
    `命令的退出码是 ${code}${complaint === undefined ? '' : `（${complaint}）`}`,
  'too-large': ({ limitBytes }) => `应答超过 ${limitBytes / 1_000_000} MB`,
  unexpected: ({ expected, found }) =>
    `应答应为${expectations[expected]}，实际是${found === '' ? '空的' : ` ${found}`}`,
  'not-up': ({ status }) => `它报告的健康状态是 ${status}`,
  'not-changed': ({ what, value, wanted }) =>
    wanted === undefined
      ? `${what} 与部署前相同：${value === '' ? '空' : value}`
      : `${what} 是${value === '' ? '空的' : ` ${value}`}，应为 ${wanted}`,
  elsewhere: () => '它的地址不在本机：请给出在那台机器上列出连接的命令，connections:命令',
  'not-run': () => '演练不询问它',
  'not-registered': () => '没有在 Nacos 注册',
  unhealthy: () => '已注册，但 Nacos 认为不健康',
  unreadable: (record) => `Nacos 在该地址列出的记录无法读取（${unread(record)}）`,
};

function whoTookOff({ rollout, command, by, at }: TakenOff): string {
  const what = command === undefined ? `发布 ${rollout}` : `命令 ${visible(command)}`;
  return `${what}（${visible(by)}，${at}）`;
}

export const refusals: Sayings<Refusal> = {
  'below-minimum': ({ service, now, after, minimum, seenBy }) =>
    `服务 ${service} 上线且健康的实例将从 ${now} 个降到 ${after} 个，低于最小数量 ${minimum}（依据 ${seenBy}）。`,
  'below-zone-minimum': ({ service, zone, now, after, minimum, seenBy }) =>
    `服务 ${service} 在${zoneName(zone)}中上线且健康的实例将从 ${now} 个降到 ${after} 个，低于每个可用区的最小数量 ${minimum}（依据 ${seenBy}）。`,
  'last-one': ({ service, together }) =>
    together === undefined
      ? `这是服务 ${service} 最后一个上线且健康的实例。`
      : `服务 ${service} 上线且健康的 ${together} 个实例会同时全部下线。`,
  'protect-threshold': ({ service, threshold, ratio }) =>
    `服务 ${service} 的健康比例将只有 ${percent(ratio)}，达到保护阈值 ${percent(threshold)} 时 Nacos 会把不健康的实例也当作健康。`,
  'not-registered': ({ instance }) => `${instance} 已经不在注册列表中。`,
  unreadable: ({ instance, ...record }) =>
    `Nacos 在 ${instance} 列出的记录无法读取（${unread(record)}）：无法证明它已下线，请先让它正确注册。`,
  'registered-twice': ({ instance, twins }) => `${registeredTwice(instance, twins)}。${twinAdvice}`,
  'taken-off': ({ instance, takenOff }) =>
    `${instance} 在制定计划时是上线的，之后被${takenOff === undefined ? '别人' : whoTookOff(takenOff)}下线了：可以按现状上线，或让它保持下线；上线后重试即可继续。`,
  'companions-came': ({ instance, came }) =>
    `制定计划之后新出现了 ${came.join('、')}，它们与 ${instance} 一同上下线：请重新制定计划，以便全部下线。`,
};

export const stepFailures: Sayings<Failure> = {
  registry: ({ error }) => say(registryErrors, error),
  refused: (failure) => failure.refusals.map((refusal) => say(refusals, refusal)).join(''),
  'not-read-back': ({ node, isEnabled, afterMs, weight, unread: record }) =>
    record !== undefined
      ? `${time(afterMs)}后，${node} 在该地址列出的记录仍无法读取（${unread(record)}）。`
      : weight !== undefined
        ? `${time(afterMs)}后，${node} 显示的权重仍为 ${weight}。`
        : `${time(afterMs)}后，${node} 仍显示该实例${isEnabled ? '在线' : '下线'}。`,
  hook: ({ result }) => `钩子失败：${say(commandResults, result)}。`,
  command: ({ result }) => `部署命令失败：${say(commandResults, result)}。`,
  check: ({ reading, afterMs }) =>
    `检查在 ${time(afterMs)}内没有通过，最后一次结果：${say(readings, reading)}。`,
  'somebody-else': ({ instance, candidates }) =>
    `${instance} 已消失，出现了未知的 ${candidates.join('、')}：是同一个进程换了地址吗？在计划中写 identity: any-new 即可自动认定。`,
  call: ({ purpose, reading, call }) =>
    `让应用自行${purpose === 'leave' ? '下线' : '上线'}的调用${call === undefined ? '' : `（${visible(call)}）`}失败：${say(readings, reading)}。`,
  'wanted-on': ({ instance, isFound }) =>
    isFound === true
      ? `${instance} 在无人执行本次发布时被上线；未经确认不会再将其下线：否则提供服务的实例过少。`
      : `${instance} 没有离开过却又被上线：有人希望它在线。`,
  'registered-twice': ({ instance, twins }) =>
    `${registeredTwice(instance, twins)}，写入会改变它们的权重，因此没有写入。${twinAdvice}`,
  'still-called': ({ afterMs, calls, active }) =>
    `${time(afterMs)}后仍${(active ?? 0) > 0 ? '有请求在处理' : '被调用'}${stillCalling(calls)}：请找出谁没有跟随 Nacos，把不是消费者的写进 ignore，再重新排空，或者仍然继续。`,
  'deploy-unknown': () =>
    '部署命令已启动但进程不在了，没有留下结果：请先查看该实例，再决定重新执行或视为完成。',
};

function percent(ratio: number): string {
  return `${Math.round(ratio * 100)}%`;
}
