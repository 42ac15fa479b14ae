import type { WhyNotWarmed } from '../../core/event/event-parts.ts';

const whys: Readonly<Record<WhyNotWarmed, string>> = {
  'not-agreed': '各服务端节点列出的权重未能一致',
  moved: '它回到了另一个集群',
  'no-weight': '其权重无法再低',
  changed: '它或其权重恰在此时发生了变化',
};

/** What is on with all of its weight at once. */
export function notWarmed(names: readonly string[], why: WhyNotWarmed): string {
  return `未经预热，直接以全部权重上线：${names.join('、')}（${whys[why]}）`;
}
