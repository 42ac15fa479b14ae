import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { Speaker } from '../../core/registry/speaker.ts';
import { shellWord } from '../../core/text/shell-word.ts';
import { say, type Sayings } from '../grammar/say.ts';
import { timeEn as time } from '../grammar/time-words.ts';

/** Who answers where HTTP was expected, as a subject. */
export const speakerNames: Readonly<Record<Speaker, string>> = {
  ssh: 'an SSH server',
  mysql: 'a MySQL server',
  redis: 'a Redis server',
  mail: 'a mail server',
  ftp: 'an FTP server',
  memcached: 'a memcached server',
  http2: 'a server of HTTP/2 alone, as gRPC is,',
  tls: 'a server of TLS',
  'no-http': 'something that does not speak HTTP',
};

const inBrackets = (detail: string): string => (detail === '' ? '' : ` (${detail})`);

const clockOf = (aheadMs: number | undefined): string =>
  aheadMs === undefined
    ? "this machine's clock is wrong, or the server's"
    : `this machine's clock is ${time(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead of' : 'behind'} the server's`;

type Redirected = Extract<RegistryError, { kind: 'redirected' }>;

const howRedirected = ({ to, advice }: Redirected): string => {
  if (to !== '') return `redirects to ${to}`;
  return advice.kind === 'login' ? 'shows a login page' : 'redirects without saying where';
};

const orDirectly = 'or give an address that leads to Nacos directly.';
const redirectAdvice: Sayings<Redirected['advice']> = {
  give: ({ server, contextPath }) => {
    const flags = [server && `--server ${server}`, contextPath && `--context-path ${contextPath}`];
    return `we follow nobody with our token: if that is the Nacos you mean, give ${flags.filter(Boolean).join(' ')}.`;
  },
  login: () => `a proxy in front of Nacos wants a login of its own: have it let us past, ${orDirectly}`,
  loop: () => `that is where we asked: have the proxy there pass us on to Nacos, ${orDirectly}`,
  nowhere: () => `check the address and the proxy in front of Nacos, ${orDirectly}`,
  elsewhere: () => `that is not the path we asked for: check the address and the context path, ${orDirectly}`,
};

type OtherPort = Extract<RegistryError, { kind: 'other-port' }>;

const grpcOrRaft = ({ address, port, instead, otherwise }: OtherPort): string => {
  const names = { grpc: 'gRPC port', raft: 'Raft port' };
  const [probable, other] =
    port === 'grpc'
      ? [`${names.grpc}, 1000 above the HTTP port`, `${names.raft}, 1000 below`]
      : [`${names.raft}, 1000 below the HTTP port`, `${names.grpc}, 1000 above`];
  const or = otherwise === undefined ? '' : ` If it is the ${other}, give ${otherwise}.`;
  return `${address} speaks gRPC and no HTTP/1.1: probably this is Nacos's ${probable}. Give --server ${instead} instead.${or}`;
};

const otherPorts: Readonly<Record<OtherPort['port'], (error: OtherPort) => string>> = {
  console: ({ address, instead }) =>
    `${address} is the console of a Nacos 3, not its server: give --server ${instead} instead, which is the port that the console names.`,
  grpc: grpcOrRaft,
  raft: grpcOrRaft,
};

type ServiceMissing = Extract<RegistryError, { kind: 'service-missing' }>;

/** What may be right instead, to the end of the sentence. */
export function insteadOfService(
  { similar = [], elsewhere, unproven }: Omit<ServiceMissing, 'kind'>,
  otherwise = '',
): string {
  const near = similar.length === 0 ? '' : `did you mean ${similar.join(', ')}?`;
  const other =
    elsewhere === undefined
      ? ''
      : `there is one in namespace ${elsewhere}: give --namespace ${shellWord(elsewhere)}.`;
  const said = near || other ? `; ${[other, near].filter(Boolean).join(' Or ')}` : `${otherwise}.`;
  return unproven === undefined ? said : `${said} ${namespaceUnproven(unproven)}`;
}

export function namespaceUnproven(namespace: string): string {
  return `Nothing is registered in namespace ${namespace}, and this Nacos does not show us which namespaces there are: check that ${namespace} is the id of one.`;
}

