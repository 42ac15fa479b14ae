import type { Difference } from '../../core/report/difference.ts';
import type { Sayings } from '../grammar/say.ts';

type About = { readonly instance: string; readonly service: string };

function who({ instance, service }: About): string {
  return `${instance}（${service}）`;
}

export const differences: Sayings<Difference> = {
  'shown-on': ({ nodes, ...about }) =>
    `${who(about)}：日志记录为已下线，但 Nacos 在 ${nodes.join('、')} 显示为在线。`,
  'shown-off': ({ nodes, ...about }) =>
    `${who(about)}：日志记录为在线，但 Nacos 在 ${nodes.join('、')} 显示为已下线。`,
  uncertain: ({ isOn, nodes, ...about }) =>
    `${who(about)}：日志不知道最后一次修改的结果；Nacos 在 ${nodes.join('、')} 显示为${isOn ? '在线' : '已下线'}。`,
  'not-registered': ({ isOff, ...about }) =>
    `${who(about)} 已不在注册列表中${isOff ? '；它是因我们而下线的' : ''}。`,
  unreadable: ({ nodes, ...about }) => `${who(about)}：${nodes.join('、')} 在该地址列出的记录无法读取。`,
  changed: ({ what, before, after, ...about }) =>
    `${who(about)}：尚未部署，但 ${what} 由 ${before} 变成了 ${after}。`,
  weight: ({ full, given, after, ...about }) =>
    `${who(about)}：原权重 ${full}，我们将其设为 ${given}，但 Nacos 显示为 ${after}。`,
  'no-answer': ({ node, service }) => `${node} 没有就 ${service} 作出回答：未与之比较。`,
};
