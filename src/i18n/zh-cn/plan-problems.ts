import type { PlanNote, PlanProblem } from '../../core/plan/plan-problem.ts';
import { placeholderNames } from '../../core/text/placeholder.ts';
import { type Sayings, say } from '../grammar/say.ts';
import { drainProblems } from './drain.ts';
import { insteadOfService } from './registry-errors.ts';
import { unread } from './unreadable.ts';
import { registeredTwice, twinAdvice } from './twins.ts';

export const planProblems: Sayings<PlanProblem> = {
  'service-missing': (missing) => `该命名空间中没有服务 ${missing.service}${insteadOfService(missing)}`,
  'companion-service-missing': (missing) =>
    `伴随注册 ${missing.service}（--companion，或计划文件中的 companions）不是此命名空间中的服务${insteadOfService(missing)}`,
  'instance-missing': ({ service, instance, similar }) =>
    `服务 ${service} 没有实例 ${instance}${otherwise(similar, '现有实例')}。`,
  'host-missing': ({ host, service }) =>
    service === undefined
      ? `该命名空间中没有注册在 ${host} 的实例。`
      : `服务 ${service} 没有注册在 ${host} 的实例。`,
  'cluster-missing': ({ service, cluster, similar }) =>
    `服务 ${service} 在集群 ${cluster} 中没有实例${otherwise(similar, '现有集群')}。`,
  'companion-missing': ({ instance, companion, found }) =>
    `${instance} 所在的机器上没有注册 ${companion}${otherwise(found, '它注册在')}。`,
  'companion-ambiguous': ({ instance, companion, found }) =>
    `${companion} 在 ${instance} 所在的机器上注册了多次（${found.join('、')}）：请给出端口。`,
  'pattern-missing': ({ instance, pattern, similar }) =>
    `${instance} 所在的机器上没有与 ${pattern} 相符的注册${otherwise(similar, '现有')}。`,
  'process-unknown': ({ service, instance }) =>
    `该服务器不提供服务 ${service} 的 ${instance} 所属客户端的其他注册（Nacos 2.2 及以上版本才提供，且需要管理员权限）：请逐个写出伴随注册，或用通配名称、ip 代替 process。`,
  'in-two-targets': ({ service, instance, targets }) =>
    `服务 ${service} 的 ${instance} 出现在两个目标里（${targets.join('、')}）：请只保留一处。`,
  'registered-twice': ({ service, instance, twins, clients }) =>
    `${registeredTwice(`${service} 的 ${instance}`, twins, clients)}。${twinAdvice}或者排除它。`,
  'bad-address': ({ service, instance }) =>
    `服务 ${service} 的实例 ${instance} 的地址既不是 IP 也不是主机名：请排除它，这样的实例不会被发布。`,
  unreadable: ({ service, instance, unread: record }) =>
    `服务 ${service} 在 ${instance} 的注册信息无法读取（${unread(record)}），不会被发布：请去掉它，或先让它正确注册。`,
  'deploy-missing': ({ service }) =>
    `服务 ${service} 没有部署命令：请给出 --deploy '命令'，或在计划或配置档案中设置 deploy。`,
  drain: ({ service, problem }) => `${service} 的排空设置不对：${say(drainProblems, problem)}。`,
  'unknown-placeholder': ({ service, setting, placeholder, similar }) =>
    `服务 ${service} 的${settingNames[setting]}里有 ${placeholder}，没有这个占位符${similar === undefined ? '' : `；是不是 ${similar}`}。可用的有：${placeholderNames.map((name) => `{${name}}`).join('、')}。`,
  'placeholder-in-line': ({ service, setting, run, placeholder, variable }) =>
    `命令行里不做任何替换：请在服务 ${service} 的${lineNames[setting]}中把 ${placeholder} 写成 "$${variable}"（${run}）。`,
  'login-in-url': ({ service, setting, url }) =>
    `服务 ${service} 的${settingNames[setting]}在 URL 中写了登录信息（${url}），它会出现在日志记录里；请改用从其存放处读取它的命令，如 'curl -fsS -K login.curl "http://$NACOS_ROLLOUT_IP:$NACOS_ROLLOUT_PORT/…"'。`,
  'order-key-missing': ({ service }) =>
    `服务 ${service} 按元数据排序，但没有指定键：请写 metadata:KEY，或在计划中给出 key。`,
  'zone-key-missing': ({ service, key, similar }) =>
    `服务 ${service} 的实例元数据中都没有用来区分可用区的 ${key}${otherwise(similar, '现有的键')}。`,
  'order-without-evidence': ({ service }) =>
    `服务 ${service} 要按流量排序，但没有来源能说明谁在被调用：请在其排空设置中给出证据来源，如 --evidence connections 或计划中的 evidence。`,
  'metadata-key-missing': ({ service, key, similar, keys, where }) =>
    `服务 ${service} 的实例元数据中都没有 ${key}${where === undefined ? '，无法判断哪些已是该版本' : ''}${similar === undefined ? `${otherwise(keys, '现有')}。` : `；是否想写 ${similar}？`}`,
  'nothing-fits': ({ service, where, found }) =>
    `服务 ${service} 没有满足 ${where.join('、')} 的实例${otherwise(found, '现有')}。`,
  'all-on-version': ({ services }) =>
    `没有需要做的了：${services.map(({ service, version }) => `服务 ${service} 选中的实例都已是版本 ${version}`).join('；')}。`,
  'nothing-to-roll': ({ service, why, instances }) => nothing[why](service, instances),
};