export const registryErrors: Sayings<RegistryError> = {
  unreachable: ({ addresses, detail, host }) =>
    host !== undefined
      ? `Nacos cannot be reached at ${addresses.join(' or ')}: the name ${host} cannot be resolved (${detail}); check how it is written, and the DNS of this machine.`
      : `Nacos cannot be reached at ${addresses.join(' or ')} (${detail}): check the address, the port and that the server runs.`,
  timeout: ({ address, afterMs, wasSent, isRead }) => {
    const late = `${address} did not answer within ${time(afterMs)}`;
    if (isRead) return `${late}.`;
    return wasSent
      ? `${late}; the request was sent, so the server may have acted on it.`
      : `${late}; nothing was sent.`;
  },
  tls: ({ address, detail }) =>
    `No secure connection to ${address} (${detail}): check the CA, the client certificate and the host name.`,
  'wrong-password': ({ user }) => `Nacos does not take the user name and password of ${user}.`,
  'wrong-key': ({ detail }) =>
    `Nacos does not take the access key, or what is signed with its secret key${inBrackets(detail)}: check both, and the security token of a temporary key.`,
  'clock-differs': ({ aheadMs, detail }) =>
    `Nacos refuses the time in our signature${inBrackets(detail)}: ${clockOf(aheadMs)}; set it right.`,
  'login-needed': () =>
    'This Nacos wants a login: give a user and where its password comes from, or an access key if it is a hosted one.',
  'login-limited': ({ user, detail }) =>
    `Nacos takes no login of ${user} for now${inBrackets(detail)}: wait a minute; if the user is locked, have it unlocked.`,
  'token-refused': ({ detail }) =>
    `Nacos takes the password, but not the token that it gives out for it, new ones included${inBrackets(detail)}: check that all server nodes share one token secret and the time, and that nothing in between takes the Authorization header away.`,
  barred: ({ address, status, detail }) =>
    `Something in front of Nacos at ${address} refuses us (HTTP ${status}${detail === '' ? ' without a word' : `: ${detail}`}); Nacos itself refuses in other words. Have the proxy, gateway or firewall let us through, or give an address that leads to Nacos directly.`,
  forbidden: ({ resource, action }) =>
    `This user has no ${action} permission on ${resource}: ask for it, or use another user.`,
  'no-leader': ({ detail }) =>
    `Nacos has no Raft leader, so it takes no changes (${detail}): mend the cluster first; see each server's naming-raft log.`,
  'api-gone': ({ path, replacement }) =>
    `This server has switched ${path} off${replacement === '' ? '' : ` in favour of ${replacement}`}: leave the dialect to be found out, or set v3.`,
  'service-missing': (missing) =>
    `There is no service ${missing.service} here${insteadOfService(missing, ': check its name, group and namespace')}`,
  'instance-missing': ({ instance, service }) =>
    `The instance ${instance}${service === undefined ? '' : ` of ${service}`} is not registered: list the service's instances to see what is.`,
  'cluster-missing': ({ cluster }) => `The service has no cluster ${cluster}.`,
  'namespace-missing': ({ namespace, bearers = [], nearest = [] }) => {
    const [id] = bearers;
    if (id !== undefined && bearers.length === 1)
      return `${namespace} is the name of a namespace, not its id: give --namespace ${shellWord(id)}.`;
    if (id !== undefined)
      return `${namespace} is the name of ${bearers.length} namespaces, not an id: give the id of one of them, ${bearers.join(' or ')}.`;
    const near = nearest.map((one) => (one.id === one.name ? one.id : `${one.id} (named ${one.name})`));
    return `There is no namespace ${namespace}: ${near.length === 0 ? 'give its id, which may differ from its name' : `the nearest ${near.length === 1 ? 'id is' : 'ids are'} ${near.join(', ')}`}.`;
  },
  'not-addressable': ({ service }) =>
    `This Nacos cannot be asked for ${service} without meaning another service: such a service is listed, and never rolled. Register it under a name without @@ and without blanks at the ends.`,
  'other-service': ({ address, path, asked, answered }) =>
    `${address}${path} was asked for ${asked} and answered about ${answered}: nothing of that is used. Check what stands between us and Nacos; else this is a version that we have not met.`,
  'not-nacos': ({ address, detail, found }) =>
    found !== undefined
      ? `At ${address} ${speakerNames[found]} answers, and not Nacos: check the host and the port (Nacos listens at 8848 unless it says otherwise).`
      : `What answers at ${address} is not Nacos (${detail}): check the address, the context path, and proxies in between.`,
  redirected: (error) =>
    `${error.address} ${howRedirected(error)} instead of answering (HTTP ${error.status}); ${say(redirectAdvice, error.advice)}`,
  'https-needed': ({ address, instead }) => `There is TLS at ${address}: give --server ${instead} instead.`,
  'tls-absent': ({ address, instead }) => `${address} answers without TLS: give --server ${instead} instead.`,
  'other-port': (error) => otherPorts[error.port](error),
  'empty-answer': ({ address, path }) =>
    `${address} gave an empty answer to ${path}: its login filter may have failed; see the server's log.`,
  rejected: ({ status, code, detail }) => {
    const wrong = `Nacos calls our request wrong (HTTP ${status}${code === 0 ? '' : `, code ${code}`})`;
    return detail === ''
      ? `${wrong} without a word: check the address and what stands before it; else this is a version that we have not met.`
      : `${wrong}: ${detail}.`;
  },
  'server-error': ({ status, detail }) => {
    const said = detail === '' ? '' : `: ${detail}`;
    if (status === 0)
      return `Nacos gave no whole answer${inBrackets(detail)}: try again; if it stays so, see its log, and what stands before it.`;
    if (status === 429)
      return `Nacos, or what stands before it, is asked too often (HTTP 429${said}): wait a little, then try again.`;
    return `Nacos failed (HTTP ${status}${said || ', without a word'}): try again; if it stays so, see its log.`;
  },
  incomplete: ({ path, found, total }) =>
    `Nacos counts ${total} at ${path} and gives out ${found} different ones, however they are asked for: its server nodes may not agree, or a proxy mixes their answers; give the address of one server node, or try again when they agree.`,
  unreadable: ({ address = '', path, detail }) =>
    `${address}${path} answers, but not like a Nacos that we know (${detail}): check the address and the context path; else this is a version that we have not met.`,
};
