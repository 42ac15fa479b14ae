import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { Speaker } from '../../core/registry/speaker.ts';
import { shellWord } from '../../core/text/shell-word.ts';
import { say, type Sayings } from '../grammar/say.ts';
import { timeZhCn as time } from '../grammar/time-words.ts';

const actions = { read: '读', write: '写' } as const;

export const speakerNames: Readonly<Record<Speaker, string>> = {
  ssh: 'SSH 服务',
  mysql: 'MySQL 服务',
  redis: 'Redis 服务',
  mail: '邮件服务',
  ftp: 'FTP 服务',
  memcached: 'memcached 服务',
  http2: '只支持 HTTP/2 的服务（例如 gRPC）',
  tls: 'TLS 服务',
  'no-http': '不支持 HTTP 的程序',
};

const inBrackets = (detail: string): string => (detail === '' ? '' : `（${detail}）`);

const clockOf = (aheadMs: number | undefined): string =>
  aheadMs === undefined
    ? '本机或服务端的时钟不准'
    : `本机时钟比服务端${aheadMs > 0 ? '快' : '慢'} ${time(Math.abs(aheadMs))}`;

type Redirected = Extract<RegistryError, { kind: 'redirected' }>;

const howRedirected = ({ to, advice }: Redirected): string => {
  if (to !== '') return `重定向到 ${to}`;
  return advice.kind === 'login' ? '显示了一个登录页' : '返回了重定向，但没有说明去向';
};

const orDirectly = '或者给出直接通向 Nacos 的地址。';
const redirectAdvice: Sayings<Redirected['advice']> = {
  give: ({ server, contextPath }) => {
    const flags = [server && `--server ${server}`, contextPath && `--context-path ${contextPath}`];
    return `我们不会带着令牌跟随重定向：如果那就是你要的 Nacos，请改用 ${flags.filter(Boolean).join(' ')}。`;
  },
  login: () => `这是 Nacos 前面的代理自己的登录页：请让代理对本机放行，${orDirectly}`,
  loop: () => `而这正是我们请求的地址：请让那里的代理把请求转给 Nacos，${orDirectly}`,
  nowhere: () => `请检查地址以及 Nacos 前面的代理，${orDirectly}`,
  elsewhere: () => `这不是我们请求的路径：请检查地址和上下文路径，${orDirectly}`,
};

type OtherPort = Extract<RegistryError, { kind: 'other-port' }>;

const grpcOrRaft = ({ address, port, instead, otherwise }: OtherPort): string => {
  const [probable, other] =
    port === 'grpc'
      ? ['gRPC 端口（比 HTTP 端口大 1000）', 'Raft 端口（比 HTTP 端口小 1000）']
      : ['Raft 端口（比 HTTP 端口小 1000）', 'gRPC 端口（比 HTTP 端口大 1000）'];
  const or = otherwise === undefined ? '' : `如果它是 ${other}，请改用 ${otherwise}。`;
  return `${address} 只支持 gRPC，不支持 HTTP/1.1：很可能是 Nacos 的 ${probable}。请改用 --server ${instead}。${or}`;
};

const otherPorts: Readonly<Record<OtherPort['port'], (error: OtherPort) => string>> = {
  console: ({ address, instead }) =>
    `${address} 是 Nacos 3 的控制台，不是服务端：请改用 --server ${instead}（控制台给出的服务端端口）。`,
  grpc: grpcOrRaft,
  raft: grpcOrRaft,
};

type ServiceMissing = Extract<RegistryError, { kind: 'service-missing' }>;

/** 可能想写的是什么，直到句末。 */
export function insteadOfService(
  { similar = [], elsewhere, unproven }: Omit<ServiceMissing, 'kind'>,
  otherwise = '',
): string {
  const near = similar.length === 0 ? '' : `是否想写：${similar.join('、')}？`;
  const other =
    elsewhere === undefined
      ? ''
      : `命名空间 ${elsewhere} 中有同名服务，请使用 --namespace ${shellWord(elsewhere)}。`;
  const said = near || other ? `；${[other, near].filter(Boolean).join('')}` : `${otherwise}。`;
  return unproven === undefined ? said : `${said}${namespaceUnproven(unproven)}`;
}

export function namespaceUnproven(namespace: string): string {
  return `命名空间 ${namespace} 中没有任何注册，而这个 Nacos 没有向我们给出命名空间列表，无法确认它是否存在：请检查 ${namespace} 是否为命名空间 ID。`;
}

