import { consumerText } from '../../core/drain/consumers.ts';
import type { Doubt } from '../../core/drain/drain-verdict.ts';
import { type EvidenceKind, evidenceKinds } from '../../core/drain/evidence-kind.ts';
import type { EvidenceFlaw } from '../../core/drain/evidence-flaw.ts';
import type { DrainProblem } from '../../core/plan/drain-settings.ts';
import type { MeasuredCalls } from '../../runner/review/review.ts';
import type { WatchedDrain, drainFindings as drainFindingsEn } from '../en/drain.ts';
import { type Sayings, say } from '../grammar/say.ts';
import { timeZhCn as time } from '../grammar/time-words.ts';
import { certaintyText } from '../en/calls.ts';
import { registryErrors } from './registry-errors.ts';
import { readings, refusals } from './step-failures.ts';

export const drainProblems: Sayings<DrainProblem> = {
  'two-presets': ({ consumers, time: given }) =>
    `consumers（${consumers}）和 time（${given}）都在说没有证据时等多久，只能写一个`,
  'needs-evidence': ({ setting }) =>
    setting === 'floor'
      ? '与时间或消费者种类并用的 floor 需要 evidence；请加上 evidence，或去掉 floor'
      : `没有 evidence 时 ${setting} 没有意义；请加上 evidence，或去掉 ${setting}`,
  'floor-over-ceiling': ({ floorMs, ceilingMs }) =>
    `下限 ${time(floorMs)} 超过了上限 ${time(ceilingMs)}；请调小 floor 或调大 ceiling`,
  'floor-over-preset': ({ floorMs, presetMs }) =>
    `下限 ${time(floorMs)} 超过了没有证据时要等的 ${time(presetMs)}；请调小 floor，或把时间加长`,
  'ceiling-under-preset': ({ ceilingMs, presetMs }) =>
    `上限 ${time(ceilingMs)} 低于没有证据时要等的 ${time(presetMs)}；请调大 ceiling，或把时间缩短`,
  'login-in-url': ({ source }) =>
    `URL 中的登录信息会出现在日志记录里（${source}）；请改用从其存放处读取它的命令，如 command:'curl -fsS -K login.curl …'`,
  placeholder: ({ run, placeholder, variable }) =>
    `命令行中不会填入占位符，而“${run}”里有 ${placeholder}；在命令中请用 "$${variable}"`,
};

const sources = `可用的有 ${evidenceKinds.join('、')}，或只写 none`;
const evidenceForms: Readonly<Record<EvidenceKind, string>> = {
  connections: 'connections 或 connections:命令',
  actuator: 'actuator:URL',
  prometheus: 'prometheus:URL#指标',
  json: 'json:URL#路径',
  command: 'command:命令行',
};

export function evidenceFlaw(flaw: EvidenceFlaw): string {
  return 'source' in flaw
    ? `${say(evidenceFlaws, flaw)}；请写 ${evidenceForms[flaw.source]}`
    : say(evidenceFlaws, flaw);
}

const evidenceFlaws: Sayings<EvidenceFlaw> = {
  'no-such-source': ({ typed, similar }) =>
    `没有来源 ${typed}${similar === undefined ? '' : `，是不是 ${similar}`}；${sources}`,
  'none-alone': () => 'none 只能单独写，表示不用配置档案里的证据来源',
  'open-brackets': () => '方括号没有结束',
  'empty-brackets': () => '方括号里没有写谁',
  'stray-brackets': () => '它不区分调用方，方括号里不能写要忽略的调用方',
  'nothing-behind': ({ source }) => `${source}${source === 'connections' ? ':' : ''} 后面什么也没有`,
  'no-part': ({ source }) => `# 后面缺少${source === 'json' ? '路径' : '指标'}`,
  'no-url': ({ text }) => `${text} 不是以 http:// 或 https:// 开头的 URL`,
  'stray-part': ({ text }) => `URL 后面不应有 ${text}`,
  'bad-metric': ({ text }) => `${text} 不是指标，指标写作 calls_total 或 calls_total{code="200"}`,
};

