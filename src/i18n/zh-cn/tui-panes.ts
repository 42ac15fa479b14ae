import type { TuiWords } from '../en/tui.ts';

export const tuiPanes: TuiWords['panes'] = {
  titles: {
    targets: '目标',
    timeline: '时间线',
    consumers: '消费者',
    happened: '经过',
    output: '输出',
    instances: '实例',
    metadata: '元数据对照',
    capacity: '容量',
    services: '服务',
    makeup: '组成',
  },
  makeup: {
    unread: '其实例尚未读取。',
    consumers: (n) => `${n} 个消费者`,
    noConsumers: 'Nacos 没有列出任何消费者。',
    none: '未注明',
    unreadable: (n) => `另有 ${n} 条无法读取`,
    why: {
      off: '已下线，并非本机所知的发布所为',
      ill: '已上线，但 Nacos 认为不健康',
    },
  },
  metadata: {
    none: '都没有元数据。',
    absent: '没有',
    hidden: (n) => `… 还有 ${n} 个，元数据不同`,
  },
  capacity: {
    on: (serving, all) => `${all} 个中 ${serving} 个上线且健康`,
    minimum: (n) => `不少于 ${n} 个`,
    spare: (n) => (n > 0 ? `可同时下线 ${n} 个` : n === 0 ? '现在不能再下线' : `还差 ${-n} 个`),
    chosen: (n) => `已选 ${n}`,
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
