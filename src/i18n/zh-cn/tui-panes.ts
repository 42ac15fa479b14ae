import type { TuiWords } from '../en/tui.ts';

export const tuiPanes: TuiWords['panes'] = {
  titles: {
    targets: '目标',
    timeline: '时间线',
    consumers: '消费者',
    happened: '经过',
    output: '输出',
  },
  timeline: {
    none: '尚未对任何目标做过操作。',
    moments: {
      on: '在线',
      off: '下线',
      disable: '下线操作',
      drain: '排空',
      deploy: '部署',
      check: '检查',
      enable: '上线操作',
      'warm-up': '预热',
      soak: '观察',
      'before-target': '钩子',
      'after-disable': '钩子',
      'after-target': '钩子',
      failed: '失败',
      exposed: '意外在线',
    },
  },
  noConsumers: '尚不知道其消费者收到了什么通知，也不知道它的调用情况。',
};
