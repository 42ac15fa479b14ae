import { program } from '../../core/text/program.ts';
import type { underWay as en } from '../en/under-way.ts';
import { timeZhCn as time } from '../grammar/time-words.ts';

export const underWay: typeof en = {
  underWay: {
    drain: (name, from, ms, ceilingMs, until) =>
      `  ${name} 从 ${from} 起排空，最多 ${time(ms)}${ceilingMs === undefined ? '' : `，仍有调用则最多到 ${time(ceilingMs)}`}：最迟到 ${until}。`,
    drained: (name) => `  ${name} 已下线排空，等轮到它时部署。`,
    deploy: (name, until) => `  ${name} 正在部署；其命令最迟在 ${until} 被终止。`,
    until: (name, step, until) => `  ${name} 正在${step}，最迟到 ${until}。`,
    step: (name, step) => `  ${name} 正在${step}。`,
  },
  meanwhile: (id, isAttended) => [
    `  关掉这个终端，当前步骤也会走完。跟随：${program} attach ${id}`,
    `  停下之后继续：${program} resume ${id}${isAttended ? '' : ' --yes'}`,
    isAttended
      ? `  中止并将正常的实例重新上线，请在另一个终端执行：${program} order abort-put-back ${id}`
      : `  中止并将正常的实例重新上线：${program}，按 c 接手，再按 A 中止。`,
  ],
  drainsOn: (id) => [
    `  想提前决定：${program}，按 c 接手；再按 s 照样开始部署，e 再等，A 中止。`,
    `  也可以等：到上限后它会停下，询问在终端跟随的人：${program} attach ${id}`,
  ],
};
