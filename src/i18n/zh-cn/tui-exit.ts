import { program } from '../../core/text/program.ts';
import type { tuiExit as en } from '../en/tui-exit.ts';

/** What is said on the main screen once the console is gone. */
export const tuiExit: typeof en = {
  goesOn: (id) => `发布 ${id} 在没有此控制台的情况下继续：${program} attach ${id}`,
  endedWithSandbox: (id) => `发布 ${id} 正在进行，已随沙箱结束。`,
  ended: (id, done, count) => `发布 ${id}：${count} 个目标完成 ${done} 个。`,
  rehearsed: (done, count) => `演练：${count} 个目标完成 ${done} 个。未写入任何内容。`,
  lost: (requests, failures) => `网关共发出 ${requests} 次请求，丢失 ${failures} 次。`,
  off: '因此次发布仍处于下线：',
  lowered: '因此次发布权重仍低于原值：',
  weightOf: (name, weight, full) => `${name}：权重 ${weight}，原为 ${full}`,
  carryOn: (id) => `继续：${program} resume ${id}`,
  journal: (directory) => `日志：${directory}`,
};
