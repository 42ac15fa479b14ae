import type { tuiMachine as en } from '../en/tui-machine.ts';
import { reportWords } from './report.ts';
import { status } from './status.ts';

export const tuiMachine: typeof en = {
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
    state: status.state,
    onceState: status.onceState,
    outcomes: reportWords.ended,
    why: '原因',
    command: '命令',
  },
};
