import { shellQuoted } from '../../core/text/shell-word.ts';
import type { RequestText } from '../../world/registry.ts';

/** The request as a curl command that can be copied; secrets stand there as shell variables. */
export function toCurl(request: RequestText): string {
  const { method, url, body, hasToken } = request;
  const words = ['curl'];
  // An IPv6 address in brackets would be taken for a range.
  if (/[[\]{}]/.test(url)) words.push('--globoff');
  if (method !== 'GET') words.push('-X', method);
  if (hasToken) words.push('-H', '"Authorization: Bearer $NACOS_TOKEN"');
  if (body !== undefined) words.push('--data-raw', bodyWord(body));
  words.push(shellQuoted(url));
  return words.join(' ');
}

/** The password's variable must stand in double quotes; everything around it must not. */
function bodyWord(body: string): string {
  const name = '$NACOS_PASSWORD';
  return body
    .split(name)
    .map((part) => (part === '' ? '' : shellQuoted(part)))
    .join(`"${name}"`);
}
