import type { Unread, Unreadable } from '../../core/registry/listed.ts';
import { endpointText } from '../../core/registry/service.ts';

const rights: Readonly<Record<string, string>> = {
  '': '此处应为一条记录',
  ip: '应为地址',
  address: '应为 主机:端口',
  port: '应为 0 到 65535 的整数',
  weight: '应为 0 到 10000 的数字',
  enabled: '应为 true 或 false',
  healthy: '应为 true 或 false',
  valid: '应为 true 或 false',
  ephemeral: '应为 true 或 false',
  metadata: '应为键值均为文本的元数据',
  ipCount: '应为数量',
};

export function unread({ field, found }: Unread): string {
  const right = rights[field] ?? '应为名称';
  if (field === '') return `内容是 ${found ?? '空'}，${right}`;
  return found === undefined ? `缺少 ${field}，${right}` : `${field} 是 ${found}，${right}`;
}

export function whichUnreadable({ ip, port }: Unreadable): string {
  if (ip !== undefined && port !== undefined) return endpointText({ ip, port });
  if (ip !== undefined) return `${ip}，端口未知`;
  return port === undefined ? '没有地址' : `没有地址，端口 ${port}`;
}

const namedMax = 3;

export function unreadableOf(service: string, records: readonly Unreadable[]): string {
  const named = records.slice(0, namedMax).map((one) => `${whichUnreadable(one)}（${unread(one)}）`);
  const more = records.length > namedMax ? `；另有 ${records.length - namedMax} 条` : '';
  return `服务 ${service} 有 ${records.length} 条无法读取的注册信息，不计入在线数量，也不会被发布：${named.join('；')}${more}。`;
}