const doubts: Readonly<Record<Doubt, string>> = {
  'not-watched': '没有来源从下线之前起就在观察',
  'unknown-consumers': 'Nacos 没有逐个列出消费它的客户端',
  'several-consumers':
    '有多个消费者而这些来源分不清调用方：少调用的会被多调用的掩盖，除非用 slowest 写明它多久调用一次',
  'unseen-consumer': 'Nacos 没有列出任何消费者',
  uncovered: '它的某个注册没有任何来源可以说明',
};

export function drainTime({ ms, consumers, watch }: WatchedDrain): string {
  if (watch.floorMs >= ms)
    return `不少于 ${time(ms)}（${consumers ?? '按所给时间'}），因为下限并不更短：证据只能延长它，仍有调用则最多到 ${time(watch.ceilingMs)}`;
  return `至少 ${time(watch.floorMs)}，最多 ${time(ms)}（${consumers ?? '按所给时间'}），仍有调用则最多到 ${time(watch.ceilingMs)}`;
}

function measuredText({ source, perSecond, isLeast, silent }: MeasuredCalls): string {
  const rate = Math.round(perSecond * 10) / 10;
  const calls = rate === 0 ? '1 秒内没有调用' : `现在${isLeast ? '至少' : ''}每秒 ${rate} 次调用`;
  const nobody = silent.length === 0 ? '' : `，其中没有调用 ${silent.slice(0, shownMax).join('、')}`;
  return `${source}（${calls}${nobody}）`;
}

const shownMax = 10;

export const drainFindings: typeof drainFindingsEn = {
  'evidence-fails': ({ targets, source, reading }) =>
    `${targets.join('、')} 现在正常工作，但证据来源 ${source} 什么也没说明（${say(readings, reading)}）：请改正它，或去掉它。`,
  'evidence-counts-us': ({ source, instances }) =>
    `${instances.join('、')} 的证据来源 ${source} 每被我们读取一次就增长，因此永远不会沉默：请把我们自己的请求排除在外（例如指标加上 {uri!~"/metrics"}，或用 ignore），或换一个来源。`,
  evidence: ({ service, drain, because, untried, measured }) => {
    const { ms, watch } = drain;
    const when =
      because.length === 0
        ? `在不再有调用时结束（可信度 ${certaintyText(watch.certainty)}）：${drainTime(drain)}`
        : `为 ${time(ms)}（${drain.consumers ?? '按所给时间'}），不会提前结束，因为${because.map((doubt) => doubts[doubt]).join('；')}；仍有调用则最多到 ${time(watch.ceilingMs)}`;
    const notTried = untried.map((source) => `${source}（未试：命令只在真正开始之前才运行）`);
    const told = [...measured.map(measuredText), ...notTried].join('、');
    return `服务 ${service} 的排空${when}。${told === '' ? '' : `证据来源：${told}。`}`;
  },
  consumers: ({ service, consumers, assumed, neededMs, plannedMs, level }) => {
    if (consumers.length === 0) return `Nacos 没有列出 ${service} 的任何消费者：只查询列表的不会列出。`;
    const shown = consumers.slice(0, shownMax).map(consumerText).join('、');
    const more = consumers.length > shownMax ? `，另有 ${consumers.length - shownMax} 个` : '';
    const taken = `最慢的按 ${assumed} 看待，下线后可能还会调用 ${time(neededMs)}`;
    const short = `；计划只等 ${time(plannedMs)}：请把排空改为 ${assumed}（控制台的“排空”一栏，或 --drain ${assumed}），除非确知它们更快`;
    return `${service} 的消费者：${shown}${more}；${taken}${level === 'good' ? '' : short}。`;
  },
  'consumers-unknown': ({ service, error }) =>
    `无法读取谁在消费 ${service}，因此无法说明它们需要多久：${say(registryErrors, error)}`,
  'drain-ahead': ({ targets, eachMs, allMs, isLate }) =>
    `${targets} 个目标可以在前一批部署和检查期间先排空：若部署和检查不短于排空，每次节省 ${time(eachMs)}，共 ${time(allMs)}${isLate ? '。其中一些要等最近上线的实例满一个排空时间：此前有的消费者还不知道它们，计算最小数量时算作下线，因此节省较少' : ''}。`,
  'drain-ahead-refused': ({ targets, refusal }) =>
    `${targets} 个目标虽设了提前排空，仍要等前一批走完，因为余量不够：${say(refusals, refusal)}`,
};
