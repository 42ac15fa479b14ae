import type * as en from '../en/ailments.ts';
import { enableCommand } from '../../core/registry/enable-command.ts';
import { stepNames } from './steps.ts';
import { program } from '../../core/text/program.ts';
import type { Diagnosis } from '../../runner/ports/diagnosis.ts';
import type { LeftOff } from '../../core/report/left-off.ts';
import { endpointText } from '../../core/registry/service.ts';
import { shellWord } from '../../core/text/shell-word.ts';
import type { Repaired } from '../../runner/registry/repair.ts';
import { type Sayings, say } from '../grammar/say.ts';
import { timeZhCn as time } from '../grammar/time-words.ts';
import { launchProblems } from './launch-problems.ts';
import { profiles } from './profiles.ts';
import { namespaceUnproven, registryErrors } from './registry-errors.ts';
import { reportWords } from './report.ts';
import { readings, stepFailures } from './step-failures.ts';
import { unread, unreadableOf } from './unreadable.ts';
import { shortName } from '../../core/registry/service-name.ts';
import { gateWords } from './gates.ts';

const shownNow = {
  on: 'Nacos 显示为在线',
  off: 'Nacos 显示为已下线',
  lowered: 'Nacos 显示为在线，但只有部分权重',
  absent: '它已不存在，其标记可能还在',
  unknown: '不知道 Nacos 的显示',
} as const;
const marks = {
  off: '因我们而下线',
  'going-off': '可能因我们而下线',
  'coming-on': '可能因我们而仍下线',
  lowered: '因我们而权重低于原值',
} as const;

function leftSentence({
  registration,
  mark,
  lowered,
  rollout,
  by,
  since,
  step,
  why,
  command,
}: LeftOff): string {
  const name = `${endpointText(registration)}（${shortName(registration)}）${marks[mark]}`;
  if (command !== undefined) {
    const failed = why === undefined ? '' : `；${say(stepFailures, why)}`;
    return `${name}：${by} 于 ${since} 用以下命令将其下线：${command}${failed}`;
  }
  const did =
    mark === 'lowered' && lowered !== undefined
      ? `将其权重设为 ${lowered.written.at(-1)}（原为 ${lowered.full}）`
      : '将其下线';
  const because = why === undefined ? `发布停在${stepNames[step]}步骤` : say(stepFailures, why);
  return `${name}：${by} 的发布 ${rollout} 于 ${since} ${did}；${because}`;
}

function endSentence(text: string): string {
  return text.endsWith('。') ? text : `${text}。`;
}

type OffByUs = Extract<Diagnosis, { kind: 'off-by-us' }>;

export const byCommand: typeof en.byCommand = (mayAsk) => ({
  mend: `${program} doctor --yes`,
  gone: (instance) => `${program} doctor --gone ${shellWord(instance)}`,
  resume: (rollout) => `${program} resume ${rollout}${mayAsk ? '' : ' --yes'}`,
});

export const byKeys: typeof en.byKeys = (key) => ({
  ...byCommand(true),
  mend: `按键 ${key('mend')}`,
  gone: (instance) => `按键 ${key('gone')}，再输入 ${instance}`,
});

function howTo(
  { rollout, registration, mark, isHalfDeployed, isDeployOpen, command }: LeftOff,
  { shown, connection, isEnded }: Pick<OffByUs, 'shown' | 'connection' | 'isEnded'>,
  { mend, gone, resume: resumeOf }: en.MendingWays,
): string {
  const enable = enableCommand(registration, connection);
  const resume = resumeOf(rollout);
  if (command !== undefined) {
    return shown === 'absent'
      ? `若它不再回来：${gone(endpointText(registration))}；若会回来：${enable}`
      : `重新上线请用：${enable}`;
  }
  if (shown === 'absent')
    return `若它不再回来：${gone(endpointText(registration))}；若会回来：${isEnded ? enable : `${resume}。`}`;
  if (isEnded) {
    if (mark === 'lowered') return `恢复其权重请用：${mend}`;
    return isHalfDeployed
      ? `${isDeployOpen ? '不知道部署如何结束' : '部署没有正常结束'}：请先查看，然后用：${enable}`
      : `重新上线请用：${mend}`;
  }
  if (mark === 'lowered') return `继续请用 ${resume}，或恢复其权重请用：${mend}`;
  if (isDeployOpen) return `不知道部署如何结束：${resume} 会查明；或请先查看，然后用 ${enable}。`;
  return isHalfDeployed
    ? `部署没有正常结束：请先查看，然后用 ${resume} 或 ${enable}。`
    : `继续请用 ${resume}，或修复请用：${mend}`;
}

function ofTarget({ target, only }: Repaired): string {
  return only?.join('、') ?? target;
}

const mendings: Sayings<Repaired> = {
  'put-on': (mended) => `${ofTarget(mended)} 已重新上线，并已回读确认。`,
  'given-back': (mended) => `${ofTarget(mended)} 的权重已全部恢复，并已回读确认。`,
  'half-deployed': (mended) =>
    mended.isOpen
      ? `${ofTarget(mended)} 保持下线：不知道部署如何结束，请先查看。`
      : `${ofTarget(mended)} 保持下线：部署没有正常结束，请先查看。`,
  'not-registered': (mended) => `${ofTarget(mended)} 保持下线：并非在各处都已注册。`,
  forgotten: (mended) => `已不再等待 ${ofTarget(mended)}，也没有留下我们的标记。`,
  'still-there': (mended) => `没有放弃 ${ofTarget(mended)}：仍有服务端节点列出它，或没有应答。`,
  'not-well': (mended) => `${ofTarget(mended)} 保持下线：状态不正常（${say(readings, mended.reading)}）。`,
  failed: (mended) => `${ofTarget(mended)} 无法上线：${say(stepFailures, mended.why)}`,
};

