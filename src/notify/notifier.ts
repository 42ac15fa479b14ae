import { Agent, request } from 'undici';
import type { NotifyPlan, Receiver } from '../core/notify/receiver.ts';
import { parseReference } from '../core/registry/secret-reference.ts';
import type { NoticeFailure } from '../core/event/event-parts.ts';
import type { Language } from '../i18n/language.ts';
import { type Words, wordsOf } from '../i18n/words.ts';
import { redactedText } from '../nacos/http/redact.ts';
import { unanswered } from '../probes/http.ts';
import { readSecret } from '../profiles/secret.ts';
import type { Clock } from '../world/clock.ts';
import type { Notice } from '../core/report/due-notices.ts';
import type { Notifier, Told } from '../world/world.ts';
import { bodyOf, messageOf, refusalOf, saysWhy } from './message.ts';
import { noticeText } from './notice-text.ts';
import { signedDingTalk, signedFeishu } from './signature.ts';

/** How long one request may take. */
const answerWithinMs = 5000;
/** How long is waited before each further try. */
const waitsMs = [1000, 3000, 9000];
/** More of an answer is not read, and not repeated. */
const answerBytesMax = 10_000;
const messageMax = 200;

/** What the services say when they are busy, or told too much at a time. */
const busyCodes: readonly number[] = [-1, 130_101, 45_009, 11_232];

type Sources = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** The machine that a person has to go to. */
  readonly host: string;
};

/** Loads what it says before it is needed: a runner's files may be gone by then. */
export async function openNotifier(plan: NotifyPlan, started: Language, sources: Sources): Promise<Notifier> {
  const words = await wordsOf(plan.language ?? started);
  return {
    requestOf: (receiver, notice) => ({
      method: 'POST',
      url: receiver.url,
      body: bodyOf(written(receiver, notice, words, sources)),
      hasToken: false,
    }),
    tell: (receiver, notice, signal) =>
      tell(receiver, written(receiver, notice, words, sources), sources, signal),
  };
}

type Message = Readonly<Record<string, unknown>>;
type Tried = NoticeFailure | undefined;

function written({ kind }: Receiver, { event, rollout }: Notice, words: Words, { host }: Sources): Message {
  return messageOf(kind, event, kind === 'webhook' ? '' : noticeText(event, rollout, words, host));
}

/** Tries until it is taken, or another try would not help, or they were enough. */
async function tell(
  receiver: Receiver,
  message: Message,
  sources: Sources,
  signal: AbortSignal,
): Promise<Told> {
  for (let tries = 1; ; tries += 1) {
    const why = await tryOnce(receiver, message, sources, signal);
    if (signal.aborted && why !== undefined) return { kind: 'failed', tries, why: { kind: 'no-time' } };
    if (why === undefined) return { kind: 'sent', tries };
    const waitMs = waitsMs[tries - 1];
    if (waitMs === undefined || !mayHelp(why)) return { kind: 'failed', tries, why };
    await sources.clock.sleep(waitMs, signal);
    if (signal.aborted) return { kind: 'failed', tries, why: { kind: 'no-time' } };
  }
}

/** Whether the same may be taken a little later. */
function mayHelp(why: NoticeFailure): boolean {
  if (why.kind === 'not-accepted') return busyCodes.includes(why.code) || isPassing(why.code);
  if (why.kind !== 'unanswered') return false;
  return why.reading.kind !== 'http-status' || isPassing(why.reading.status);
}

function isPassing(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status < 600);
}

async function tryOnce(
  receiver: Receiver,
  message: Message,
  sources: Sources,
  signal: AbortSignal,
): Promise<Tried> {
  const { kind } = receiver;
  const url = await valueOf(receiver.url, sources);
  if (url === undefined) return { kind: 'no-secret', reference: receiver.url };
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return { kind: 'no-url', reference: receiver.url };
  const secret = receiver.secret === undefined ? undefined : await valueOf(receiver.secret, sources);
  if (receiver.secret !== undefined && secret === undefined)
    return { kind: 'no-secret', reference: receiver.secret };
  const nowMs = sources.clock.wallClock();
  const signed = secret !== undefined && kind === 'feishu' ? signedFeishu(secret, nowMs) : {};
  const signedUrl = secret !== undefined && kind === 'dingtalk' ? signedDingTalk(url, secret, nowMs) : url;
  const answer = await post(signedUrl, bodyOf({ ...signed, ...message }), sources.clock, signal);
  if ('kind' in answer) return { kind: 'unanswered', reading: answer };
  const isGood = answer.status >= 200 && answer.status < 300;
  if (!isGood && (isPassing(answer.status) || !saysWhy(kind, answer.text)))
    return { kind: 'unanswered', reading: { kind: 'http-status', status: answer.status } };
  const refusal = refusalOf(kind, answer.status, answer.text);
  if (refusal === undefined) return undefined;
  // Also what was cut off at an end may be a part of it.
  const open = redactedText(refusal.message, [secret, url, ...secretParts(url)]).slice(0, messageMax);
  return { kind: 'not-accepted', code: refusal.code, message: open };
}

/** Of a service's URL the words that let whoever has them write there. */
function secretParts(url: string): readonly string[] {
  const { searchParams, pathname, username, password } = new URL(url);
  const long = pathname.split('/').filter((part) => part.length >= 8);
  return [...searchParams.values(), ...long, username, password];
}

async function valueOf(text: string, { env, clock }: Sources): Promise<string | undefined> {
  if (parseReference(text) === undefined) return text;
  const read = await readSecret(text, { env, clock });
  return read.ok ? read.secret.trim() : undefined;
}

type Answered = { readonly status: number; readonly text: string };

/** Follows no redirect: what is secret in the URL is for nobody else. */
async function post(
  url: string,
  body: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<Answered | Extract<NoticeFailure, { kind: 'unanswered' }>['reading']> {
  const late = new AbortController();
  const over = new AbortController();
  const giveUp = async (): Promise<void> => {
    await clock.sleep(answerWithinMs, over.signal);
    if (!over.signal.aborted) late.abort();
  };
  void giveUp();
  // Whatever the environment says: who is not who the URL names gets no token.
  const dispatcher = new Agent({ connect: { rejectUnauthorized: true } });
  try {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const both = AbortSignal.any([signal, late.signal]);
    const answer = await request(url, { method: 'POST', headers, body, signal: both, dispatcher });
    return { status: answer.statusCode, text: await beginningOf(answer.body) };
  } catch (error) {
    return late.signal.aborted ? { kind: 'timed-out', afterMs: answerWithinMs } : unanswered(error);
  } finally {
    over.abort();
    await dispatcher.destroy();
  }
}

async function beginningOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > answerBytesMax) break;
  }
  return Buffer.concat(chunks).toString();
}
