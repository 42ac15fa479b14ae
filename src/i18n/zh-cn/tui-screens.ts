import type { tuiScreens as en } from '../en/tui-screens.ts';
import { cli } from './cli.ts';
import { timeZhCn as time } from '../grammar/time-words.ts';
import { profileForm, profileWelcome } from './tui-profile.ts';
import { tuiReview } from './tui-review.ts';

export const tuiScreens: typeof en = {
  worlds: { real: '正式', rehearsal: '演练', sandbox: '沙箱' },
  production: '生产环境',
  readOnly: '只读',
  namespace: (id) => `命名空间 ${id}`,
  as: (user) => `用户 ${user}`,
  loading: '正在读取…',
  freshness: {
    old: (ageMs) => (ageMs === 0 ? '旧数据：刚刚读取' : `旧数据：${time(ageMs)}前读取`),
    justRead: '刚刚读取',
    live: '实时',
    every: (ms) => `每 ${time(ms)}读取`,
  },
  unread: {
    services: '无法读取服务列表。',
    instances: '无法读取实例列表。',
    namespaces: '无法读取命名空间列表。',
  },
  enlarge: (columns, rows) => `窗口太小：请放大到至少 ${columns} × ${rows}。期间一切照常进行。`,
  more: (n) => `… 还有 ${n} 项`,
  unreadable: (which, why) => `${which} 无法读取：${why}`,
  frozen: '画面已定格：一切照常进行。按任意键恢复刷新。',
  above: (n) => `… 上面还有 ${n} 行`,
  offer: {
    title: (n) => `${n} 次发布尚未结束`,
    state: cli.status.state,
    started: (at, by) => `${by} 于 ${at} 开始`,
    done: '已完成',
    off: '已下线',
    notDone: '原样',
    todo: '待执行',
    nacos: 'Nacos',
    same: '与日志一致',
  },
  profiles: {
    title: (n) => `配置档案 ${n}`,
    current: '当前',
    welcome: profileWelcome,
    columns: { name: '配置档案', server: '服务器', namespace: '命名空间', user: '用户' },
  },
  connecting: {
    title: '正在连接 Nacos',
    titleFailed: '未能连接 Nacos',
    since: (time) => `${time}前发出请求，尚无应答。`,
    next: (servers) =>
      servers === 1
        ? '若几秒内没有应答，将放弃并在此说明。'
        : '几秒内没有应答的地址会被放弃，改问下一个地址。',
    again: (key, command) => `按 ${key(command)} 重试。`,
    leave: (key) => `按 ${key('back')} 返回配置档案列表，按 ${key('quit')} 退出。不会改变任何内容。`,
    leaveGiven: (key) =>
      `按 ${key('back')} 前往配置档案列表，可另选一个；按 ${key('quit')} 退出。不会改变任何内容。`,
  },
  form: profileForm,
  services: {
    title: (shown, all) => `服务 ${shown} / ${all}`,
    coming: (come, all) => `读取中，已有 ${come}/${all}`,
    empty: '此命名空间没有服务。',
    noMatch: (key) => `没有匹配的服务：${key('back')} 清除过滤。`,
    columns: { service: '服务', group: '分组', on: '上线', off: '下线', ill: '异常', remark: '' },
    lastOne: '仅剩一个！',
    leftOff: (n) => `${n} 个因我们下线`,
    unreadable: (n) => `${n} 条无法读取`,
    noneOn: '全部不可用！',
    marked: (n) => `已选 ${n}`,
    filter: '过滤',
  },
  namespaces: { title: '命名空间', empty: '没有列出命名空间。' },
  instances: {
    title: (all, on, off, chosen) => `${all} 个实例 · ${on} 上线 · ${off} 下线 · 已选 ${chosen}，按此顺序`,
    empty: '此服务没有实例。',
    columns: {
      order: '顺序',
      instance: '实例',
      cluster: '集群',
      weight: '权重',
      state: '状态',
      version: '版本',
      zone: '区域',
    },
    states: {
      on: '上线',
      off: '下线',
      ill: '异常',
      absent: '未注册',
      unreadable: '无法读取',
      unknown: '未知',
    },
    beside: { process: '同一进程', ip: '同一 ip' },
    byUs: '（因我们）',
    takenOff: ({ rollout, by, at, command }) =>
      command === undefined
        ? `因 ${by} 的发布 ${rollout} 下线，${at}`
        : `由 ${by} 于 ${at} 用以下命令下线：${command}`,
    goesWith: '一同上下线',
    foundLater: '制定计划时查找',
    metadata: '元数据',
    persistent: '持久实例',
  },
  order: {
    title: (service, n) => `如何发布 ${service} 的 ${n} 个实例`,
    fields: {
      deploy: ['部署', '一条命令，对每个目标执行一次；提供 NACOS_ROLLOUT_IP 等变量'],
      timeout: ['时限', '超过后命令被终止'],
      drain: [
        '排空',
        '时间，或最慢的消费者：grpc、dubbo、ribbon、spring-cloud、legacy；有证据来源时为最长时间',
      ],
      evidence: [
        '调用证据',
        '来自 actuator:http://{ip}:{port}/actuator、connections、prometheus:URL#指标、json:URL#路径、command:命令行；多个之间写“ + ”；留空：没有',
      ],
      floor: ['排空下限', '有证据来源时至少这么久；留空：5s'],
      ceiling: ['排空上限', '仍有调用时最多这么久，然后再决定；留空：3m'],
      certainty: ['可信度', '达到多少才提前结束：99.9% 或 0.999；留空：99.9%'],
      slowest: ['最少调用', '分不清调用方时，最少调用的消费者每秒的次数，0.5/s 或 30/m；留空：不知道'],
      check: ['检查', 'http://{ip}:{port}/health、actuator:URL、grpc、tcp、none 或命令；留空：可行时用 tcp'],
      warmUp: ['预热', '上线后权重先为 10%，再为 50%，各占此时间的一半，如 60s；留空：立即全部恢复'],
      soak: ['观察', '上线后其检查持续正常这么久才开始下一个，如 60s；留空：不观察'],
      minimum: ['最小数量', '上线且健康的不少于：数字或 75%'],
      batch: ['每批', '同时进行的数量：2、25%，或每批之后累计完成多少：1,25%,100%'],
      zones: ['可用区', '逐个进行：cluster 或 metadata:KEY；留空：不分'],
      zoneMinimum: ['区内最少', '每个可用区中上线且健康的不少于：数字；0：不限'],
      drainAhead: ['提前排空', 'yes：前一批部署和检查期间，下一批先下线排空；no：依次进行'],
      rollback: ['回滚', '一条命令；留空：无'],
    },
    targets: '按此顺序',
  },
  review: tuiReview,
  prompts: {
    password: (user) => `${user} 的密码（只保存在内存中）`,
    'confirm-name': (service) => `这是生产环境。输入 ${service} 以开始`,
    override: (service) => `${service} 将低于最小数量。输入 ${service} 以接受`,
    companion: () => '同一 ip 的伴随注册：[分组@@]名称[:端口]，* 代表任意内容；或 process、ip',
    gone: () => '哪个实例已消失？输入其 ip:端口，如体检所列',
    'metadata-key': () => '按哪个元数据键排序？',
  },
  help: '本屏的按键',
  alert: (kind) =>
    kind === undefined
      ? '发布等待决定时终端不提醒：可在 console.json 的 alert 中设置。'
      : `发布等待决定时终端提醒：${kind}（alert）。`,
  offNow: (why) => `（目前不可用：${why}）`,
  between: '',
  item: (name, text) => `${name}：${text}`,
  texts: { report: '报告', requests: '请求（curl）', reached: '连接结果', consumers: '消费者' },
  noRequests: '还没有请求。',
  requestNotes: {
    trial: '审查中已发送，用于确认写权限',
    lease: '另有我们自己的租约（分组 NACOS_ROLLOUT 的 nacos-rollout-lease）：注册、保持、结束时注销',
  },
  reached: {
    server: (product, version, dialect) => `✓ ${product} ${version}，接口 ${dialect}`,
    nodes: (n, names) => `✓ ${n} 个服务端节点：${names}`,
    who: (user) => `✓ 以 ${user} 登录`,
    nobody: '✓ 未登录',
    key: (from) => `✓ 使用来自 ${from} 的 AccessKey 签名`,
    services: (n, namespace) => `✓ 命名空间 ${namespace} 中有 ${n} 个服务`,
    mayWrite: {
      yes: (service) => `✓ 可以写入 ${service}`,
      no: (service) => `✖ 不可写入 ${service}`,
      unknown: (service) => `? 能否写入 ${service} 要到第一次写入才知道`,
    },
  },
};