const settingNames = {
  evidence: '证据',
  check: '检查',
  soak: '观察期检查',
  leave: '下线调用',
  back: '上线调用',
} as const;

const lineNames = {
  deploy: '部署命令',
  hooks: '钩子',
  rollback: '回滚命令',
  leave: '下线命令',
  back: '上线命令',
  check: '检查',
  warmUp: '预热检查',
  soak: '观察期检查',
} as const;

const nothing = {
  empty: (service: string) => `服务 ${service} 没有可发布的实例。`,
  excluded: (service: string) => `服务 ${service} 的所有实例都被排除了：没有可发布的实例。`,
  unreadable: (service: string) => `服务 ${service} 的注册信息都无法读取：没有可发布的实例。`,
  'already-off': (service: string, instances: readonly string[]) =>
    `服务 ${service} 待发布的实例均已下线（${some(instances)}）：请先上线，或在计划中设置 alreadyOff: take-along。`,
};

export const planNotes: Sayings<PlanNote> = {
  'other-ports': ({ service, ports, instances }) =>
    `配置档案中服务 ${service} 的端口是 ${ports.join('、')}，只用于 --ip 和 --self；这里发布其所有端口，也包括 ${some(instances)}。不需要的请用 --exclude 排除。`,
  'already-off': ({ service, instance, isTakenAlong }) =>
    isTakenAlong
      ? `服务 ${service} 的 ${instance} 本来就已下线：仍会发布，之后保持下线。`
      : `服务 ${service} 的 ${instance} 本来就已下线：不包含在内。`,
  'no-zone': ({ service, key, instances }) =>
    `服务 ${service} 的 ${some(instances)} 元数据中没有 ${key}：单独算作一个可用区。`,
  'on-version': ({ service, version, instances }) =>
    `服务 ${service} 的以下实例按其元数据已是版本 ${version}，不包含在内：${some(instances)}。`,
  'gate-idle': ({ place, what }) => `卡点 ${place}（${what}）不会生效：本计划中没有对应的位置。`,
  'nothing-beside': ({ instances, rule }) =>
    rule === 'process'
      ? `注册 ${some(instances)} 的客户端没有其他注册：它将单独处理。同一进程可能另有客户端（例如 Dubbo）：请用通配名称指定。`
      : `${some(instances)} 所在的 ip 上没有其他注册：它将单独处理。`,
  'left-alone': ({ service, services }) =>
    `${service} 旁边的以下注册保持不变，因为没有人调用它们：${some(services)}。`,
  'companions-changed': ({ instance, came, gone }) =>
    `${instance} 的伴随注册与保存计划时不同：${[
      ...(came.length > 0 ? [`之后新增（一并处理）：${came.join('、')}`] : []),
      ...(gone.length > 0 ? [`之后消失：${gone.join('、')}`] : []),
    ].join('；')}。`,
  'name-like-a-port': ({ typed, companion, other, entry }) =>
    `${typed} 被理解为服务 ${companion}；${other} 也有端口 ${entry.port}：如果指的是后者，请在计划文件中写 companions: [{ service: ${JSON.stringify(entry.service)}, port: ${JSON.stringify(entry.port)} }]。`,
};

const namedMax = 12;

/** The first of them, and how many they are. */
function some(names: readonly string[]): string {
  return names.length > namedMax
    ? `${names.slice(0, namedMax).join('、')} 等 ${names.length} 个`
    : names.join('、');
}

function otherwise(names: readonly string[], introduction: string): string {
  return names.length === 0 ? '' : `；${introduction}：${names.join('、')}`;
}
