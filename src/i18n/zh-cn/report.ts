import type { ReportWords } from '../en/report.ts';
import { stepNames } from './steps.ts';
import { certaintyText } from '../en/calls.ts';
import { drainDoubts, lastCall } from './calls.ts';
import { program } from '../../core/text/program.ts';
import { timeZhCn as time } from '../grammar/time-words.ts';
import { notWarmed } from './not-warmed.ts';
import { who } from './who.ts';
import { zonesOneByOne } from './zones.ts';

export const reportWords: ReportWords = {
  time,
  title: (id, isOnce) => (isOnce ? `单条命令 ${id}` : `发布 ${id}`),
  head: {
    by: '发起人',
    hosts: '发起主机',
    planned: '计划时间',
    last: '最后事件',
    outcome: '结果',
    nacos: 'Nacos',
    profile: '配置档案',
    user: '登录用户',
    directory: '工作目录',
    once: '命令',
    command: '部署命令',
    batches: '每批',
    zones: '可用区',
    minimum: '最小数量',
    exitCode: '退出码',
  },
  zones: zonesOneByOne,
  inEachZone: (service, minimum, by) => `${service} 每个可用区 ${minimum}（${by}）`,
  item: (name, value) => `${name}：${value}`,
  leftBeside: (id) =>
    `执行进程在结束时被杀：计划中有命令未执行，或有通知未送出。补做请用：\`${program} resume ${id}\``,
  running: '未结束',
  ended: {
    done: '完成',
    'done-with-some-failed': '已走完，有目标未成功发布就已上线',
    'done-with-some-off': '完成，有实例仍下线',
    aborted: '已中止',
    abandoned: '已放弃',
    stuck: '受阻',
    'at-gate': '停在卡点，等人放行',
    interrupted: '已停止',
    unattended: '已停下：无人值守',
    undecided: '已停下：无人按时决定',
    'too-many-failed': '已停下：失败过多',
    deadline: '到截止时间已停下',
  },
  stillLowered: (names) => `**因我们而权重仍低于原值：** ${names.join('、')}`,
  stillOff: (names) => `**因我们而仍下线：** ${names.join('、')}`,
  onAgain: (names) => `**日志中为下线，但 Nacos 显示在线：** ${names.join('、')}`,
  nothingOff: (isOnce) => `没有实例因这${isOnce ? '条命令' : '次发布'}而下线。`,
  notRestarted: (names) => `**没有看到重启：** ${names.join('、')}。是否仍在运行旧版本？`,
  targets: '目标',
  columns: { target: '目标', services: '服务', result: '结果', took: '用时', retries: '重试' },
  results: {
    done: '完成',
    'put-on': '按现状上线',
    'put-back': '已恢复',
    'rolled-back': '已回滚',
    'left-off': '保持下线',
    untouched: '未触及',
    waiting: '待办',
    ready: '进行中',
    running: '进行中',
    stuck: '受阻',
    ended: '已结束',
  },
  resultWith: (result, failed) => (failed.length === 0 ? result : `${result}；失败：${failed.join('、')}`),
  timeline: { at: '时间（UTC）', step: '步骤', took: '用时', outcome: '结果' },
  steps: stepNames,
  attempt: (attempt) => (attempt === 1 ? '' : `，第 ${attempt} 次`),
  outcomes: { done: '完成', skipped: '已跳过', failed: '失败', open: '日志中没有结果' },
  saved: ({ waitedMs, savedMs }) =>
    savedMs >= 0
      ? `排空共用时 ${time(waitedMs)}，比只按定时少等 ${time(savedMs)}。`
      : `排空共用时 ${time(waitedMs)}，因仍有调用到达或有人延长，比只按定时多等 ${time(-savedMs)}。`,
  ahead: ({ targets, savedMs }) => `${targets} 个目标提前排空，共节省 ${time(savedMs)}。`,
  drain: ({ endedBy, ms = 0, presetMs, evidence, certainty = 0, calls, lost }) => {
    const sources = evidence.length === 0 ? '' : `，依据 ${evidence.join('、')}`;
    const ends: Record<typeof endedBy, string> = {
      quiet: `${time(ms)}后判定不再有调用（只按定时为 ${time(presetMs)}），可信度 ${certaintyText(certainty)}${sources}`,
      time: `${time(ms)}后因时间已到而结束${sources}`,
      skipped: `已跳过${sources}`,
      'still-called': `${time(ms)}后仍有调用${sources}`,
      open: `日志中没有结果${sources}`,
    };
    const doubts = (calls?.doubts ?? []).map((doubt) => drainDoubts[doubt]);
    const gone = new Set(
      lost.filter(({ returnedAt }) => returnedAt === undefined).map(({ source }) => source),
    );
    const gaps = new Set(lost.map(({ source }) => source).filter((source) => !gone.has(source)));
    return [
      `排空：${ends[endedBy]}${lastCall(calls)}`,
      ...(doubts.length === 0 ? [] : [`沉默不足为证：${doubts.join('，')}`]),
      ...(gaps.size === 0 ? [] : [`曾一度没有消息：${[...gaps].join('、')}`]),
      ...(gone.size === 0 ? [] : [`失效后再没有消息：${[...gone].join('、')}`]),
    ].join('；');
  },
  calledAfter: ({ count, source, ms }) => `排空结束后 ${time(ms)}内又有 ${count} 次调用到达（${source}）`,
  exposed: ({ sources, ms, isAtLeast }) =>
    `本应保持下线却显示为在线（${sources.join('、')}）${ms === undefined ? '' : `，${isAtLeast ? '至少 ' : ''}${time(ms)}后重新下线`}`,
  notWarmed,
  decided: (what, by, via) => `${via ?? '决定'}：${what}（${who(by)}）`,
  decisions: {
    retry: '重试该步骤',
    'retry-target': '重新开始该目标',
    'leave-off': '保持下线并继续',
    'put-on': '按现状上线',
    'take-as-done': '视该步骤为完成',
    'take-new': '认定新实例就是它',
    'roll-back': '回滚该目标',
  },
  changed: (what, before, after) => `${what} 由 ${before} 变为 ${after}`,
  whole: '整个发布',
  requests: (n) => `写入请求（${n} 个）`,
  asked: (n) => `执行进程对 Nacos 的请求（共 ${n} 次）`,
  askedColumns: { node: '服务端节点', kind: '用途', count: '请求数', failed: '失败', bytes: '字节' },
  askedKinds: {
    lists: '实例列表',
    consumers: '消费者所见列表',
    settings: '服务设置',
    subscribers: '订阅者',
    writes: '写入',
    lease: '租约',
    server: '服务端信息与登录',
  },
  requestOutcomes: { accepted: '已接受', refused: '被拒绝', unknown: '结果未知', open: '日志中没有结果' },
  secretless: '未包含令牌：要重新发送请求，请把令牌放入 NACOS_TOKEN。',
};
