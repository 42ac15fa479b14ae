import { compareTexts } from '../text/compare-texts.ts';

const ipv4 = /^(0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])(\.(0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])){3}$/;
const ipv6Form = /^([0-9a-f:.]{2,45})(%[a-z0-9._-]{1,32})?$/i;
const hostName = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_]([a-z0-9_-]{0,62}))*\.?$/i;
const [dot, zero, nine] = [46, 48, 57];
/** Resolvers take such a name for a number, each in its own way: 010.0.0.1 is 8.0.0.1 to some. */
const endsInNumber = /(^|\.)(\d+|0x[0-9a-f]*)\.?$/i;

/**
 * The address as people are shown it, however it is registered: an IPv6 address without brackets, in lower case and
 * compressed; one that stands for an IPv4 address as that. What is no IP address stays as it is.
 */
export function addressText(ip: string): string {
  const address = parseIpv6(ip);
  return address === undefined ? ip : (mappedIpv4(address.compressed) ?? address.compressed + address.zone);
}

/** The same for all spellings of one address, and of one host name. */
export function addressKey(ip: string): string {
  const text = addressText(ip);
  return hostName.test(text) ? text.toLowerCase() : text;
}

export function isSameAddress(a: string, b: string): boolean {
  if (a === b) return true;
  // Of two that differ as texts one made of digits and dots is itself alone, unless the other may stand for it.
  const isItself = isNumeric(a) ? !b.includes(':') : isNumeric(b) && !a.includes(':');
  return !isItself && addressKey(a) === addressKey(b);
}

/** Each record of a list is compared with each target: told without the patterns below. */
function isNumeric(ip: string): boolean {
  for (let at = 0; at < ip.length; at += 1) {
    const code = ip.charCodeAt(at);
    if (code !== dot && (code < zero || code > nine)) return false;
  }
  return true;
}

export function isAddress(ip: string): boolean {
  return ipv4.test(ip) || parseIpv6(ip) !== undefined;
}

/** Whether it is an IP address or a host name. Anything else is shown, never rolled. */
export function isPlausibleHost(ip: string): boolean {
  if (isAddress(ip)) return true;
  return hostName.test(ip) && !endsInNumber.test(ip);
}

/** As the host of a URL: an IPv6 address in one pair of brackets, with its zone as `%25eth0`. */
export function hostInUrl(ip: string): string {
  const text = addressText(ip);
  return text.includes(':') ? `[${text.replace('%', '%25')}]` : text;
}

/** A URL leaves out the port that is usual for its scheme. */
export function portInUrl({ protocol, port }: Pick<URL, 'protocol' | 'port'>): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

/** How applications register one address: compressed, or as Java writes it; in brackets, or without. */
export function usualSpellings(ip: string): readonly string[] {
  const address = parseIpv6(ip);
  if (address === undefined) return [ip];
  const plain = [addressText(ip), groupsOf(address.compressed).join(':') + address.zone];
  return [...new Set([ip, ...plain, ...plain.map((text) => `[${text}]`)])];
}

/** IPv4 addresses and names first, by the numbers in them; then IPv6 addresses by their value. */
export function byAddress(a: string, b: string): number {
  const [left, right] = [sortable(a), sortable(b)];
  return (
    Number(left.isIpv6) - Number(right.isIpv6) ||
    (left.isIpv6 ? left.text.localeCompare(right.text, 'en') : compareTexts(left.text, right.text))
  );
}

/** `zone` is the link on which alone the address is valid, as `%eth0`; empty for one that is valid on all. */
type Ipv6 = { readonly compressed: string; readonly zone: string };

function parseIpv6(ip: string): Ipv6 | undefined {
  if (!ip.includes(':')) return undefined;
  const [, address, zone = ''] = ipv6Form.exec(/^\[.*\]$/.test(ip) ? ip.slice(1, -1) : ip) ?? [];
  const url = `http://[${address}]/`;
  if (address === undefined || !URL.canParse(url)) return undefined;
  const compressed = new URL(url).hostname.slice(1, -1);
  // Java writes the link behind every address that it takes from one, wherever that is valid.
  return { compressed, zone: /^fe[89ab]/.test(compressed) ? zone : '' };
}

function mappedIpv4(compressed: string): string | undefined {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(compressed) ?? [];
  if (high === undefined || low === undefined) return undefined;
  return [high, low]
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [Math.floor(group / 256), group % 256])
    .join('.');
}

/** All eight groups, without leading zeros. */
function groupsOf(compressed: string): readonly string[] {
  const [head = [], tail = []] = compressed
    .split('::')
    .map((part) => part.split(':').filter((group) => group !== ''));
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => '0'), ...tail];
}

function sortable(ip: string): { readonly isIpv6: boolean; readonly text: string } {
  const text = addressText(ip);
  const address = parseIpv6(text);
  if (address === undefined) return { isIpv6: false, text };
  const padded = groupsOf(address.compressed).map((group) => group.padStart(4, '0'));
  return { isIpv6: true, text: padded.join(':') + address.zone };
}
