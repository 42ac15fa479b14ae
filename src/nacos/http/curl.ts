import { shellQuoted } from '../../core/text/shell-word.ts';
import type { RequestText } from '../../world/registry.ts';

/** The request as a curl command that can be copied; secrets stand there as shell variables. */
export function toCurl(request: RequestText): string {
  const { method, url, body, hasToken, signed } = request;
  const words = ['curl'];
  // An IPv6 address in brackets would be taken for a range.
  if (/[[\]{}]/.test(url)) words.push('--globoff');
  if (method !== 'GET') words.push('-X', method);
  if (hasToken) words.push('-H', '"Authorization: Bearer $NACOS_TOKEN"');
  if (signed !== undefined)
    for (const [name, value] of signature(signed)) words.push('--url-query', `"${name}=${value}"`);
  if (body !== undefined) words.push('--data-raw', bodyWord(body));
  words.push(shellQuoted(url));
  const data = signed && `data="$(date +%s)000"${signed.service && shellQuoted(`@@${signed.service}`)}; `;
  return `${data ?? ''}${words.join(' ')}`;
}

/** With a region the key to sign with is one of the day, which two lines of shell do not make. */
function signature({ isTemporary, isOfRegion }: NonNullable<RequestText['signed']>): [string, string][] {
  const key = isOfRegion ? '$NACOS_SIGNING_KEY' : '$NACOS_SECRET_KEY';
  const made = `$(printf %s "$data" | openssl dgst -sha1 -hmac "${key}" -binary | base64)`;
  return [
    ['ak', '$NACOS_ACCESS_KEY'],
    ['data', '$data'],
    ['signature', made],
    ...(isOfRegion ? [['signatureVersion', 'v4'] as [string, string]] : []),
    ...(isTemporary ? [['Spas-SecurityToken', '$NACOS_SECURITY_TOKEN'] as [string, string]] : []),
  ];
}

/** The password's variable must stand in double quotes; everything around it must not. */
function bodyWord(body: string): string {
  const name = '$NACOS_PASSWORD';
  return body
    .split(name)
    .map((part) => (part === '' ? '' : shellQuoted(part)))
    .join(`"${name}"`);
}
