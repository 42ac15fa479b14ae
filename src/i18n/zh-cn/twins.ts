import type { Twin } from '../../core/registry/twins.ts';

/** What is registered at one address more than once; ends without a full stop. */
export function registeredTwice(
  instance: string,
  twins: readonly Twin[],
  clients: readonly string[] = [],
): string {
  const times = twins.length === 2 ? '两' : ` ${twins.length} `;
  const by = clients.length === 0 ? '' : `，注册它的客户端是 ${clients.join(' 和 ')}`;
  return `${instance} 注册了${times}次（${twins.map(twinText).join('；')}）${by}`;
}

/** How to get on; a whole sentence. */
export const twinAdvice =
  'Nacos 对同一集群中的同一地址只保存一份上下线状态和一个权重，下线后无法按原样恢复：请让不该注册它的客户端注销。';

function twinText({ cluster, ip, weight, enabled }: Twin): string {
  const spelled = ip.includes(':') ? `，写作 ${ip}` : '';
  return `集群 ${cluster}，权重 ${weight}${spelled}${enabled ? '' : '，已下线'}`;
}