export const registryErrors: Sayings<RegistryError> = {
  unreachable: ({ addresses, detail, host }) =>
    host !== undefined
      ? `无法连接 Nacos：${addresses.join('、')}，主机名 ${host} 无法解析（${detail}）。请检查写法以及本机的 DNS。`
      : `无法连接 Nacos：${addresses.join('、')}（${detail}）。请检查地址、端口以及服务端是否在运行。`,
  timeout: ({ address, afterMs, wasSent, isRead }) => {
    const late = `${address} 在 ${time(afterMs)}内没有应答`;
    if (isRead) return `${late}。`;
    return wasSent ? `${late}；请求已经发出，服务端可能已经执行。` : `${late}；请求没有发出。`;
  },
  tls: ({ address, detail }) =>
    `无法与 ${address} 建立安全连接（${detail}）。请检查 CA、客户端证书和主机名。`,
  'wrong-password': ({ user }) => `Nacos 不接受用户 ${user} 的用户名和密码。`,
  'wrong-key': ({ detail }) =>
    `Nacos 不接受这个 AccessKey，或用其密钥所做的签名${inBrackets(detail)}：请检查两者；如果是临时密钥，还要检查安全令牌。`,
  'clock-differs': ({ aheadMs, detail }) =>
    `Nacos 不接受签名中的时间${inBrackets(detail)}：${clockOf(aheadMs)}，请校准时钟。`,
  'login-needed': () =>
    '这个 Nacos 需要登录：请给出用户名和密码的来源；如果是云上托管的 Nacos，请给出 AccessKey。',
  'login-limited': ({ user, detail }) =>
    `Nacos 暂时不接受用户 ${user} 登录${inBrackets(detail)}：请等一分钟再试；如果用户已被锁定，请先解锁。`,
  'token-refused': ({ detail }) =>
    `密码正确，但 Nacos 不接受它自己发出的令牌，重新登录后仍然如此${inBrackets(detail)}。请检查各个服务端节点的令牌密钥和时间是否一致，以及中间是否有代理去掉了 Authorization 请求头。`,
  barred: ({ address, status, detail }) =>
    `${address} 上，Nacos 前面有别的东西拒绝了我们（HTTP ${status}${detail === '' ? '，没有任何说明' : `：${detail}`}），这不是 Nacos 自己的应答。请让代理、网关或防火墙放行，或者给出直接通向 Nacos 的地址。`,
  forbidden: ({ resource, action }) =>
    `当前用户没有 ${resource} 的${actions[action]}权限：请申请权限，或换一个用户。`,
  'no-leader': ({ detail }) =>
    `Nacos 没有 Raft leader，无法修改（${detail}）。请先修复集群，参见各节点的 naming-raft 日志。`,
  'api-gone': ({ path, replacement }) =>
    `服务端已关闭接口 ${path}${replacement === '' ? '' : `，替代接口是 ${replacement}`}。请不要指定 dialect，或指定为 v3。`,
  'service-missing': (missing) =>
    `没有服务 ${missing.service}${insteadOfService(missing, '：请检查服务名、分组和命名空间')}`,
  'instance-missing': ({ instance, service }) =>
    `${service === undefined ? '' : `${service} 的`}实例 ${instance} 没有注册：请先列出该服务的实例。`,
  'cluster-missing': ({ cluster }) => `该服务没有集群 ${cluster}。`,
  'namespace-missing': ({ namespace, bearers = [], nearest = [] }) => {
    const [id] = bearers;
    if (id !== undefined && bearers.length === 1)
      return `${namespace} 是命名空间的名称，不是 ID：请使用 --namespace ${shellWord(id)}。`;
    if (id !== undefined)
      return `有 ${bearers.length} 个命名空间的名称是 ${namespace}，但它不是 ID：请使用其中一个 ID：${bearers.join('、')}。`;
    const near = nearest.map((one) => (one.id === one.name ? one.id : `${one.id}（名称 ${one.name}）`));
    return `没有命名空间 ${namespace}：${near.length === 0 ? '请使用命名空间 ID，它可能与名称不同' : `最接近的 ID 有 ${near.join('、')}`}。`;
  },
  'not-addressable': ({ service }) =>
    `向这个 Nacos 请求 ${service} 会指到另一个服务：这样的服务只列出，绝不发布。请用不含 @@、首尾没有空白的名称注册它。`,
  'other-service': ({ address, path, asked, answered }) =>
    `向 ${address}${path} 请求的是 ${asked}，应答的却是 ${answered}：应答内容不予采用。请检查中间的代理；否则可能是尚未支持的版本。`,
  'not-nacos': ({ address, detail, found }) =>
    found !== undefined
      ? `${address} 上应答的不是 Nacos（${speakerNames[found]}）。请检查主机和端口（Nacos 默认端口为 8848）。`
      : `${address} 上应答的不是 Nacos（${detail}）。请检查地址、上下文路径以及中间的代理。`,
  redirected: (error) =>
    `${error.address} 没有应答，而是${howRedirected(error)}（HTTP ${error.status}）；${say(redirectAdvice, error.advice)}`,
  'https-needed': ({ address, instead }) => `${address} 使用 TLS：请改用 --server ${instead}。`,
  'tls-absent': ({ address, instead }) => `${address} 没有使用 TLS：请改用 --server ${instead}。`,
  'other-port': (error) => otherPorts[error.port](error),
  'empty-answer': ({ address, path }) =>
    `${address} 对 ${path} 返回了空内容：可能是鉴权过滤器出错，请查看服务端日志。`,
  rejected: ({ status, code, detail }) => {
    const wrong = `Nacos 认为请求有误（HTTP ${status}${code === 0 ? '' : `，错误码 ${code}`}）`;
    return detail === ''
      ? `${wrong}，没有任何说明：请检查地址以及它前面的代理；否则可能是尚未支持的版本。`
      : `${wrong}：${detail}。`;
  },
  'server-error': ({ status, detail }) => {
    const said = detail === '' ? '' : `：${detail}`;
    if (status === 0)
      return `Nacos 没有给出完整的应答${detail === '' ? '' : `（${detail}）`}：请重试；若一直如此，请查看其日志以及它前面的代理。`;
    if (status === 429) return `Nacos 或它前面的代理认为请求过于频繁（HTTP 429${said}）：请稍候再试。`;
    return `Nacos 出错（HTTP ${status}${said || '，没有任何说明'}）：请重试；若一直如此，请查看其日志。`;
  },
  incomplete: ({ path, found, total }) =>
    `Nacos 在 ${path} 计为 ${total} 条，但无论怎样询问只给出 ${found} 条不同的记录：可能各服务端节点不一致，或中间的代理混合了它们的应答。请改用单个服务端节点的地址，或等它们一致后重试。`,
  unreadable: ({ address = '', path, detail }) =>
    `${address}${path} 有应答，但不像我们认识的 Nacos（${detail}）：请检查地址是否为 Nacos 以及上下文路径；否则可能是尚未支持的版本。`,
};
