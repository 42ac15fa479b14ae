import { isRolloutId } from '../../core/registry/lease.ts';
import { program } from '../../core/text/program.ts';
import type { LaunchProblem } from '../../runner/ports/face-ports.ts';
import type { OrderRefusal } from '../../runner/ports/protocol.ts';
import type { Sayings } from '../grammar/say.ts';

export const launchProblems: Sayings<LaunchProblem> = {
  locked: ({ by, since, service, id }) =>
    `${service} 正由 ${by} 发布（始于 ${since}，发布 ${id}）：请等待${isRolloutId(id) ? `，或在发起它的机器上以同一用户查看：${program} attach ${id}` : '。'}`,
  'journal-held': ({ id, by, since }) =>
    `${by} 自 ${since} 起正在继续、修复或放弃发布 ${id}：请等它完成，再查看：${program} status ${id}`,
  'no-such-rollout': ({ id }) =>
    id === ''
      ? `本机没有未结束的发布；请查看：${program} history`
      : `本机没有发布 ${id}；请查看：${program} history`,
  'no-runner': ({ id }) => `发布 ${id} 目前没有进程在执行：继续执行请用：${program} resume ${id}`,
  'still-running': ({ id }) => `发布 ${id} 正在执行：跟踪请用：${program} attach ${id}`,
  elsewhere: ({ id, host }) =>
    `发布 ${id} 的执行进程在 ${host} 上，可能仍在执行：请到那里查看。若 ${host} 已不复存在，可用此命令先查其租约，再将正常的实例重新上线：${program} resume ${id} --abort put-back`,
  'already-ended': ({ id }) =>
    `发布 ${id} 已经结束：没有可继续的内容。全过程：${program} report ${id}；因它而下线的：${program} status`,
  'unreadable-journal': ({ id, line, detail }) =>
    `发布 ${id} 的日志第 ${line} 行无法读取（${detail}）：日志保持原样。`,
  'newer-journal': ({ id, version }) =>
    `发布 ${id} 的日志版本是 ${version}，比本程序新：请使用更新的 nacos-rollout。`,
  'no-home': () =>
    '没有主目录，无处保存日志，而没有日志就不会开始：请把 XDG_STATE_HOME 或 HOME 设为你有写权限的目录。',
  'unreadable-state': ({ path, detail }) =>
    `无法读取 ${path}（${detail}）：若有发布遗留了下线的实例，就记录在那里；请以该目录所属的用户查看，或设置 XDG_STATE_HOME。`,
  'not-ours': ({ path, detail }) =>
    `${path} 并非只有你能写入（${detail}），而其中的内容会以你的身份执行：请以其所属用户继续；或在看过内容之后，用 chown 和 chmod o-w 使它只属于你。`,
  'cannot-write': ({ path, detail }) =>
    `无法写入 ${path}（${detail}）：没有日志就不会开始；请清理空间或设置 XDG_STATE_HOME。`,
  'decision-refused': ({ target, decision, stuck, isThrough }) =>
    isThrough === true
      ? `${target} 在本次发布中已经结束，不会再重试：等本次发布结束后，若它仍下线，用 enable 上线，或再发布一次。没有开始任何操作。`
      : stuck.includes(target)
        ? `${target} 目前的状态不能决定为 ${decision}；没有开始任何操作。`
        : `${target} 没有等待决定${stuck.length === 0 ? '，其他目标也没有' : `；等待决定的是：${stuck.join('、')}`}。没有开始任何操作。`,
  'not-at-gate': ({ id }) => `发布 ${id} 目前没有可以放行的卡点；什么都没有开始。`,
  'password-needed': ({ user }) =>
    `需要用户 ${user} 的密码：请给出 --password-from env:NAME、file:PATH 或 command:…，或在配置档案中设置。`,
  'runner-failed': ({ detail }) => `无法启动执行进程：${detail}。`,
  'runner-crashed': ({ id }) =>
    `发布 ${id} 的执行进程遇到了没有预料到的错误：请查看哪些实例已下线：${program} status ${id}`,
  'unreadable-runner': ({ id, detail }) =>
    `本程序无法读取 ${id} 的执行进程所说的内容（${detail}），因此不再跟踪：请用启动它的那个版本来跟踪。`,
};

export const orderRefusals: Record<OrderRefusal, string> = {
  'already-paused': '已经暂停。',
  'not-paused': '没有暂停。',
  'not-draining': '该目标不在排空阶段。',
  'not-stuck': '该目标没有等待决定。',
  'already-decided': '其他人已经做了决定。',
  'not-possible-here': '当前步骤不能这样做。',
  ended: '发布已经结束。',
  'only-watching': '这里只能查看。',
};
