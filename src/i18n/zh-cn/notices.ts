import type { NoticeFailure } from '../../core/event/event-parts.ts';
import { program } from '../../core/text/program.ts';
import type { Words } from '../en/words.ts';
import { type Sayings, say } from '../grammar/say.ts';
import { readings } from './step-failures.ts';

export const notices: Words['notices'] = {
  head: (services, profile) => `[nacos-rollout] ${services}${profile === undefined ? '' : `（${profile}）`}`,
  foot: (id, host, verb) => `在 ${host} 上：${program} ${verb} ${id}`,
};

const failures: Sayings<NoticeFailure> = {
  'no-secret': ({ reference }) => `从 ${reference} 读不到内容`,
  'no-url': ({ reference }) => `${reference} 里的内容不是 URL`,
  unanswered: ({ reading }) => say(readings, reading),
  'not-accepted': ({ code, message }) => `对方返回 ${code}：${message}`,
  'no-time': () => '执行进程必须结束了',
};

export function noticeFailed(receiver: string, about: number, tries: number, why: NoticeFailure): string {
  const often = tries === 1 ? '' : `（试了 ${tries} 次）`;
  return `事件 ${about} 未能通知到 ${receiver}${often}：${say(failures, why)}`;
}
