import { hostInUrl, isPlausibleHost } from '../core/registry/address.ts';

const defaultPort = 8848;

export type AddressProblem =
  /** `meant`: an address that it becomes when a usual slip is put right. */
  | { readonly kind: 'bad-server'; readonly server: string; readonly meant?: string }
  | { readonly kind: 'several-servers'; readonly server: string; readonly each: readonly string[] }
  | { readonly kind: 'empty-server' }
  | { readonly kind: 'server-with-path'; readonly server: string; readonly path: string }
  /** The address is not repeated: it may hold a password. */
  | { readonly kind: 'server-with-user' };

export type Address =
  | { readonly ok: true; readonly address: string }
  | { readonly ok: false; readonly problem: AddressProblem };

/** `http://HOST:8848` of whatever a person gives for a server. A path that is the context path is taken off. */
export function serverAddress(text: string, contextPath: string): Address {
  const given = text.trim();
  if (given === '') return { ok: false, problem: { kind: 'empty-server' } };
  const read = asWritten(given, contextPath);
  if (read.ok || read.problem.kind === 'server-with-user') return read;
  const each = given.split(/[\s,;，；、|]+/).filter((part) => part !== '');
  if (each.length > 1) return { ok: false, problem: { kind: 'several-servers', server: given, each } };
  const meant = asWritten(withoutSlips(given), contextPath);
  if (!meant.ok) return read;
  return { ok: false, problem: { kind: 'bad-server', server: given, meant: meant.address } };
}

function asWritten(given: string, contextPath: string): Address {
  // A flag in the place of its value, or a port without a host: both would be a host by the letter.
  if (/^(https?:\/\/)?(-|\d+$)|^https?(:\/?|\/+)(?!\/)/i.test(given))
    return { ok: false, problem: { kind: 'bad-server', server: given } };
  const whole = withBrackets(/^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`);
  // `canParse` and the constructor are not always of one mind.
  const url = URL.parse(whole) ?? undefined;
  const authority = /^https?:\/\/([^/?#]*)/i.exec(whole)?.[1];
  if (authority?.includes('@')) return { ok: false, problem: { kind: 'server-with-user' } };
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:';
  const isPlain = url?.search === '' && url.hash === '' && isPlausibleHost(url.hostname);
  if (url === undefined || authority === undefined || !isWeb || !isPlain)
    return { ok: false, problem: { kind: 'bad-server', server: given } };
  const path = url.pathname.replace(/\/+$/, '');
  if (path !== '' && path !== contextPath)
    return { ok: false, problem: { kind: 'server-with-path', server: given, path } };
  // The URL drops a port that is usual for its scheme, and `:80` was meant.
  const port = /:(\d+)$/.exec(authority)?.[1] ?? String(defaultPort);
  return { ok: true, address: `${url.protocol}//${url.hostname}:${port}` };
}

/** What a word processor, an input method for Chinese, a browser or a hasty hand makes of an address, undone. */
function withoutSlips(given: string): string {
  const plain = given
    .normalize('NFKC')
    .replaceAll('。', '.')
    .replaceAll(/["'`“”‘’„«»‹›「」『』<>()\u200b\ufeff]/gu, '');
  const [, scheme = 'http', rest = ''] = /^(?:(https?)(?::?\/*|(?=:)):?\/*)?(.*)$/i.exec(plain) ?? [];
  // Also what a browser shows of the console of Nacos.
  const [authority = ''] = rest.split(/\/nacos(?=[/#?]|$)|\/?#|\/next(?=[/#?]|$)/);
  const [, address, port] = /^([\da-f]*:[\da-f:.]*:[\da-f.]*):(\d{4,5})$/i.exec(authority) ?? [];
  const isWhole = address !== undefined && isPlausibleHost(address);
  return `${scheme.toLowerCase()}://${isWhole ? `[${address}]:${port}` : authority}`;
}

/** An IPv6 address alone, where a URL has it in brackets. */
function withBrackets(url: string): string {
  return url.replace(/^(\w+:\/\/)([^/?#[]+)/, (all, scheme: string, host: string) =>
    host.includes(':') && isPlausibleHost(host) ? `${scheme}${hostInUrl(host)}` : all,
  );
}

/** With a slash before and none behind; empty for none. */
export function contextPathOf(text: string): string {
  const inner = text.trim().replaceAll(/^\/+|\/+$/g, '');
  return inner === '' ? '' : `/${inner}`;
}
