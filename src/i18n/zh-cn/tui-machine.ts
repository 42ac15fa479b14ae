import type { tuiMachine as en } from '../en/tui-machine.ts';

export const tuiMachine: typeof en = {
  sinceLooked: {
    service: (off, ill) =>
      `新：${[off > 0 ? `下线 ${off}` : '', ill > 0 ? `异常 ${ill}` : ''].filter((text) => text !== '').join('、')}`,
    instance: '（新）',
  },
  rollouts: {
    title: (all, running, off) => `本机的发布 ${all} · 进行中 ${running} · 据日志仍有下线的 ${off}`,
    empty: '本机还没有发布。',
    columns: {
      services: '服务',
      id: '发布',
      state: '状态',
      done: '完成',
      off: '下线',
      started: '计划于',
      by: '操作者',
    },
    state: {
      running: '正在执行',
      paused: '已暂停',
      stuck: '等待决定',
      rested: '停在原处',
      gone: '执行进程已不在',
      elsewhere: '或在别处执行',
      ended: '已结束',
    },
    onceState: { working: '正在下线', off: '已下线', done: '已无下线实例' },
    outcomes: {
      done: '完成',
      'done-with-some-failed': '有目标未成功',
      'done-with-some-off': '有实例仍下线',
      aborted: '已中止',
      abandoned: '已放弃',
    },
    why: '原因',
    command: '命令',
  },
  doctor: {
    name: '体检',
    title: (bad, warnings) => `体检 · 有问题 ${bad} · 需知晓 ${warnings}`,
    looking: '正在查看…',
    lookingLong: '查看本机、控制台所连的 Nacos，以及有发布留下下线实例的每个 Nacos。',
    mended: '刚刚修复：',
    canMend: (key) =>
      `${key('mend')} 让仍下线且正常的实例上线，恢复其权重，并移除进程已不在的锁。${key('gone')} 放弃已消失的实例。`,
  },
};
