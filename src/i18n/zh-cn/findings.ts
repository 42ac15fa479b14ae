import type { ConsumerKind } from '../../core/plan/drain-presets.ts';
import { shellWord } from '../../core/text/shell-word.ts';
import type { Finding } from '../../runner/review/review.ts';
import { type Sayings, say } from '../grammar/say.ts';
import { commandFindings } from './commands.ts';
import { drainFindings } from './drain.ts';
import { forecastText } from './forecast.ts';
import { launchProblems } from './launch-problems.ts';
import { registryErrors } from './registry-errors.ts';
import { readings, refusals } from './step-failures.ts';
import { zoneName } from './zones.ts';
import { unread, unreadableOf } from './unreadable.ts';
import { registeredTwice } from './twins.ts';

const permissions = {
  yes: (service: string) => `有服务 ${service} 的写权限`,
  no: (service: string) => `当前用户没有服务 ${service} 的写权限：请申请写权限，或换一个用户`,
  unknown: (service: string) => `不写入就无法知道是否有服务 ${service} 的写权限：第一次写入时才能确定`,
};

const weighing: Record<ConsumerKind, string> = {
  grpc: '由 Nacos 客户端自己选择实例（selectOneHealthyInstance）时有效。',
  dubbo: 'Dubbo 不看此权重：它会自行预热新的提供者。',
  ribbon: 'Ribbon 只有使用 NacosRule 时才有效。',
  'spring-cloud':
    'Spring Cloud LoadBalancer 和 Gateway 只有在 spring.cloud.loadbalancer.nacos.enabled=true 时才有效：自带的轮询不看权重。',
  legacy: '旧客户端自己选择实例时有效；在 Ribbon 之下只有使用 NacosRule 时才有效。',
};

