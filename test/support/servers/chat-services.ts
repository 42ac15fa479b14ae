import { createHmac } from 'node:crypto';
import type { ScriptedReply, SeenRequest } from './scripted-server.ts';

const hourMs = 3_600_000;
const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64');

type Body = {
  msgtype?: string;
  text?: { content?: string };
  msg_type?: string;
  content?: { text?: string };
  timestamp?: string;
  sign?: string;
};

function bodyOf({ body }: SeenRequest): Body {
  return JSON.parse(body) as Body;
}

/** What DingTalk checks of a custom robot with a signature, in its words. */
export function dingTalk(
  request: SeenRequest,
  given: { token: string; secret: string; nowMs: number },
): ScriptedReply {
  const { path, query, method } = request;
  if (method !== 'POST' || path !== '/robot/send') return { status: 404 };
  if (query.get('access_token') !== given.token)
    return { body: { errcode: 300_005, errmsg: 'token is not exist' } };
  const timestamp = query.get('timestamp') ?? '';
  const isNear = Math.abs(Number(timestamp) - given.nowMs) <= hourMs;
  if (!/^\d{13}$/.test(timestamp) || !isNear)
    return {
      body: { errcode: 310_000, errmsg: 'invalid timestamp, more: [https://ding-doc.dingtalk.com/doc]' },
    };
  if (query.get('sign') !== hmac(given.secret, `${timestamp}\n${given.secret}`))
    return {
      body: { errcode: 310_000, errmsg: 'sign not match, more: [https://ding-doc.dingtalk.com/doc]' },
    };
  const { msgtype, text } = bodyOf(request);
  const isText = msgtype === 'text' && (text?.content ?? '') !== '';
  return { body: isText ? { errcode: 0, errmsg: 'ok' } : { errcode: 400_101, errmsg: 'param error' } };
}

/** The same of Feishu: the time in seconds, in the body, and the signature over nothing. */
export function feishu(
  request: SeenRequest,
  given: { token: string; secret: string; nowMs: number },
): ScriptedReply {
  if (request.path !== `/open-apis/bot/v2/hook/${given.token}`)
    return {
      status: 400,
      body: { code: 19_001, msg: 'param invalid: incoming webhook access token invalid' },
    };
  const { timestamp = '', sign, msg_type, content } = bodyOf(request);
  const isNear = Math.abs(Number(timestamp) * 1000 - given.nowMs) <= hourMs;
  if (!/^\d{10}$/.test(timestamp) || !isNear || sign !== hmac(`${timestamp}\n${given.secret}`, ''))
    return {
      body: { code: 19_021, msg: 'sign match fail or timestamp is not within one hour from current time' },
    };
  const isText = msg_type === 'text' && (content?.text ?? '') !== '';
  return {
    body: isText
      ? { StatusCode: 0, StatusMessage: 'success', code: 0, data: {}, msg: 'success' }
      : { code: 9499, msg: 'Bad Request' },
  };
}

/** WeCom knows a key, and no text of more than 2,048 bytes. */
export function weCom(request: SeenRequest, key: string): ScriptedReply {
  if (request.path !== '/cgi-bin/webhook/send' || request.query.get('key') !== key)
    return { body: { errcode: 93_000, errmsg: `invalid webhook url, key ${request.query.get('key')}` } };
  const { msgtype, text } = bodyOf(request);
  if (msgtype !== 'text') return { body: { errcode: 40_008, errmsg: 'invalid message type' } };
  const isShort = Buffer.byteLength(text?.content ?? '') <= 2048;
  return {
    body: isShort
      ? { errcode: 0, errmsg: 'ok' }
      : { errcode: 40_058, errmsg: 'text.content exceed max length 2048' },
  };
}

/** Slack answers with words, and reads `<` as the beginning of a link or a call to everybody. */
export function slack(request: SeenRequest, path: string): ScriptedReply {
  if (request.path !== path) return { status: 404, type: 'text/plain', body: 'no_service' };
  const { text } = JSON.parse(request.body) as { text?: unknown };
  if (typeof text !== 'string' || text === '') return { status: 400, type: 'text/plain', body: 'no_text' };
  return { type: 'text/plain', body: 'ok' };
}
