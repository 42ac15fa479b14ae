import { tuiExit } from './tui-exit.ts';
import { stepNames } from './steps.ts';
import type { tuiRollout as en } from '../en/tui-rollout.ts';

export const tuiRollout: typeof en = {
  rollout: (id) => `发布 ${id}`,
  summary: (done, count, off, time) => `已完成 ${done} / ${count} · ${off} 个下线 · ${time}`,
  capacity: (after, minimum) => `上线且健康 ${after}，最小数量 ${minimum}`,
  capacityBar: (bar, on, all, minimum) => `上线且健康 ${bar} ${on}/${all}，最小数量 ${minimum}`,
  columns: {
    target: '目标',
    disable: '下线',
    drain: '排空',
    deploy: '部署',
    'before-target': '前置',
    'after-disable': '钩子',
    'after-target': '收尾',
    check: '检查',
    enable: '上线',
    'warm-up': '预热',
    soak: '观察',
    says: 'Nacos 现在显示',
    asIf: 'Nacos 假想显示',
    said: 'Nacos 当时显示',
  },
  steps: {
    disable: '正在下线',
    drain: '正在排空',
    deploy: '正在部署',
    'before-target': '正在执行钩子 beforeTarget',
    'after-disable': '正在执行钩子 afterDisable',
    'after-target': '正在执行钩子 afterTarget',
    check: '正在检查',
    enable: '正在上线',
    'warm-up': '正在预热',
    soak: '正在观察',
  },
  results: {
    done: '完成',
    'put-on': '已直接上线',
    'rolled-back': '已回滚',
    'put-back': '已恢复',
    'left-off': '留在下线',
    untouched: '未动',
  },
  companions: (n) => `另有 ${n} 个一同上下线`,
  moreDiffer: (n) => `另有 ${n} 个`,
  registrationsOf: (target) => `${target} 的全部注册`,
  differs: (state) => `Nacos 显示为“${state}”，与我们所做不符`,
  nodesDisagree: (agreeing, all) => `${agreeing}/${all} 个节点`,
  notReadYet: '尚未读取',
  firstAnswer: '正在读取 Nacos：等待其首次响应。',
  silent: (since) =>
    since === undefined
      ? 'Nacos 无响应；尚不知其显示的状态。'
      : `Nacos 自 ${since} 起无响应；所显示的是当时的状态。`,
  unread: (since) =>
    since === undefined
      ? '无法读取 Nacos；尚不知其显示的状态。'
      : `自 ${since} 起无法读取 Nacos；所显示的是当时的状态。`,
  joining: '正在读取日志…',
  timers: {
    disable: (name, took) => `正在下线 ${name}，已 ${took}。`,
    drain: (name, took, total) => `正在排空 ${name}：${took} / ${total}`,
    deploy: (name, took, limit) => `正在部署 ${name}：${took}，最多 ${limit}`,
    hook: (name, hook, took, limit) => `正在为 ${name} 执行${hook}：${took}，最多 ${limit}`,
    retry: (name, step, took, total) => `${name} 的${step}稍后重试：已等 ${took} / ${total}`,
    check: (name, took, limit) => `正在检查 ${name}：${took}，最多 ${limit}`,
    enable: (name, took) => `正在上线 ${name}，已 ${took}。`,
    warmUp: (name, took, total) => `正在预热 ${name}：${took} / ${total}`,
    soak: (name, took, total) => `${name} 已在服务中，正在观察：${took} / ${total}`,
  },
  because: {
    disable: '等待所有服务端节点都显示已下线。',
    drain: (consumers, left, isExtended) =>
      isExtended
        ? `已延长，还要等 ${left}。`
        : consumers === undefined
          ? `按计划还要等 ${left}。`
          : `还要等 ${left}：${consumers} 类消费者可能仍在调用它。`,
    drainKeys: (key) => `${key('skip-drain')} 跳过，${key('extend-drain')} 加 10 秒。`,
    deploy: (command, key) => `等待 ${command} 结束。按 ${key('log')} 看输出。`,
    retry: (left) => `上次失败；按计划还会重试 ${left} 次。`,
    check: (times) =>
      times === 1
        ? '等待其重新注册、健康，且检查正常。'
        : `等待其重新注册、健康，且检查连续 ${times} 次正常。`,
    enable: '等待所有服务端节点都显示已上线。',
    warmUp: (share) =>
      share === undefined
        ? '它已上线。检查须持续正常。'
        : `它已上线，权重为 ${share.weight}（原为 ${share.full}），检查持续正常才会增加。`,
    soak: (left) => `它已上线。检查还须持续正常 ${left}，下一个才会开始。`,
  },
  ahead: {
    disable: (name) => `同时 ${name} 正在提前下线。`,
    drain: (name, took, total) => `同时 ${name} 正在提前排空：${took} / ${total}`,
    deploy: (name) => `${name} 已排空并保持下线，轮到它时部署。`,
  },
  drainsAgain: (name, unseen) => `至少有 ${unseen} 无人能看到 ${name} 的状态：重新排空。`,
  told: {
    gone: (nodes) =>
      `已通知消费者它已下线：${nodes.map(({ node, time }) => `${node}（${time}后）`).join('、')}。`,
    late: (nodes) => `列表已显示下线，但 ${nodes.join('、')} 没有及时通知消费者。`,
    unheard: (nodes, why) =>
      why === undefined
        ? `收不到 ${nodes.join('、')} 的推送（gRPC 端口不通）：改为轮询列表。`
        : `收不到 ${nodes.join('、')} 的推送：改为轮询列表。${why}`,
  },
  paused: {
    asked: (by, key) => `已由 ${by} 暂停：不再开始新步骤。按 ${key('continue')} 继续。`,
    'terminal-lost': (_by, key) => `已暂停：终端已断开。按 ${key('continue')} 继续。`,
    'registry-lost': () => '已暂停：Nacos 无响应。',
    'lease-lost': () => '已暂停：租约已丢失。',
  },
  decidedWaits: (names, key) => `对 ${names} 的决定在按 ${key('continue')} 继续后才开始执行。`,
  pastDeadline: (at, key) =>
    `已过截止时间 ${at}：不再开始新的目标，正在进行的会走完。按 ${key('continue')} 继续。`,
  goesOn: {
    'registry-lost': (key) => `所有节点恢复应答后自动继续；按 ${key('pause')} 保持暂停。`,
    'lease-lost': (key) => `找回后自动继续；按 ${key('pause')} 保持暂停。`,
  },
  stayingPaused: (by, key) => `恢复后也按 ${by} 的要求保持暂停，按 ${key('continue')} 才继续。`,
  pausedWaits: '没有正在进行的步骤。',
  faster: (times) => `${times} 倍速`,
  rehearsing: (times) => `不写入；时间加快 ${times} 倍`,
  watching: '只观察',
  aborting: { 'put-back': '正在中止：将正常的实例重新上线。', leave: '正在中止：一切保持现状。' },
  stopping: '正在停止',
  stuck: (name, step, attempt) => `${name} · ${step}失败（第 ${attempt} 次）`,
  stuckWords: stepNames,
  isOff: (marks) => `它现在处于下线：${marks}。`,
  alsoOff: (names) => `同样因此次发布而下线：${names}。`,
  isOn: '它仍上线，与我们所见相同。',
  wasOff: '它在我们之前就已下线，现在仍是。',
  isTakenOff: (names) => `已下线，但不是由这次发布下线的：${names}。`,
  isOnAgain: (key) => `它已重新上线：按 ${key('retry')} 继续。`,
  looksAgain: '再看一次：它一上线，就按计划发布',
  soaked: {
    isOn: '它已上线，正在服务中。',
    retry: '重新观察完整的一段时间',
    'take-as-done': '保持现状继续上线；开始下一个',
    'leave-off': '将它下线并保持下线，直到有人将其上线；开始下一个',
  },
  warmed: {
    isOn: '它已上线，正在服务中，只有部分权重。',
    retry: '从最小的权重重新预热',
    'take-as-done': '立即恢复全部权重并保持上线；开始下一个',
    'leave-off': '将它下线并保持下线，直到有人将其上线；开始下一个',
  },
  before: {
    isOn: '它仍上线，与我们所见相同。',
    retry: '再执行一次钩子',
    'take-as-done': '视钩子为完成；现在开始下线',
    'leave-off': '保持上线，不部署；开始下一个',
  },
  after: {
    isOn: '它已上线，正在服务中。',
    retry: '再执行一次钩子',
    'take-as-done': '视钩子为完成；开始下一个',
    'leave-off': '将它下线并保持下线，直到有人将其上线；开始下一个',
  },
  deploysCalled: '尽管仍有调用也开始部署；这些调用会被中断',
  forgets: '它已不存在：收回它的标记，不再等待它；开始下一个',
  leaves: {
    retry: '重新执行该步骤；其他不变',
    'retry-target': '所有步骤从头执行：下线、排空、部署、检查、上线',
    'leave-off': '保持下线，直到有人将其上线；开始下一个',
    'take-new': '新出现的实例就是它：先下线再检查',
    'roll-back': '执行计划中的回滚命令，然后检查并上线；开始下一个',
    'put-on': '不经检查交还给消费者；开始下一个',
    'take-as-done': '视该步骤为完成；进入下一步',
    abort: '结束发布：将正常的实例重新上线，或一切保持现状；会先询问',
  },
  outcomes: {
    done: '完成：所有目标都已执行完。',
    'done-with-some-failed': '已结束，有目标未成功发布就已上线。',
    'done-with-some-off': '已结束，有实例仍下线。',
    aborted: '已中止。',
    abandoned: '已放弃。',
  },
  unheard: '执行进程已不在：不再执行任何步骤，也无人让已下线的实例保持下线。以上均为当时的状态。',
  unheardKeys: (key) => `日志已保留：按 ${key('continue')} 继续，按 ${key('abort')} 将正常的实例重新上线。`,
  unheardWatching: (key) =>
    `日志已保留。此控制台只是观察：按 esc，再按 ${key('rollouts')}，在那里按 ${key('carry-on')} 继续或按 ${key('put-back')} 恢复。`,
  rested: (key) =>
    `执行进程已休止：按 ${key('continue')} 继续此次发布，按 ${key('abort')} 将正常的实例重新上线并结束。`,
  offNow: (names) => `因我们而下线：${names}`,
  rehearsed: '演练完毕：未写入任何内容。所有目标都会执行完。',
  rehearsedWithTrouble: '演练完毕：未写入任何内容。并非所有目标都会执行完，见下。',
  wouldBeOff: (names) => `结束时会处于下线：${names}`,
  notRestarted: (names) => `未见重启：${names}。是否仍在运行旧版本？`,
  keyToPutOn: (key) => `要将其上线：按 ${key('back')}，再在实例上按 ${key('switch-on')}。`,
  orInShell: '或在命令行执行：',
  nothingOff: '没有因我们而下线的实例。',
  othersOff: (names) => `我们下线的都已恢复上线；Nacos 显示 ${names} 下线：是之后由别人下线的。`,
  report: (command) => `它的报告：${command}`,
  reportOfSandbox: (command) => `它的报告（在另一个 shell 中，趁此处未关闭）：${command}`,
  log: (target) => `${target} 最近一次命令的输出`,
  logNone: '它没有任何输出。',
  logEmpty: '还没有输出。',
  gateway: (perSecond, requests) => `网关 ${perSecond}/秒 · ${requests} 次请求 · `,
  failures: (n) => `${n} 次失败`,
  lists: (time) => `所用实例列表最多缓存 ${time}`,
  saved: (waited, saved) => `排空共用时 ${waited}，比只按定时少等 ${saved}。`,
  savedAhead: (targets, saved) => `${targets} 个目标提前排空，共节省 ${saved}。`,
  added: (waited, added) => `排空共用时 ${waited}，因仍有调用到达或有人延长，比只按定时多等 ${added}。`,
  exitSummary: tuiExit,
};
