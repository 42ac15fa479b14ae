import type { RegistryError } from '../../core/registry/registry-error.ts';
import { stampMs } from '../../core/text/stamp.ts';
import type { ReplyText } from './reply-text.ts';
import type { Subject } from './request.ts';
import type { Reply } from './transport.ts';

export type Sender = {
  readonly subject: Subject;
  readonly hasToken: boolean;
  readonly hasLogin: boolean;
  /** Where the request was signed with an access key: when, on our wall clock. */
  readonly signedAtMs?: number;
};

/** How Nacos of all versions, r-nacos, and gateways that check its tokens call one that they do not take. */
const tokenPhrases = [
  String.raw`(access[ _]?|jwt |json web )?token (has |is |was )?(expired|invalid|not valid|illegal|revoked|missing|not found)`,
  String.raw`(expired|invalid|illegal|missing|unknown|bad) (access[ _]?|jwt )?token`,
  String.raw`unsupported signature algorithm`,
  String.raw`invalid signature`,
  String.raw`signature (is invalid|verification failed|(does )?not match)`,
  String.raw`jwt (is )?(expired|invalid|signature)`,
  String.raw`user (is )?not found`,
  String.raw`unknown user`,
  String.raw`session (has |is )?expired`,
  String.raw`(令牌|凭证|会话|token|登录|登陆)(已经?|状态|信息)*(过期|失效|无效|非法|超时|不合法|不存在)`,
  String.raw`(无效|非法|过期)的?(令牌|凭证|token)`,
  String.raw`用户不存在|未登[录陆]|请(先|重新)登[录陆]`,
]
  .join('|')
  // Some say it as a code, such as `TOKEN_EXPIRED` or `invalid_token`.
  .replaceAll(' ', '[ _-]?');
const tokenWords = new RegExp(tokenPhrases, 'i');
const permissionWords = /authorization failed/i;
/** The same in the words of gateways; a page that says so speaks of itself. */
const otherPermissionWords =
  /\bno (\w+ ){0,3}permission|permission denied|insufficient privileges?|无权限|没有权限|权限不足/i;

/** Where nothing but the words tells a refusal, they must be all that is said: a service may be called anything. */
const introduction = String.raw`(caused: |access denied: |(err)?code: ?\d+, (err)?(message|msg): ?|message:? )*`;
const alone = (phrases: string): RegExp =>
  new RegExp(
    String.raw`^${introduction}(${phrases})(!? Please check user exist or password is right)?[\s!.;,。！，]*$`,
    'i',
  );
const tokenAlone = alone(tokenPhrases);
const permissionAlone = alone('authorization failed');

/** 407 and 511 are said by what stands between only. */
const refusedStatuses: readonly (number | undefined)[] = [401, 403, 407, 511];
/** The codes in an envelope: the statuses, and `access denied` of v2 and v3. */
const refusedCodes: readonly (number | undefined)[] = [401, 403, 10_001];

/** Whether somebody does not let us in, and about what: our token, a permission, or us altogether. */
export function refusalOf(reply: Reply, text: ReplyText, sender: Sender): RegistryError | undefined {
  const { subject } = sender;
  const isRefused = refusedStatuses.includes(reply.status) || refusedCodes.includes(text.code);
  const isSaid = (anywhere: RegExp, byItself: RegExp): boolean =>
    isRefused
      ? anywhere.test(`${text.words} ${text.phrases.join(' ')}`)
      : text.phrases.some((phrase) => byItself.test(phrase));
  const isOtherWords = isRefused && !text.isHtml && otherPermissionWords.test(text.words);
  if (isOtherWords || isSaid(permissionWords, permissionAlone))
    return { kind: 'forbidden', resource: subject.resource, action: subject.action };
  if (isRefused && /server identity/i.test(text.words))
    return { kind: 'rejected', status: 403, code: 403, detail: text.words };
  if (sender.signedAtMs !== undefined && isRefused && isAboutSignature(text))
    return refusedSignature(reply, text.words, sender.signedAtMs);
  if (isSaid(tokenWords, tokenAlone)) return refusedToken(saidOf(text, tokenWords), sender);
  return isRefused ? withoutItsWords(reply, text, sender) : undefined;
}

/** Nacos itself, or the words of who checks signatures for it. */
function isAboutSignature({ json, words, isHtml }: ReplyText): boolean {
  return (
    isEnvelope(json) || (!isHtml && (words === '' || signatureWords.test(words) || timeWords.test(words)))
  );
}

const signatureWords =
  /\bak\b|access[ _-]?key|signature|secret|security[ _-]?token|\bsts\b|unknown user|签名|密钥|令牌/i;
/** A security token that has expired is another matter. */
const timeWords =
  /time[ _-]?stamp|clock|skew|(request|signature|data)( has| is| was)? (expired|too old)|expired (request|signature)|时间戳|时钟|(请求|签名)(已经?)?(过期|超时)/i;

/** More than this a network does not take. */
const clockDiffersMs = 60_000;

/** Who checks signatures says what is wrong in words of his own, or in none: what the clocks say counts too. */
function refusedSignature({ date }: Reply, detail: string, signedAtMs: number): RegistryError {
  const theirsMs = stampMs(date ?? '');
  const aheadMs = theirsMs === 0 ? 0 : signedAtMs - theirsMs;
  if (Math.abs(aheadMs) > clockDiffersMs) return { kind: 'clock-differs', aheadMs, detail };
  return timeWords.test(detail) ? { kind: 'clock-differs', detail } : { kind: 'wrong-key', detail };
}

const saidMax = 300;

/** Of a page, the line that tells. */
const saidOf = (text: ReplyText, telling: RegExp): string =>
  text.isHtml
    ? (text.phrases.find((phrase) => telling.test(phrase)) ?? text.words).slice(0, saidMax)
    : text.words;

function refusedToken(detail: string, { hasToken, hasLogin }: Sender): RegistryError {
  if (!hasToken && !hasLogin) return { kind: 'login-needed' };
  return { kind: 'token-refused', detail: hasToken ? detail : `${detail}; its login gave out no token` };
}

/** Nacos always says why. Who refuses in other words, or in none, stands in front of it. */
function withoutItsWords(reply: Reply, text: ReplyText, sender: Sender): RegistryError {
  const { address, status, challenge } = reply;
  if (isEnvelope(text.json)) return refusedToken(text.words, sender);
  const bearer = challenge !== undefined && /\bbearer\b/i.test(challenge);
  if (bearer && !text.isHtml) return refusedToken(text.words || challenge, sender);
  const isOther = challenge !== undefined && !bearer;
  const detail = [text.words, isOther ? challenge : ''].filter((part) => part !== '').join('; ');
  const mayBeToken = !text.isHtml && !isOther && ![407, 511].includes(status);
  if (mayBeToken && !sender.hasLogin && isAboutLogins(status, text.words)) return { kind: 'login-needed' };
  return { kind: 'barred', address, status, detail, mayBeToken };
}

const isAboutLogins = (status: number, words: string): boolean =>
  status === 401 || /log ?-?in|token|auth|user|登录|认证|鉴权/i.test(words);

/** What only Nacos and its web framework answer with. */
function isEnvelope(json: unknown): boolean {
  if (typeof json !== 'object' || json === null) return false;
  return 'code' in json || ('status' in json && ('error' in json || 'path' in json));
}
