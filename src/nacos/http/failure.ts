import type { RegistryError } from '../../core/registry/registry-error.ts';
import { literalPattern } from '../../core/text/literal-pattern.ts';
import { httpsNeeded } from './other-port.ts';
import { redirectOf, sentOnByPage } from './redirect.ts';
import { refusalOf, type Sender } from './refusal.ts';
import type { Subject } from './request.ts';
import { type ReplyText, readReply } from './reply-text.ts';
import type { Reply } from './transport.ts';
import { splitName } from '../../core/registry/service-name.ts';

/** The words tell errors apart, then the code, the status last: on 2.x it depends on how the server was built. */
const rules: readonly { readonly words: RegExp; readonly of: (from: Found) => RegistryError }[] = [
  {
    words:
      /do metadata operation failed|did not find the leader|NoLeaderException|No corresponding Raft Group/i,
    of: ({ words }) => ({ kind: 'no-leader', detail: words }),
  },
  {
    words: /no matched ip found|no ips found for cluster|instance not (found|exist)/i,
    of: ({ subject }) => ({ kind: 'instance-missing', instance: subject.instance ?? subject.resource }),
  },
  {
    words: /cluster \S+ is not found/i,
    of: ({ words }) => ({ kind: 'cluster-missing', cluster: /cluster (\S+) is/i.exec(words)?.[1] ?? '' }),
  },
  {
    // Checked before anything is done, though some versions answer 500 to it.
    words:
      /format (invalid|incorrect)|is illegal|is required|Validation failed|Failed to convert|For input string/i,
    of: ({ words, status, code }) => ({ kind: 'rejected', status, code, detail: words }),
  },
];

type Found = {
  readonly subject: Subject;
  readonly words: string;
  readonly status: number;
  readonly code: number;
};

const serviceWords = /service(name)?( \S+)?( is)? not (found|exist)/i;

/**
 * Nacos of every version names the service that it does not have. Who stands in front of it may have none to lead to, which
 * is Nacos then, and says nothing of who is registered there.
 */
function isServiceMissing({ service = '' }: Subject, { whole }: ReplyText): boolean {
  const { service: name } = splitName(service);
  if (name === '') return false;
  const named = new RegExp(String.raw`(?<![\p{L}\p{N}_.-])${literalPattern(name)}(?![\p{L}\p{N}_.:-])`, 'u');
  // A name may hold blanks, and any words; the words may be a name too.
  return named.test(whole) && [whole, whole.replace(named, 'it')].some((said) => serviceWords.test(said));
}

const codeKinds: Readonly<Record<number, 'service' | 'instance' | 'namespace'>> = {
  21003: 'instance',
  21008: 'service',
  22000: 'namespace',
  22001: 'namespace',
};

function missingByCode(code: number | undefined, { subject }: Found): RegistryError | undefined {
  const kind = code === undefined ? undefined : codeKinds[code];
  if (kind === 'instance')
    return { kind: 'instance-missing', instance: subject.instance ?? subject.resource };
  if (kind === 'service') return { kind: 'service-missing', service: subject.service ?? subject.resource };
  if (kind === 'namespace') {
    return { kind: 'namespace-missing', namespace: subject.resource.split(':')[0] ?? '' };
  }
  return undefined;
}

function goneApi(reply: Reply, words: string): RegistryError {
  return { kind: 'api-gone', path: reply.path, replacement: /`([^`]+)`/.exec(words)?.[1] ?? '' };
}

/** The codes that say all is well: 200 in the old wrappers, 0 in the new ones, 10200 to a beat. */
const fineCodes: readonly (number | undefined)[] = [undefined, 0, 200, 10_200];
const isFine = (code: number | undefined): boolean => fineCodes.includes(code);

function byStatus(reply: Reply, text: ReplyText): RegistryError {
  const code = text.code ?? reply.status;
  const isInBody = (code >= 500 && code < 600) || (code >= 30_000 && code < 40_000);
  // Asking too often passes, too.
  const isServers = reply.status >= 500 || reply.status === 429 || (reply.status < 400 && isInBody);
  return isServers
    ? { kind: 'server-error', status: reply.status, detail: text.words }
    : { kind: 'rejected', status: reply.status, code, detail: text.words };
}

const titleMax = 120;

/** As nginx, Tomcat and Go say it. */
const tlsWords = /plain HTTP request was sent to HTTPS port|requires TLS|HTTP request to an HTTPS server/i;

/** What is wrong with an answer; `undefined` where nothing is. */
export function failureOf(reply: Reply, sender: Sender): RegistryError | undefined {
  const { address, path, status } = reply;
  const text = readReply(reply);
  const answered = sentOnByPage(reply, text) ?? refusalOf(reply, text, sender) ?? redirectOf(reply);
  if (answered !== undefined) return answered;
  if (status === 400 && tlsWords.test(text.words)) return httpsNeeded(address);
  if (text.isHtml) {
    return {
      kind: 'not-nacos',
      address,
      detail: `HTTP ${status} with a page: ${text.words.slice(0, titleMax)}`,
    };
  }
  if (status < 300 && reply.body.trim() === '') return { kind: 'empty-answer', address, path };
  if (status < 300 && isFine(text.code)) return undefined;
  if (status === 410 || text.code === 40_000) return goneApi(reply, text.words);
  const found = { subject: sender.subject, words: text.words, status, code: text.code ?? status };
  if (isServiceMissing(sender.subject, text))
    return { kind: 'service-missing', service: sender.subject.service ?? '' };
  const rule = rules.find(({ words }) => words.test(text.words));
  if (rule !== undefined) return rule.of(found);
  return missingByCode(text.code, found) ?? byStatus(reply, text);
}

/** The path does not exist on this server: another version, or a module that is left out. */
export function isPathAbsent(error: RegistryError): boolean {
  const hasStatus = error.kind === 'rejected' || error.kind === 'server-error';
  return hasStatus && [404, 405, 501].includes(error.status);
}

/** Whether another token or key may help. */
export function isForToken(error: RegistryError): boolean {
  return (
    error.kind === 'token-refused' ||
    error.kind === 'wrong-key' ||
    (error.kind === 'barred' && error.mayBeToken)
  );
}

/** Whether the server certainly did nothing, though the request reached it. */
export function isCertainlyRefused(error: RegistryError): boolean {
  switch (error.kind) {
    case 'no-leader':
      return /did not find the leader|NoLeader|No corresponding Raft Group/i.test(error.detail);
    case 'server-error':
    case 'not-nacos':
    case 'empty-answer':
    case 'unreadable':
    case 'redirected':
      return false;
    case 'barred':
      // A page may stand for what Nacos answered.
      return error.mayBeToken;
    default:
      return true;
  }
}
