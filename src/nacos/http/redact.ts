import { literalPattern } from '../../core/text/literal-pattern.ts';
import type { Exchange, Reply } from './transport.ts';

/**
 * The exchange without the secrets that the server said back, as a proxy's error page may: its words go into errors, logs
 * and journals.
 */
export function redacted(exchange: Exchange, ...given: readonly (string | undefined)[]): Exchange {
  const secrets = given.filter((secret) => secret !== undefined && secret !== '');
  if (!exchange.ok || secrets.length === 0) return exchange;
  const { reply } = exchange;
  const open = openParts(reply);
  const without = (text: string): string => redactedText(text, secrets, open);
  const { body, location, challenge } = reply;
  return {
    ...exchange,
    reply: {
      ...reply,
      body: without(body),
      location: location === undefined ? undefined : without(location),
      challenge: challenge === undefined ? undefined : without(challenge),
    },
  };
}

/** Where we asked: what everybody may see of a request, however a server repeats it. */
function openParts({ url = '', path }: Reply): readonly string[] {
  if (!URL.canParse(url)) return [];
  const { host, pathname } = new URL(url);
  const context = pathname.slice(0, pathname.length - path.length);
  return [`//${host}`, pathname, pathname.slice(1), `${context}/`].filter((part) => part.length > 1);
}

/** No word of a path, a host or a name is as long by chance. */
const longMin = 12;

/** Chinese puts no blanks between words. */
const letter = String.raw`[[\p{L}\p{N}_]--\p{Script=Han}]`;
/** What makes a longer word of a short one before it: a letter that is none of an escape such as `%3D` or `\n`. */
const within = String.raw`(?<!(?<!%[0-9a-f]?|\\(?:u[0-9a-f]{0,3})?)${letter}|${letter}[.\-])`;
/** The same after it; and what follows the name of a field. */
const goingOn = String.raw`(?!${letter}|[.:\-]${letter}|=|"\s*:)`;

/**
 * A text without the secrets, however those were written in it: as it is, in a form, a URL, JSON or HTML. What is `open`,
 * as the path that was asked for, stays as it is, whatever words it holds.
 *
 * One of twelve characters and more is taken out wherever it stands. A shorter one may be a word that others hold, and
 * what was left of those would show it. It is taken out where it stands for itself, as a value (`password=nacos`,
 * `"nacos"`, `user:nacos@`), a part of a path, or a word among words; and left in a longer word, a host (`my-nacos`,
 * `nacos.local`, `nacos:8848`) and the name of a field (`password=`).
 */
export function redactedText(
  text: string,
  secrets: readonly (string | undefined)[],
  open: readonly string[] = [],
): string {
  return secrets.reduce<string>((left, secret) => withoutSecret(left, secret ?? '', open), text);
}

function withoutSecret(text: string, secret: string, open: readonly string[]): string {
  if (secret === '') return text;
  const inForm = new URLSearchParams({ '': secret }).toString().slice(1);
  const inHtml = secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  const inJson = JSON.stringify(secret).slice(1, -1);
  const forms = [...new Set([inHtml, inJson, inForm, encodeURIComponent(secret), secret])];
  const shut = (part: string): string =>
    forms.reduce((left, form) => without(left, form, secret.length >= longMin), part);
  if (open.length === 0) return shut(text);
  const parts = text.split(new RegExp(`(${open.map(literalPattern).join('|')})`, 'v'));
  return parts.map((part, index) => (index % 2 === 1 ? part : shut(part))).join('');
}

function without(text: string, form: string, isLong: boolean): string {
  if (isLong) return text.replaceAll(form, '***');
  return text.replace(new RegExp(within + literalPattern(form) + goingOn, 'giv'), '***');
}