export const findings: Sayings<Finding> = {
  reached: ({ version, dialect, nodes }) =>
    `Nacos ${version} 有应答（${dialect}），共 ${nodes} 个服务端节点。`,
  registry: ({ error }) => say(registryErrors, error),
  locked: (holder) => launchProblems.locked(holder),
  'node-silent': ({ node, error }) =>
    `服务端节点 ${node} 没有应答，发布过程中不再询问它：${say(registryErrors, error)}`,
  'node-not-accepted': ({ address }) =>
    `集群中有未被认可的成员 ${address}，不会询问它；认可它请用 --accept-node ${shellWord(address)} 或写入配置档案。`,
  permission: ({ may, service, trial }) => `${permissions[may](service)}${trialText(trial)}。`,
  leader: ({ isThere, isKnown }) => leaderSentence(isThere, isKnown),
  guard: ({ refusal, target }) => `${target} 不能下线：${say(refusals, refusal)}`,
  capacity: ({ forecast }) => `最少时 ${forecastText(forecast)}。`,
  'last-of-cluster': ({ service, cluster, target }) =>
    `${target} 是服务 ${service} 在集群 ${cluster} 中最后一个上线且健康的实例：它下线期间，该集群的消费者只能调用其他集群，或无实例可用。`,
  'minimum-impossible': ({ service, minimum, wouldWork, wouldWorkPercent }) =>
    `服务 ${service} 有一个实例下线时无法保持最小数量 ${minimum}：可以设为 ${wouldWork}${wouldWorkPercent ? `，或 ${wouldWorkPercent}%` : ''}。`,
  zones: ({ service, minimum, zones }) =>
    `最坏情况下，服务 ${service} 保留：${zones.map(({ zone, now, after }) => `${zoneName(zone)}${now} 个中的 ${after} 个`).join('，')}（每个可用区最少 ${minimum} 个）。`,
  'zone-minimum-impossible': ({ service, zone, minimum, now, after }) =>
    `服务 ${service} 在${zoneName(zone)}中无法保持 ${minimum} 个：现有 ${now} 个在线，一次会下线 ${now - after} 个；每个可用区的最小数量可以设为 ${after}${now - after > 1 ? '，或减小每批数量' : ''}。`,
  'already-off': ({ service, instance, isTakenAlong, isPutOn, takenOff }) => {
    const who =
      takenOff === undefined
        ? ''
        : `（由${takenOff.command === undefined ? `发布 ${takenOff.rollout} ` : `命令 ${takenOff.command} `}下线：${takenOff.by}，${takenOff.at}）`;
    const along = isPutOn ? '一并处理，之后重新上线' : '一并发布，期间保持下线，结束后仍为下线';
    const what = isTakenAlong ? along : '保持原样';
    return `服务 ${service} 的 ${instance} 本来就已下线${who}：${what}。`;
  },
  'part-of-weight': ({ service, instance, weight, full, rollout }) =>
    `服务 ${service} 的 ${instance} 现在权重为 ${weight}，是发布 ${rollout} 的预热留下的一部分：会恢复为 ${full}。`,
  unreadable: ({ service, records }) => unreadableOf(service, records),
  'member-unreadable': ({ record }) =>
    `集群中有一个无法读取的成员${record.ip === undefined ? '' : ` ${record.ip}`}（${unread(record)}）：除非它就是已给出的节点之一，否则不会询问它。`,
  'registered-twice': ({ service, instance, twins }) =>
    `${registeredTwice(`${service} 的 ${instance}`, twins)}：只计作一个，不在发布之列。`,
  'bad-address': ({ instance }) => `${instance} 的地址既不是 IP 也不是主机名：不会对它做任何操作。`,
  apart: ({ service, companion, instances, isKnown }) =>
    isKnown
      ? `${service} 与 ${companion} 由相同的进程注册（例如 ${instances.join(' 与 ')}），每个进程会被部署两次：请把 ${companion} 设为 ${service} 的伴随注册。`
      : `${instances.join(' 与 ')} 地址相同：若是同一进程，请把 ${companion} 设为 ${service} 的伴随注册；否则部署其中一个时，另一个会在上线状态下被重启。`,
  'in-two-targets': ({ instance }) => `${instance} 在本计划中出现在两个目标里：请只保留一处。`,
  probe: ({ target, reading, isDropped, level }) =>
    level === 'good'
      ? `${target} 的检查目前通过。`
      : isDropped
        ? `默认检查在正常工作的 ${target} 上不通过（${say(readings, reading)}）：改为要求注册信息保持健康 35 秒。`
        : `还没有做任何操作，${target} 的检查就不通过（${say(readings, reading)}）：请修正检查或该实例。`,
  ...drainFindings,
  ...commandFindings,
  'by-traffic': ({ service, order }) =>
    order.every(({ perSecond }) => perSecond === undefined)
      ? `服务 ${service} 按流量排序，但尚未测得：其来源要执行命令，开始时才会尝试。`
      : `服务 ${service} 按流量排序：${order.map(({ target, perSecond }) => `${target}（${perSecond === undefined ? '未知' : `每秒 ${Math.round(perSecond * 10) / 10} 次`}）`).join('、')}。`,
  'warm-up': ({ service, kinds }) =>
    `${service} 的预热只对按权重选择实例的消费者有效。${kinds.map((kind) => weighing[kind]).join('')}`,
  'warm-up-impossible': ({ version }) => `${version} 并不保留写入的所有权重，在那里无法预热：请去掉预热。`,
  'no-memory': ({ version }) =>
    `Nacos ${version} 在实例注销后不保留下线状态：重启后的实例会短暂在线，除非应用以 enabled=false 注册。`,
  'receiver-unreadable': ({ receiver, reference }) => `无法通知 ${receiver}：从 ${reference} 读不到内容。`,
  'uneven-weight': ({ instance, weight, usual }) =>
    `${instance} 的权重是 ${weight}，其他实例是 ${usual}：承担的流量比例不同。`,
};

/** A write that is sent before anybody said go is named. */
function trialText(trial: { readonly method: string } | undefined): string {
  return trial === undefined ? '' : `；已用 ${trial.method} 对无人使用的地址 0.0.0.0:1 试探`;
}

function leaderSentence(isThere: boolean, isKnown: boolean): string {
  if (!isKnown) return '服务端没有说明是否有 Raft leader：第一次写入时才能确定。';
  return isThere ? '服务端有 Raft leader。' : '服务端没有 Raft leader，无法修改：请先修复集群。';
}
