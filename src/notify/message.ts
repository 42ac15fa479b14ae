import type { ReceiverKind } from '../core/notify/receiver.ts';
import type { Event } from '../core/event/event.ts';
import { visibleJson } from '../core/text/visible.ts';

/** WeCom cuts a text of more than 2,048 bytes; the others take more. */
const textBytesMax = 2000;

/** What a receiver is sent, unsigned: the event itself, or its text in the form of the service. */
export function messageOf(kind: ReceiverKind, event: Event, text: string): Readonly<Record<string, unknown>> {
  const short = shortened(text);
  switch (kind) {
    case 'webhook':
      return event;
    case 'dingtalk':
    case 'wecom':
      return { msgtype: 'text', text: { content: short } };
    case 'feishu':
      // In its texts `<at user_id="all">` calls everybody, and there is no way to write it as it is.
      return { msg_type: 'text', content: { text: short.replaceAll('<', '＜') } };
    case 'slack':
      // `<!channel>` would do the same.
      return {
        text: short.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
      };
  }
}

export function bodyOf(message: Readonly<Record<string, unknown>>): string {
  return visibleJson(message);
}

function shortened(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= textBytesMax) return text;
  // What is left of a character that was cut.
  return `${bytes.subarray(0, textBytesMax).toString().replace(/�$/, '')}…`;
}

/** That the service took the request and not the message, in its own words; undefined where it took it. */
export type Refusal = { readonly code: number; readonly message: string };

/** Slack answers with a status and a word, DingTalk and WeCom with `errcode`, Feishu with `code`; a webhook with a status alone. */
export function refusalOf(kind: ReceiverKind, status: number, text: string): Refusal | undefined {
  if (kind === 'slack') return status === 200 ? undefined : { code: status, message: text };
  if (kind === 'webhook') return undefined;
  const answer = fieldsOf(text);
  const code = codeOf(answer);
  if (code === 0) return undefined;
  const message = answer['errmsg'] ?? answer['msg'] ?? answer['StatusMessage'];
  return {
    code: typeof code === 'number' ? Math.trunc(code) : status,
    message: typeof message === 'string' ? message : text,
  };
}

/** Whether an answer with the status of an error is in the service's own words, and not in those of a proxy before it. */
export function saysWhy(kind: ReceiverKind, text: string): boolean {
  if (kind === 'slack') return true;
  return kind !== 'webhook' && typeof codeOf(fieldsOf(text)) === 'number';
}

function codeOf(answer: Readonly<Record<string, unknown>>): unknown {
  return answer['errcode'] ?? answer['code'] ?? answer['StatusCode'];
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
