import { portInUrl } from '../../core/registry/address.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { ReplyText } from './reply-text.ts';
import type { Reply } from './transport.ts';

type Redirected = Extract<RegistryError, { kind: 'redirected' }>;
type Advice = Redirected['advice'];

/** `<meta http-equiv="refresh" content="0; url=…">`, and a script that does the same. */
const isRefresh = /^<meta\b.*\bhttp-equiv\s*=\s*["']?refresh\b/is;
const refreshTarget = /\burl\s*=\s*(?:["']\s*)?([^"'\s>]+)/i;
const scriptTargets = [
  /\b(?:window|document|top|self|parent)\.location\s*=\s*["']([^"']+)["']/i,
  /\blocation\.(?:href\s*=|replace\(|assign\()\s*["']([^"']+)["']/i,
];
const isPasswordField = /^<input\b.*\btype\s*=\s*["']?password\b/is;
/** Of a page, and of where it points: nobody is sent on by more. */
const readMax = 32_000;
const targetMax = 2_000;

/** Each tag is looked at by itself, so that a page of nothing but beginnings of tags does not hold us up. */
const tagsOf = (page: string): readonly string[] =>
  (page.match(/<(?:meta|input)\b[^>]*(?:>|$)/gi) ?? []).filter((tag) => tag.endsWith('>'));

/** Names that ways to log in bear, in a host or a path. */
const loginName =
  /(^|[/._-])(log-?[io]n|sign-?in|sso|cas|oauth2?|auth|authenticate|authorize|saml2?|openid|oidc|passport|idp|keycloak|dex|adfs)([/._-]|\d|$)/i;

/** Where an answer sends us instead of answering us. We never follow: our token is for whom it was meant for. */
export function redirectOf(reply: Reply): RegistryError | undefined {
  const { status, location } = reply;
  return status >= 300 && status < 400 ? pointed(reply, location) : undefined;
}

/** The same by a page: one that sends a browser on at once, or asks it for a password. */
export function sentOnByPage(reply: Reply, text: ReplyText): RegistryError | undefined {
  if (!text.isHtml || reply.status >= 300) return undefined;
  const page = reply.body.slice(0, readMax);
  const tags = tagsOf(page);
  const tag = tags.find((one) => isRefresh.test(one)) ?? '';
  const [target] = [refreshTarget.exec(tag), ...scriptTargets.map((script) => script.exec(page))].flatMap(
    (found) => found?.[1] ?? [],
  );
  if (target !== undefined) return pointed(reply, target.replaceAll('&amp;', '&'));
  if (!tags.some((one) => isPasswordField.test(one))) return undefined;
  const { address, status } = reply;
  return { kind: 'redirected', address, status, to: '', advice: { kind: 'login' } };
}

function pointed({ address, status, path, url = '' }: Reply, location: string | undefined): RegistryError {
  // `canParse` and the constructor are not always of one mind.
  const from = URL.parse(url) ?? undefined;
  const said = location?.slice(0, targetMax).trim() ?? '';
  const target = said === '' ? undefined : (URL.parse(said, from?.href) ?? undefined);
  const isWeb = target?.protocol === 'http:' || target?.protocol === 'https:';
  if (target === undefined || !isWeb)
    return { kind: 'redirected', address, status, to: withoutSecrets(said), advice: { kind: 'nowhere' } };
  const advice = from === undefined ? ({ kind: 'elsewhere' } as const) : adviceFor(from, target, path);
  return { kind: 'redirected', address, status, to: shown(target), advice };
}

function adviceFor(from: URL, target: URL, path: string): Advice {
  if (target.origin === from.origin && target.pathname === from.pathname) return { kind: 'loop' };
  const ours = from.pathname.slice(0, from.pathname.length - path.length);
  const theirs = contextPathIn(target, path, ours);
  if (theirs === undefined) return { kind: loginName.test(nameOf(target)) ? 'login' : 'elsewhere' };
  const isOther = target.origin !== from.origin;
  if (!isOther && theirs === ours) return { kind: 'elsewhere' };
  return {
    kind: 'give',
    ...(isOther && { server: serverOf(target) }),
    ...(theirs !== ours && { contextPath: theirs === '' ? '/' : theirs }),
  };
}

const nameOf = ({ hostname, pathname }: URL): string => `${hostname}/${pathname}`;

/** The context path that the target means: before what we asked for, or all that is left of it. */
function contextPathIn(target: URL, path: string, ours: string): string | undefined {
  const { pathname } = target;
  if (pathname.endsWith(path)) return pathname.slice(0, -path.length);
  const whole = pathname.replace(/\/+(index\.html)?$/, '');
  if (whole === '' && target.protocol === 'https:') return ours;
  const last = ours.slice(ours.lastIndexOf('/')) || '/nacos';
  return whole.endsWith(last) ? whole : undefined;
}

/** With its port, which is 8848 for us where none is given. */
function serverOf(url: URL): string {
  return `${url.protocol}//${url.hostname}:${portInUrl(url)}`;
}

/** Neither what follows a question mark, nor what may be a ticket in the path. */
function shown({ protocol, host, pathname, search }: URL): string {
  return `${protocol}//${host}${withoutTickets(pathname)}${search === '' ? '' : '?…'}`;
}

const ticketMin = 32;
const shownMax = 120;

const withoutTickets = (path: string): string =>
  path
    .replace(/;[^/]*/g, '')
    .split('/')
    .map((part) => (part.length < ticketMin ? part : '…'))
    .join('/')
    .slice(0, shownMax);

/** What is no address may still hold one, with a user before it. */
const withoutSecrets = (text: string): string =>
  withoutTickets(text.replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//'));
