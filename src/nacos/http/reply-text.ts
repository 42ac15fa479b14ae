import * as z from 'zod';
import { endOfString, parseJson } from '../../core/text/json-text.ts';
import { pageText } from './page-text.ts';
import type { Reply } from './transport.ts';

/** What an answer says, whichever of the envelopes of Nacos it came in. */
export type ReplyText = {
  /** The JSON, where it is JSON. */
  readonly json: unknown;
  readonly isJson: boolean;
  readonly isHtml: boolean;
  /** The code in the envelope; `undefined` where there is none. */
  readonly code: number | undefined;
  /** What speaks of the error: plain text, the fields of the envelope that have words, or what a page shows. */
  readonly words: string;
  /** All that speaks of the error, as it was said: names are not cut off in it. */
  readonly whole: string;
  /** The same as `words`, each thing that is said by itself. */
  readonly phrases: readonly string[];
};

const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
]);
const words = z.string().nullish().catch(undefined);

/** Nacos says `code`, `message` and `data`; its web framework `status`, `error` and `message`; gateways also `msg`. */
const envelope = z.object({
  code: number.optional().catch(undefined),
  status: z.number().optional().catch(undefined),
  message: words,
  msg: words,
  error: words,
  data: z.unknown().optional(),
});

type Parsed = { readonly isJson: boolean; readonly json: unknown };

function parsed(text: string): Parsed {
  const strict = parseJson(text);
  const json = strict === undefined && /^[[{]/.test(text) ? parseJson(withQuotedNumbers(text)) : strict;
  return { isJson: json !== undefined, json };
}

/**
 * Some writers put NaN and Infinity down bare, which is no JSON; Nacos's own puts them down as strings. Goes from string to
 * string by itself: an expression for strings takes the square of the time where one does not end.
 */
function withQuotedNumbers(text: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    const begin = quote === -1 ? text.length : quote;
    const end = quote === -1 ? begin : endOfString(text, begin) + 1;
    parts.push(text.slice(at, begin).replace(/-?\b(?:NaN|Infinity)\b/g, '"$&"'), text.slice(begin, end));
    at = end;
  }
  return parts.join('');
}

const wordsMax = 300;

/** More than all the blanks between words; an answer may be as long as a list of thousands. */
const lookedAtMax = 10 * wordsMax;

/** The words of an error, in one line and not without end. */
const plain = (text: string): string =>
  text.slice(0, lookedAtMax).replace(/\s+/g, ' ').trim().slice(0, wordsMax);

type Said = Pick<Reply, 'body' | 'contentType'>;

/** Whether it is an answer is asked first, and then what is in it: it is parsed once. */
const known = new WeakMap<Said, ReplyText>();

export function readReply(reply: Said): ReplyText {
  const text = known.get(reply) ?? readAnew(reply);
  known.set(reply, text);
  return text;
}

function readAnew(reply: Said): ReplyText {
  const body = reply.body.trim();
  const { isJson, json } = parsed(body);
  const isHtml = body.startsWith('<') || (!isJson && body !== '' && reply.contentType.includes('text/html'));
  const fields = envelope.safeParse(json);
  if (isHtml) {
    const { title, phrases } = pageText(body);
    return {
      json,
      isJson,
      isHtml,
      code: undefined,
      words: plain(title || phrases.join(' ')),
      whole: body,
      phrases,
    };
  }
  if (!isJson || !fields.success) {
    const whole = typeof json === 'string' ? json : body;
    const said = plain(whole);
    return { json, isJson, isHtml, code: undefined, words: said, whole, phrases: [said] };
  }
  const { code, status, data, ...said } = fields.data;
  const message = said.message ?? said.msg ?? said.error ?? '';
  // A switched-off API of 3.x answers with an envelope inside the message of another.
  const inner = envelope.safeParse(parsed(message).json);
  const innerMessage = (inner.success && inner.data.message) || undefined;
  const texts = [message, typeof data === 'string' ? data : ''].filter((text) => text !== '');
  const phrases = texts.map(plain);
  return {
    json,
    isJson,
    isHtml,
    code: code ?? (inner.success ? inner.data.code : undefined) ?? status,
    words: plain(innerMessage ?? phrases.join(': ')),
    whole: texts.join(': '),
    phrases,
  };
}
