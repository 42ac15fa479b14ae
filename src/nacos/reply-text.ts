import * as z from 'zod';
import type { Reply } from './transport.ts';

/** What an answer says, whichever of the envelopes of Nacos it came in. */
export type ReplyText = {
  /** The JSON, where it is JSON. */
  readonly json: unknown;
  readonly isJson: boolean;
  readonly isHtml: boolean;
  /** The code in the envelope; `undefined` where there is none. */
  readonly code: number | undefined;
  /** What speaks of the error: plain text, or the fields of the envelope that have words. */
  readonly words: string;
};

const envelope = z.object({
  code: z.number().optional().catch(undefined),
  message: z.string().nullish().catch(undefined),
  error: z.string().nullish().catch(undefined),
  data: z.unknown().optional(),
});

type Parsed = { readonly isJson: boolean; readonly json: unknown };

function parsed(text: string): Parsed {
  const strict = strictlyParsed(text);
  return strict.isJson || !/^[[{]/.test(text) ? strict : strictlyParsed(withQuotedNumbers(text));
}

function strictlyParsed(text: string): Parsed {
  try {
    return { isJson: true, json: JSON.parse(text) };
  } catch {
    return { isJson: false, json: undefined };
  }
}

/** Some writers put NaN and Infinity down bare, which is no JSON; Nacos's own puts them down as strings. */
function withQuotedNumbers(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
}

const wordsMax = 300;

/** The words of an error, in one line and not without end. */
const plain = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, wordsMax);

export function readReply(reply: Pick<Reply, 'body' | 'contentType'>): ReplyText {
  const body = reply.body.trim();
  const isHtml = body.startsWith('<') || reply.contentType.includes('text/html');
  const { isJson, json } = parsed(body);
  const fields = envelope.safeParse(json);
  if (!isJson || !fields.success) return { json, isJson, isHtml, code: undefined, words: plain(body) };
  const { message, error, data } = fields.data;
  // A switched-off API of 3.x answers with an envelope inside the message of another.
  const inner = envelope.safeParse(parsed(message ?? '').json);
  const words = [message ?? error ?? '', typeof data === 'string' ? data : ''].filter((text) => text !== '');
  return {
    json,
    isJson,
    isHtml,
    code: fields.data.code ?? (inner.success ? inner.data.code : undefined),
    words: plain(inner.success && inner.data.message ? inner.data.message : words.join(': ')),
  };
}