export const ailments = (ways: en.MendingWays): Sayings<Diagnosis> => ({
  'off-by-us': ({ left, isRunning, isWaiting, ...now }) =>
    `${endSentence(leftSentence(left))}现在：${shownNow[now.shown]}。${isWaiting ? `其执行进程在等人决定：${program} attach ${left.rollout}` : isRunning ? '有执行进程正在处理。' : howTo(left, now, ways)}`,
  'off-by-others': ({ instance, service }) =>
    `${instance}（${service}）在 Nacos 中已下线，但在本机的记录中没有任何发布或命令使其下线。`,
  unreadable: ({ records, service }) =>
    service === undefined
      ? `该命名空间有 ${records.length} 个无法读取的服务：${records.slice(0, 3).map(unread).join('；')}。`
      : unreadableOf(service, records),
  'members-unreadable': ({ server, records }) =>
    `${server} 的集群列表中有 ${records.length} 个无法读取的成员：${records.map(unread).join('；')}。`,
  'nothing-off': () => '没有实例因本机的发布或命令而下线。',
  'stands-still': ({ rollout, by, gate }) =>
    gate === undefined
      ? `${by} 的发布 ${rollout} 停在原处，没有实例下线：继续请用 ${ways.resume(rollout)}。`
      : `${by} 的发布 ${rollout} 停在原处，没有实例下线：${gateWords.waitsFor(gate)}。${gateWords.passWith(rollout)}`,
  overtaken: ({ rollout, by }) =>
    `${by} 的发布 ${rollout} 停在原处，它留下的下线实例都已由之后的发布处理：继续请用 ${ways.resume(rollout)}；结束它请用：${ways.mend}`,
  journal: ({ problem }) => say(launchProblems, problem),
  lock: ({ service, by, since, id, isDead }) =>
    isDead
      ? `${service} 的锁（${by} 的发布 ${id}，始于 ${since}）由已不存在的进程留下：下一次发布会接管。`
      : `${service} 被 ${by} 的发布 ${id} 锁定，始于 ${since}。`,
  lease: ({ id, by, since, isDead }) =>
    isDead
      ? `${by} 的发布 ${id} 的租约（始于 ${since}）由已不存在的执行进程留下：30 秒内会自行结束。`
      : `${by} 的发布 ${id} 持有租约，始于 ${since}。`,
  'leases-unread': ({ server, error }) =>
    `无法得知 ${server} 上是否有发布持有租约：${say(registryErrors, error)}`,
  terminal: ({ columns, rows }) => `终端为 ${columns}×${rows}。`,
  'terminal-small': ({ columns, rows }) => `终端为 ${columns}×${rows}；控制台按 80×24 及以上设计。`,
  'no-terminal': () => '这里没有终端：命令可用，控制台不可用。',
  'terminal-dumb': ({ term }) => `TERM 为 "${term}"：控制台需要能移动光标的终端。`,
  locale: ({ isUtf8 }) =>
    isUtf8
      ? '语言环境为 UTF-8。'
      : '语言环境不是 UTF-8：控制台只用简单字符绘制；请将 LANG 设为以 UTF-8 结尾的值。',
  profiles: ({ path, count }) => `${path} 中有 ${count} 个配置档案。`,
  'profiles-open': ({ path, mode }) => profiles.warning({ kind: 'open-to-others', path, mode }),
  configuration: ({ problem }) => profiles.problem(problem),
  state: ({ path }) => `日志保存在 ${path}。`,
  'state-open': ({ path, mode }) => `${path} 可被他人读取（权限 ${mode}）：请 chmod 700。`,
  'state-unwritable': ({ path, detail }) =>
    `无法写入 ${path}（${detail}）：没有日志就不会开始；请设置 XDG_STATE_HOME。`,
  'no-server': () => '没有给出服务器，因此只检查了本机：请给出 --server 或 --profile。',
  server: ({ server, product, version }) => `${server} 是 ${product} ${version}。`,
  unreachable: ({ error }) => say(registryErrors, error),
  'namespace-unproven': ({ namespace }) => namespaceUnproven(namespace),
  secret: ({ server, detail }) => `没有询问 ${server}：无法取得连接所需的内容（${detail}）。`,
  'leader-missing': ({ server }) => `${server} 没有 Raft leader：不接受任何修改。`,
  clock: ({ server, differenceMs }) =>
    `${server} 的时钟比我们${differenceMs < 0 ? '慢' : '快'} ${time(Math.abs(differenceMs))}。`,
  mended: ({ mended }) => say(mendings, mended),
  'rollout-closed': ({ rollout, notThrough }) =>
    `发布 ${rollout} 随之结束，因为它没有任何实例仍下线；它不能再继续。${
      notThrough.length === 0
        ? '它的所有目标都已完成。'
        : `未完成：${notThrough.map(({ target, result }) => `${target}（${reportWords.results[result]}）`).join('、')}。未发布的请用新的发布处理。`
    }`,
  'mend-refused': ({ problem }) => say(launchProblems, problem),
  'mend-read-only': ({ rollout, profile }) =>
    `发布 ${rollout} 的内容一概未写：那要通过配置档案 ${profile}，而它是只读的。请用 --profile 指定另一个，或取消只读：${program} profile edit ${profile} --no-read-only`,
  'locks-released': ({ count }) => `已释放 ${count} 个由已不存在的进程留下的锁。`,
});
