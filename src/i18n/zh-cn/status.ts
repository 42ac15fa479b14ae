import { program } from '../../core/text/program.ts';
import { shellWord } from '../../core/text/shell-word.ts';
import type { StatusWords } from '../en/status.ts';

export const status: StatusWords = {
  head: (id, services, by, at) => `发布 ${id}：${services}，由 ${by} 于 ${at} 计划`,
  once: (id, services, by, at) => `单次操作 ${id}：${services}，由 ${by} 于 ${at} 执行`,
  onceState: { working: '正在下线', off: '已下线', done: '其中已没有仍下线的实例' },
  command: (command) => `  命令  ${command}`,
  state: {
    running: '正在执行',
    paused: '已暂停',
    stuck: '等待决定',
    rested: '停在原处',
    gone: '停在原处：执行进程已不在',
    elsewhere: '执行进程在另一台机器上，可能仍在执行',
    ended: '已结束',
  },
  done: (names) => `  完成  ${names.join('、')}`,
  back: (names) => `  上线  ${names.join('、')}`,
  backWith: (name, how) => `${name}（${how}）`,
  lowered: (names) => `  权重  ${names.join('、')}：因我们而低于原值；用 resume 或 doctor --yes 恢复`,
  loweredNow: (names) => `  权重  ${names.join('、')}：因我们而低于原值；执行进程正在处理`,
  off: (names) => `  下线  ${names.join('、')}`,
  offByOthers: (names) => `  下线  ${names.join('、')}：轮到时已下线，不是由这次发布下线的`,
  marks: (names) => `  标记  ${names.join('、')}：现在没有注册，注册后一开始就是下线状态`,
  absent: (names) => `  不在  ${names.join('、')}：已不存在`,
  forget: (instance) => `        若不再回来：${program} doctor --gone ${shellWord(instance)}`,
  unasked: (names) => `        以上据日志：无法向 Nacos 询问 ${names.join('、')}`,
  onAgain: (names) => `  上线  ${names.join('、')}：日志中为下线，但 Nacos 显示上线`,
  enable: (command) => `        重新上线请用：${command}`,
  under: (names) => `  正在  ${names.join('、')}`,
  standing: (names) => `  停在  ${names.join('、')}`,
  stands: {
    before: (name, step) => `${name}（${step}之前，该步骤尚未开始）`,
    failed: (name, step) => `${name}（${step}失败）`,
    cutOff: (name, step) => `${name}（${step}已开始，没有结束记录）`,
  },
  notRestarted: (names) => `  !      没有看到重启：${names.join('、')}。是否仍在运行旧版本？`,
  toDo: (names) => `  待办  ${names.join('、')}`,
  why: (sentence) => `  原因  ${sentence}`,
  output: (path) => `        其输出在 ${path}`,
  next: (id, isAsked) => `  接着  ${program} resume ${id}${isAsked ? '' : ' --yes'}`,
  decide: (id, target, isAsked) =>
    isAsked
      ? `  决定  ${program} attach ${id}`
      : `  决定  ${program} order retry ${id} --target ${shellWord(target)}（或 leave-off、put-on 等，见 ${program} order --help）`,
  continue: (id, isAsked) => `  接着  ${program} ${isAsked ? `attach ${id}` : `order continue ${id}`}`,
  notLookedAt: (closed) =>
    `这些日志无法读取：${closed.map(({ path, detail }) => `${path}（${detail}）`).join('、')}。如果有发布留下了已下线的实例，就记在那里；请以其所属用户查看，或设置 XDG_STATE_HOME。`,
};
