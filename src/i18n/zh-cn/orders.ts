import { program } from '../../core/text/program.ts';
import { shellWord } from '../../core/text/shell-word.ts';
import type { CliWords } from '../en/cli.ts';

/** What is decided and ordered without a console. */
export const orders: Pick<
  CliWords,
  'order' | 'pipeline' | 'rollBack' | 'deadlineOver' | 'toDo' | 'decideAndCarryOn'
> = {
  order: {
    taken: (id) => `已告知发布 ${id}；后续进展请看：${program} attach ${id}`,
    refused: (id, sentence) => `发布 ${id} 没有接受：${sentence}`,
    whichTarget: (names) =>
      names.length === 0
        ? '目前没有目标可以这样操作。'
        : `哪个目标？请给出 --target；可选：${names.join('、')}。`,
    abortInstead: (id, how) =>
      `发布 ${id} 正在运行，resume 只用于停住的发布：终止请用：${program} order abort-${how} ${id}`,
    noGate: '它目前没有停在任何卡点。',
    noTarget: (name, names) => `该发布没有目标 ${name}；它的目标有：${names.join('、')}。`,
  },
  pipeline: {
    batch: (number, count, names, more) =>
      `第 ${number}/${count} 批：${names.join('、')}${more === 0 ? '' : ` 等，另有 ${more} 个`}`,
    noEnd: '没有看到发布结束：详情见所输出的内容。',
    notWritten: (path, detail) =>
      `${path} 无法写入（${['ENOENT', 'ENOTDIR'].includes(detail) ? '其目录不存在' : detail}）：请换一个文件。`,
  },
  deadlineOver: (at) => `截止时间 ${at} 已过：什么都不会开始。`,
  rollBack: {
    nothing: (id) => `发布 ${id} 没有可撤回的内容：它的部署命令都没有开始，或都已回滚。`,
    noCommand: (id, targets) =>
      `无法撤回发布 ${id}：其计划没有 ${targets.join('、')} 的回滚命令。请改为发布旧版本：${program} run。`,
    stillRuns: (id, targets) =>
      `${targets.join('、')} 的部署命令可能仍在运行：请先弄清楚：${program} resume ${id}`,
    running: (id) => `发布 ${id} 正在执行：请先停止它：${program} order stop ${id}`,
    takesBack: (id) => `将撤回发布 ${id}，从最后一个目标开始。`,
    before: (id, tries) => `发布 ${id} 之前已由 ${tries.join('、')} 撤回过：这将再撤回一次。`,
    vanishing: (services) => `仅随该发布而来、不计入最小数量的服务：${services.join('、')}。`,
    stayingOff: (id, instances) =>
      `仍然下线，发布 ${id} 将其下线后没有部署任何内容：${instances.join('、')}。如何上线请看：${program} status ${id}`,
    former: (id) => `发布 ${id} 随之结束：其中由本次撤回的部分由本次发布接管。`,
  },
  toDo: (names) => `截止时间之前没有开始的：${names.join('、')}`,
  decideAndCarryOn: (id, target) =>
    `${target} 该如何处理只有人知道。请决定并继续：${program} resume ${id} --decide ${shellWord(target)}=retry（或 leave-off、put-on、take-as-done、roll-back）`,
};
